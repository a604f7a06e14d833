import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  RESTPostAPIApplicationCommandsJSONBody,
  StringSelectMenuInteraction,
} from 'discord.js'
import type { Action, Pressed } from '../render/custom-id.ts'
import type { Choice } from './choices.ts'
import type { Context, TracedContext } from './context.ts'

export type CommandDefinition = RESTPostAPIApplicationCommandsJSONBody
export type ComponentInteraction = ButtonInteraction | StringSelectMenuInteraction

/** One slash or context-menu command, with everything that belongs to it. */
export interface Command {
  /** What Discord is told about it. */
  readonly definition: CommandDefinition
  /** Somebody typed it. */
  execute?(interaction: ChatInputCommandInteraction, context: TracedContext): Promise<void>
  /** Somebody chose it on a message. */
  executeOn?(interaction: MessageContextMenuCommandInteraction, context: TracedContext): Promise<void>
  /** Choices for the option that is being typed, other than the as-of date. */
  complete?(
    focused: { name: string; value: string },
    interaction: AutocompleteInteraction,
    context: Context,
  ): Choice[] | Promise<Choice[]>
  /** What happens when buttons and menus are pressed, by the action in their custom id. */
  readonly presses?: Partial<
    Record<Action, (interaction: ComponentInteraction, pressed: Pressed, context: Context) => Promise<void>>
  >
  /** What happens when forms are sent, by the action in their custom id. */
  readonly forms?: Partial<
    Record<Action, (interaction: ModalSubmitInteraction, pressed: Pressed, context: Context) => Promise<void>>
  >
  /** Buttons, menus and forms whose custom ids are `step|verb|argument|…`, by their step. */
  readonly steps?: Readonly<Record<string, Step>>
  /** Offered in the moderators' guild only. */
  readonly forModerators?: true
}

/** What happens at a step; its arguments come back from outside, so nothing in them is trusted. */
export interface Step {
  (interaction: ComponentInteraction | ModalSubmitInteraction, args: readonly string[], context: Context): Promise<void>
  /** What the first argument may be; none where there is only one thing to do. */
  readonly verbs: readonly string[]
}

/** Where commands appear that work anywhere: in servers, in a DM with the bot, and with people who installed it. */
export const EVERYWHERE = { contexts: [0, 1, 2], integration_types: [0, 1] } satisfies Partial<CommandDefinition>
