/**
 * Everything that the page and the sandbox's server say to each other. Types only: both sides import this file.
 *
 *   GET  /page/state?as=member    → PageState        what this user sees
 *   GET  /page/events?as=member   → EventSource      unnamed events, `data` is one PageEvent as JSON
 *   POST /page/say                SayRequest         → APIMessage
 *   POST /page/command            CommandRequest     → Outcome
 *   POST /page/autocomplete       AutocompleteRequest → Outcome (`choices` or `failed`)
 *   POST /page/press              PressRequest       → Outcome
 *   POST /page/modal              ModalRequest       → Outcome
 *   POST /page/menu               MenuRequest        → Outcome
 *   POST /page/dismiss            DismissRequest     → {}
 *   POST /page/speak              SpeakRequest       → {}
 *
 * A POST that makes an interaction is answered as soon as the bot has responded, or after its three seconds are over.
 * The messages themselves come as events, to every page that may see them: an outcome only says what became of the
 * interaction. A request that makes no sense is answered with status 400 and a PageError.
 *
 * Other paths: `/` and `/page-files/…` are the page's own files, `/attachments/…` what the bot has uploaded. A path in
 * `attachment://` form never reaches the page: messages carry absolute URLs.
 */
import type {
  APIApplicationCommand,
  APIApplicationCommandOptionChoice,
  APIMessage,
  APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10'

/** The people one can be in the sandbox. The colleague is a moderator, too. */
export type UserKey = 'member' | 'moderator' | 'colleague'

export interface PageUser {
  id: string
  username: string
  /** "You (member)", "You (moderator)", "You (second moderator)", or the bot's name. */
  name: string
  bot: boolean
}

export interface PageChannel {
  id: string
  /** `general`, `policy`, `moderators`, or the bot's name for the direct messages. */
  name: string
  /** Discord's channel type: 0 in the guild, 1 for direct messages. */
  type: 0 | 1
  /** In a server that has not added the bot; whoever installed it for themselves can use its commands there. */
  isAway: boolean
}

export interface PageRole {
  id: string
  name: string
}

export interface PageCommand {
  command: APIApplicationCommand
  /** The ids of the channels in which this user is offered the command. */
  channels: string[]
}

/** What one user sees: their guild channels, their DM with the bot, and the messages in them, ephemeral ones too. */
export interface PageState {
  /** Whom the state is for; `users` has both people and the bot, for the names behind mentions. */
  me: PageUser
  bot: PageUser
  /** False until the bot has logged in, and while its connection is gone. */
  online: boolean
  users: PageUser[]
  guild: { id: string; name: string }
  /** Includes the bot's managed role, which Discord's picker often inserts instead of the bot. */
  roles: PageRole[]
  channels: PageChannel[]
  /** The language of this user's client, such as `en-US`: interactions tell it, and commands are named in it. */
  locale: string
  commands: PageCommand[]
  /** By channel id, oldest first. */
  messages: Record<string, PageMessage[]>
}

/**
 * A message as Discord's API shapes it. Flags that matter for drawing: 64 ephemeral, 128 loading ("thinking…", nothing
 * else to show yet), 32768 Components V2. `interaction.name` and `interaction.user` say which command it answers,
 * `referenced_message` which message it replies to. `pings` says whom Discord would have notified.
 */
export type PageMessage = APIMessage & { pings: { everyone: boolean; users: string[]; roles: string[] } }

export type PageEvent =
  | { type: 'message-created'; message: PageMessage }
  | { type: 'message-updated'; message: PageMessage }
  | { type: 'message-deleted'; channel: string; id: string }
  | { type: 'commands'; commands: PageCommand[] }
  | { type: 'typing'; channel: string; user: string }
  | { type: 'online'; online: boolean }
  | { type: 'refused'; refusal: Refusal }

/** A request of the bot's that was answered with an error, as Discord would word it. */
export interface Refusal {
  method: string
  /** The route below /api/v10, tokens removed. */
  path: string
  status: number
  /** Discord's error: `code` 50035 comes with `errors`, a tree that follows the body and ends in `_errors`. */
  body: { code: number; message: string; errors?: unknown }
}

/** What became of an interaction. */
export type Outcome =
  /** The bot answered with a new message (possibly ephemeral, possibly still "thinking…"). */
  | { kind: 'message'; message: PageMessage }
  /** The bot changed the message that the component is on, or (`later`) acknowledged without changing anything yet. */
  | { kind: 'updated'; later: boolean }
  /** The bot opened a modal: draw `modal`, then POST /page/modal with this `id`. */
  | { kind: 'modal'; id: string; modal: APIModalInteractionResponseCallbackData }
  | { kind: 'choices'; choices: APIApplicationCommandOptionChoice[] }
  /** `text` is what Discord shows, such as "The application did not respond"; without `isDelivered`, no bot was there. */
  | { kind: 'failed'; text: string; isDelivered?: boolean }

export interface SayRequest {
  as: UserKey
  channel: string
  /** Mentions in Discord's form: <@id>, <@&id>, <#id>. */
  content: string
  /** The message replied to; `ping` is Discord's "ping on reply". */
  replyTo?: { message: string; ping: boolean }
}

export interface SpeakRequest {
  as: UserKey
  locale: string
}

export interface CommandRequest {
  as: UserKey
  channel: string
  /** The command's id. */
  command: string
  /** Subcommand group and subcommand, where the command has them. */
  path?: string[]
  /** By option name. Users, roles and channels are given by id; attachments are not offered. */
  options: Record<string, OptionValue>
}

export type OptionValue = string | number | boolean

/** `options` holds what has been filled in so far, the focused option's unfinished text included. */
export interface AutocompleteRequest extends CommandRequest {
  focused: string
}

export interface PressRequest {
  as: UserKey
  message: string
  customId: string
  /** For selects: the chosen values. */
  values?: string[]
}

export interface ModalRequest {
  as: UserKey
  /** The `id` of the `modal` outcome. */
  modal: string
  /** By custom id: text of a text input, values of a select. */
  fields: Record<string, string | string[]>
}

/** Apps → a command on a message. */
export interface MenuRequest {
  as: UserKey
  message: string
  command: string
}

/** Ephemeral messages only. */
export interface DismissRequest {
  as: UserKey
  message: string
}

export interface PageError {
  message: string
}
