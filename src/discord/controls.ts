import {
  type APIMessage,
  ButtonStyle,
  ComponentType,
  MessageFlags,
  type ModalSubmitInteraction,
  Routes,
  TextInputStyle,
} from 'discord.js'
import { outcomeOfFact, outcomeOfFacts } from '../answering/chosen.ts'
import { UserError } from '../errors.ts'
import type { Fact } from '../knowledge/snapshot.ts'
import { composeSources } from '../render/cards.ts'
import type { Pressed } from '../render/custom-id.ts'
import { renderFirstFitting, renderOutcome } from '../render/message.ts'
import type { ComponentInteraction } from './command.ts'
import type { Context } from './context.ts'
import { typedText } from './fields.ts'
import { isWithBot } from './options.ts'
import { privateLine, reply, toOptions, unlessAcknowledged } from './replies.ts'

const NOTE = 'note'
/** Fewer characters than this tell nobody what is wrong. */
const SHORTEST = 3
const LONGEST_NOTE = 1000

/** Shows the chosen fact: in place for whoever asked, in private for anybody else. */
export async function showChosen(interaction: ComponentInteraction, pressed: Pressed, context: Context): Promise<void> {
  if (await pressedByAsker(interaction)) {
    const isPrivate = interaction.message.flags.has(MessageFlags.Ephemeral)
    const message = chosenMessage(interaction, pressed, context, isPrivate)
    await interaction.update(toOptions(message)).catch(unlessAcknowledged)
  } else await reply(interaction, chosenMessage(interaction, pressed, context, true), true)
}

/** Shows the chosen fact in private, so that the answer it was offered with stays. */
export async function showFurther(
  interaction: ComponentInteraction,
  pressed: Pressed,
  context: Context,
): Promise<void> {
  await reply(interaction, chosenMessage(interaction, pressed, context, true), true)
}

/** Shows, in private, where an answer is from. */
export async function showSources(
  interaction: ComponentInteraction,
  pressed: Pressed,
  context: Context,
): Promise<void> {
  const facts = stillThere(pressed, context)
  await reply(interaction, renderFirstFitting(composeSources(facts, context.snapshot, context.words)), true)
}

/** Shows an answer that one person sees to everybody in the channel. */
export async function shareAnswer(
  interaction: ComponentInteraction,
  pressed: Pressed,
  context: Context,
): Promise<void> {
  const { snapshot, commandIds, words } = context
  const outcome = outcomeOfFacts(stillThere(pressed, context), pressed.asOf, snapshot)
  requirePrivate(interaction, context)
  const sharedBy = interaction.user.id
  await reply(interaction, renderOutcome(outcome, snapshot, commandIds, { words, sharedBy }), false)
}

/** Asks what is wrong with an answer. */
export async function askWhatIsWrong(
  interaction: ComponentInteraction,
  pressed: Pressed,
  context: Context,
): Promise<void> {
  stillThere(pressed, context)
  const { title, label, placeholder } = context.words.wrong
  const component = {
    type: ComponentType.TextInput,
    custom_id: NOTE,
    style: TextInputStyle.Paragraph,
    required: true,
    min_length: SHORTEST,
    max_length: LONGEST_NOTE,
    placeholder,
  } as const
  await interaction.showModal({
    custom_id: interaction.customId,
    title,
    components: [{ type: ComponentType.Label, label, component }],
  })
}

/** Records what somebody finds wrong. */
export async function recordWhatIsWrong(
  interaction: ModalSubmitInteraction,
  pressed: Pressed,
  context: Context,
): Promise<void> {
  const { store, words, now } = context
  const facts = stillThere(pressed, context)
  const note = typedText(interaction, NOTE, LONGEST_NOTE)
  if (note.length < SHORTEST) throw new UserError(words.wrong.nothing)
  const id = await store.recordComplaint({
    facts: facts.map(({ id }) => id),
    asOf: pressed.asOf,
    note,
    user: interaction.user.id,
    ...(interaction.guildId ? { guild: interaction.guildId } : {}),
    at: now(),
    delivery: interaction.id,
  })
  const tell = {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    custom_id: `complaint|tell|${id}`,
    label: words.buttons.tellMe,
  }
  await interaction.reply({
    ...privateLine(words.wrong.thanks),
    components: [{ type: ComponentType.ActionRow, components: [tell] }],
  })
}

function chosenMessage(interaction: ComponentInteraction, pressed: Pressed, context: Context, isPrivate: boolean) {
  const [fact] = stillThere(pressed, context)
  const { snapshot, commandIds, words } = context
  const isShareable = isPrivate && !isWithBot(interaction)
  return renderOutcome(outcomeOfFact(fact, pressed.asOf, context.snapshot), snapshot, commandIds, {
    words,
    isShareable,
  })
}

/** What is shared was seen by one person alone: on any other message there is no such button, and this one is forged. */
export function requirePrivate({ message }: ComponentInteraction, { words }: Context): void {
  if (!message.flags.has(MessageFlags.Ephemeral)) throw new UserError(words.unknownButton)
}

/** The pressed facts that have not been withdrawn since the message was sent. */
function stillThere({ facts, withdrawn }: Pressed, { words }: Context): readonly [Fact, ...Fact[]] {
  const [first, ...others] = facts
  if (first) return [first, ...others]
  if (withdrawn > 0) throw new UserError(words.withdrawnFact)
  throw new UserError(words.aboutNoFact)
}

/** Who asked is read from the message itself, so that it is known after a restart too. */
export async function pressedByAsker({ message, user, channel, client }: ComponentInteraction): Promise<boolean> {
  if (message.interactionMetadata) return message.interactionMetadata.user.id === user.id
  if (channel?.isDMBased()) return true
  const question = message.reference?.messageId
  if (!question) return false
  // Without the right to read older messages nobody counts as the asker, and everybody gets a private copy.
  const asked = await client.rest.get(Routes.channelMessage(message.channelId, question)).catch(() => undefined)
  return (asked as APIMessage | undefined)?.author.id === user.id
}
