import { ApplicationCommandType, type Interaction, type ModalSubmitInteraction } from 'discord.js'
import { UserError } from '../errors.ts'
import { decodeCustomId, type Pressed } from '../render/custom-id.ts'
import { wordsFor } from '../words/languages.ts'
import { dayChoices } from './choices.ts'
import type { Command, CommandDefinition, ComponentInteraction } from './command.ts'
import { type Context, type TracedContext, tracing } from './context.ts'
import { answerPrivately, isAnswered, tellFailure, tellWhenLate } from './failures.ts'
import type { Handling, Intake, Sent } from './intake.ts'
import { AS_OF_OPTION } from './options.ts'
import { isAcknowledged } from './replies.ts'
import { logFailure } from './store-trouble.ts'

/**
 * Hands each interaction that is taken in to its command. The one place where their failures are caught. `responding` are
 * those for which a first response is on its way.
 */
export function createDispatcher(
  commandsNow: () => readonly Command[],
  shared: Context,
  intake: Intake,
  responding: Set<string>,
): (interaction: Interaction) => Promise<void> {
  function named(definition: Pick<CommandDefinition, 'type' | 'name'>): Command | undefined {
    return commandsNow().find((command) => keyOf(command.definition) === keyOf(definition))
  }

  async function run(interaction: Interaction, context: TracedContext): Promise<void> {
    if (interaction.isAutocomplete()) {
      const { name, value } = interaction.options.getFocused(true)
      const command = named({ type: ApplicationCommandType.ChatInput, name: interaction.commandName })
      const { snapshot, words, today } = context
      // Every command that has it means the same by it.
      const choices =
        name === AS_OF_OPTION.name
          ? dayChoices(String(value), today(), snapshot, words)
          : await command?.complete?.({ name, value: String(value) }, interaction, context)
      await interaction.respond(choices ?? [])
    } else if (interaction.isChatInputCommand()) {
      const command = named({ type: interaction.commandType, name: interaction.commandName })
      if (!command?.execute) throw new UserError(context.words.unknownCommand)
      await command.execute(interaction, context)
    } else if (interaction.isMessageContextMenuCommand()) {
      const command = named({ type: interaction.commandType, name: interaction.commandName })
      if (!command?.executeOn) throw new UserError(context.words.unknownCommand)
      await command.executeOn(interaction, context)
    } else if (interaction.isButton() || interaction.isStringSelectMenu()) {
      await press(interaction, context)
    } else if (interaction.isModalSubmit()) {
      if (await stepped(interaction, context)) return
      const pressed = read(interaction.customId, context)
      const handle = commandsNow().find(({ forms }) => forms?.[pressed.action])?.forms?.[pressed.action]
      if (!handle) throw new UserError(context.words.unknownForm)
      await handle(interaction, pressed, context)
    }
  }

  async function press(interaction: ComponentInteraction, context: Context): Promise<void> {
    if (await stepped(interaction, context)) return
    const pressed = read(interaction.customId, context)
    const handle = commandsNow().find(({ presses }) => presses?.[pressed.action])?.presses?.[pressed.action]
    if (!handle) throw new UserError(context.words.unknownButton)
    await handle(interaction, withChosen(interaction, pressed, context), context)
  }

  /** Whether it was a step of one of the commands. */
  async function stepped(
    interaction: ComponentInteraction | ModalSubmitInteraction,
    context: Context,
  ): Promise<boolean> {
    const [name = '', ...args] = interaction.customId.split('|')
    const step = commandsNow().find(({ steps }) => steps && Object.hasOwn(steps, name))?.steps?.[name]
    try {
      await step?.(interaction, args, context)
    } catch (error) {
      // What was forged, replayed or came too late should be found in the log; what was typed should not.
      if (error instanceof UserError) {
        const { customId, user, guildId: guild } = interaction
        const sender = context.store.pseudonymOf(user.id)
        context.log.info({ step: stepAndVerb(customId), sender, guild }, 'refused a step')
      }
      throw error
    }
    return step !== undefined
  }

  function read(customId: string, context: Context): Pressed {
    const pressed = decodeCustomId(customId, context.snapshot)
    if (!pressed) throw new UserError(context.words.unreadableButton)
    return pressed
  }

  /** In a menu, the chosen value is the fact; more than one are nobody's choice. */
  function withChosen(interaction: ComponentInteraction, pressed: Pressed, { snapshot }: Context): Pressed {
    if (!interaction.isStringSelectMenu()) return pressed
    const facts = interaction.values.slice(0, 1).flatMap((id) => snapshot.facts.get(id) ?? [])
    return { ...pressed, facts, withdrawn: 1 - facts.length }
  }

  return (interaction) => {
    const words = wordsFor(interaction.locale)
    const handling: Handling = {
      async deal(trace) {
        const context = tracing(trace, words, shared)
        const lateness = tellWhenLate(interaction, responding, context)
        try {
          await run(interaction, context)
          return 'done'
        } catch (error) {
          if (!lateness.isTold()) return await tellFailure(error, interaction, context)
          if (!isAnswered(error)) logFailure(error, 'a handler failed', context, { reference: trace.reference })
          return 'late'
        } finally {
          lateness.stop()
        }
      },
      async refuse(refusal, trace) {
        const line = refusal.fate === 'shed' ? words.busy : words.tooMuch(refusal.seconds)
        try {
          await answerPrivately(interaction, line)
          return refusal.fate
        } catch (error) {
          if (refusal.fate !== 'shed' || !isAcknowledged(error)) throw error
          // Another process has acknowledged it and come to no end: Discord waits for that as long as it takes.
          return handling.deal(trace)
        }
      },
    }
    const handled = intake.take(sentBy(interaction), handling)
    return handled.finally(() => responding.delete(interaction.id))
  }
}

function sentBy(interaction: Interaction): Sent {
  const { id, user, guildId: guild } = interaction
  const what = { id, user: user.id, guild }
  if (interaction.isMessageComponent()) return { ...what, type: 'press', name: stepOf(interaction) }
  if (interaction.isModalSubmit()) return { ...what, type: 'form', name: stepOf(interaction) }
  return { ...what, type: interaction.isAutocomplete() ? 'autocomplete' : 'command', name: interaction.commandName }
}

/** What a button, menu or form is for, without the rest of its id, which comes from outside. */
function stepOf({ customId }: { customId: string }): string {
  return customId.replace(/\|.*/s, '').slice(0, 32)
}

/** The same and what was to be done: of an id that is forged nothing else is of use. */
function stepAndVerb(customId: string): string {
  return /^[a-z-]{0,32}(?:\|[a-z-]{0,32})?/.exec(customId)?.[0] ?? ''
}

function keyOf({ type = ApplicationCommandType.ChatInput, name }: Pick<CommandDefinition, 'type' | 'name'>): string {
  return `${type} ${name}`
}
