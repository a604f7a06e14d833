import { ButtonStyle, ComponentType, type ModalSubmitInteraction, TextInputStyle } from 'discord.js'
import { UserError } from '../errors.ts'
import type { Fact } from '../knowledge/snapshot.ts'
import { composeSources } from '../render/cards.ts'
import type { Pressed } from '../render/custom-id.ts'
import { visible } from '../render/escape.ts'
import { renderFirstFitting, renderOutcome } from '../render/message.ts'
import type { ComponentInteraction } from './command.ts'
import type { Context } from './context.ts'
import { outcomeOfFact } from './outcomes.ts'
import { privateLine, reply, toOptions, unlessAcknowledged } from './replies.ts'

const NOTE = 'note'
/** Fewer characters than this tell nobody what is wrong. */
const SHORTEST = 3

/** Shows the chosen fact: in place for whoever asked, in private for anybody else. */
export async function showChosen(interaction: ComponentInteraction, pressed: Pressed, context: Context): Promise<void> {
  const message = chosenMessage(pressed, context)
  if (await pressedByAsker(interaction)) await interaction.update(toOptions(message)).catch(unlessAcknowledged)
  else await reply(interaction, message, true)
}

/** Shows the chosen fact in private, so that the answer it was offered with stays. */
export async function showFurther(
  interaction: ComponentInteraction,
  pressed: Pressed,
  context: Context,
): Promise<void> {
  await reply(interaction, chosenMessage(pressed, context), true)
}

/** Shows, in private, where an answer is from. */
export async function showSources(
  interaction: ComponentInteraction,
  pressed: Pressed,
  context: Context,
): Promise<void> {
  const facts = stillThere(pressed)
  await reply(interaction, renderFirstFitting(composeSources(facts, context.snapshot)), true)
}

/** Asks what is wrong with an answer. */
export async function askWhatIsWrong(interaction: ComponentInteraction, pressed: Pressed): Promise<void> {
  stillThere(pressed)
  const component = {
    type: ComponentType.TextInput,
    custom_id: NOTE,
    style: TextInputStyle.Paragraph,
    required: true,
    min_length: SHORTEST,
    max_length: 1000,
    placeholder: 'A source for what is right helps most.',
  } as const
  await interaction.showModal({
    custom_id: interaction.customId,
    title: 'Wrong or out of date?',
    components: [{ type: ComponentType.Label, label: 'What is wrong, or what is newer?', component }],
  })
}

/** Records what somebody finds wrong. */
export async function recordWhatIsWrong(
  interaction: ModalSubmitInteraction,
  { facts, asOf }: Pressed,
  { store, now }: Context,
): Promise<void> {
  const note = visible(interaction.fields.getTextInputValue(NOTE)).trim()
  if (note.length < SHORTEST) throw new UserError('There was nothing to read in your note, so nothing was recorded.')
  const id = await store.recordComplaint({
    facts: facts.map(({ id }) => id),
    asOf,
    note: note.slice(0, 1000),
    user: interaction.user.id,
    ...(interaction.guildId ? { guild: interaction.guildId } : {}),
    at: now(),
  })
  const tell = {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    custom_id: `complaint|tell|${id}`,
    label: 'Tell me',
  }
  await interaction.reply({
    ...privateLine(
      'Thank you. Your note is recorded for the people who look after the facts. Press to hear what becomes of it.',
    ),
    components: [{ type: ComponentType.ActionRow, components: [tell] }],
  })
}

function chosenMessage(pressed: Pressed, context: Context) {
  const [fact] = stillThere(pressed)
  return renderOutcome(outcomeOfFact(fact, pressed.asOf, context), context.snapshot, context.commandIds)
}

/** The pressed facts that have not been withdrawn since the message was sent. */
function stillThere({ facts, withdrawn }: Pressed): readonly [Fact, ...Fact[]] {
  const [first, ...others] = facts
  if (first) return [first, ...others]
  if (withdrawn > 0) throw new UserError('This fact has been withdrawn: it is no longer on record.')
  throw new UserError('This is about no fact. Please ask again.')
}

/** Who asked is read from the message itself, so that it is known after a restart too. */
async function pressedByAsker({ message, user, channel }: ComponentInteraction): Promise<boolean> {
  if (message.interactionMetadata) return message.interactionMetadata.user.id === user.id
  if (channel?.isDMBased()) return true
  const question = message.reference?.messageId
  if (!question) return false
  // Without the right to read older messages nobody counts as the asker, and everybody gets a private copy.
  const asked = await message.channel.messages.fetch(question).catch(() => undefined)
  return asked?.author.id === user.id
}
