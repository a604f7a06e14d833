/** The life of interactions: from a person's click to the bot's response, its edits and follow-ups. */
import { randomBytes } from 'node:crypto'
import type { APIApplicationCommandOptionChoice, APIModalInteractionResponseCallbackData } from 'discord-api-types/v10'
import { type Actor, BOT } from './actors.ts'
import { errors, type Flaw, refuse } from './api-error.ts'
import { botBody } from './bodies.ts'
import { Expiring } from './expiring.ts'
import { interactionBody, provenance, provenanceOfFollowUp } from './interaction-body.ts'
import type { StoredMessage } from './message-store.ts'
import { changedMessage, newMessage, type Upload } from './messages.ts'
import type { Channel } from './places.ts'
import type { Outcome, PageMessage } from './protocol.ts'
import type { AnyComponent } from './rules-components.ts'
import { choicesFlaws, modalFlaws } from './rules-interactions.ts'
import { EPHEMERAL, LOADING, type MessageBody } from './rules-messages.ts'
import type { World } from './world.ts'

/** Discord's interaction types. */
export const COMMAND = 2
export const COMPONENT = 3
export const AUTOCOMPLETE = 4
export const MODAL_SUBMIT = 5

export interface Start {
  type: typeof COMMAND | typeof COMPONENT | typeof AUTOCOMPLETE | typeof MODAL_SUBMIT
  by: Actor
  channel: Channel
  data: Record<string, unknown>
  /** The message whose component was used, also for a modal that such a component opened. */
  message?: StoredMessage
  /** The command's name, for the line above its answer. */
  name?: string
  /** For autocompletion: the focused option's type. */
  optionType?: number
  /** For a context menu on a message. */
  target?: string
  /** Told in the place of what is so: another server, other permissions. */
  told?: Readonly<Record<string, unknown>>
}

export interface Interaction extends Omit<Start, 'data'> {
  id: string
  token: string
  startedAt: number
  state: 'waiting' | 'answered' | 'failed'
  /** Whether the bot has been told of it. */
  isDelivered: boolean
  /** The message that `@original` means. */
  original?: StoredMessage
  settle: (outcome: Outcome) => void
}

export interface Callback {
  type: number
  data?: Record<string, unknown>
}

export interface OpenModal {
  interaction: Interaction
  modal: APIModalInteractionResponseCallbackData
}

const NO_RESPONSE = 'The application did not respond'

export class Interactions {
  readonly modals = new Map<string, OpenModal>()
  readonly #all = new Map<string, Interaction>()
  readonly #lives: Expiring<Interaction>
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #world: World
  readonly #ackTimeout: number

  constructor(world: World, ackTimeout: number) {
    this.#world = world
    this.#ackTimeout = ackTimeout
    this.#lives = new Expiring(world.tokenLifetime, world.now, ({ id, token }) => {
      this.#all.delete(token)
      this.modals.delete(id)
    })
  }

  /** How the bot is told: by the gateway, if by nothing else. */
  deliver = (interaction: Interaction, d: Record<string, unknown>): void => {
    const delivered = () => {
      interaction.isDelivered = true
    }
    this.#world.events.emit('wire', { t: 'INTERACTION_CREATE', d, intents: 0, delivered })
  }

  /** Tells the bot, and resolves when it has responded or its time is over. */
  start({ data, ...start }: Start): Promise<Outcome> {
    return new Promise((resolve) => {
      const id = this.#world.snowflake()
      const token = randomBytes(24).toString('base64url')
      const interaction: Interaction = {
        ...start,
        id,
        token,
        startedAt: this.#world.now(),
        state: 'waiting',
        isDelivered: false,
        settle: (outcome) => {
          clearTimeout(timer)
          this.#timers.delete(timer)
          resolve(outcome)
        },
      }
      const timer = setTimeout(() => this.fail(interaction), this.#ackTimeout)
      this.#timers.add(timer)
      this.#all.set(token, interaction)
      this.#lives.add(interaction)
      this.deliver(interaction, interactionBody(this.#world, interaction, data))
    })
  }

  /** No response will come. */
  fail(interaction: Interaction): void {
    if (interaction.state !== 'waiting') return
    interaction.state = 'failed'
    interaction.settle({ kind: 'failed', text: NO_RESPONSE, isDelivered: interaction.isDelivered })
  }

  /** The bot's first response. */
  respond(id: string, token: string, callback: Callback, files: Upload[]): Interaction {
    const interaction = this.#all.get(token)
    if (!interaction || interaction.id !== id || interaction.state === 'failed') throw errors.unknownInteraction()
    if (interaction.state === 'answered') throw errors.alreadyAcknowledged()
    const outcome = this.#outcome(interaction, callback, files)
    interaction.state = 'answered'
    interaction.settle(outcome)
    return interaction
  }

  /** The interaction that a webhook token belongs to, once it has been responded to. */
  byToken(application: string, token: string): Interaction {
    const interaction = this.#all.get(token)
    if (application !== BOT) throw errors.unknownWebhook()
    if (!interaction || this.#world.now() - interaction.startedAt > this.#world.tokenLifetime)
      throw errors.invalidToken()
    if (interaction.state !== 'answered') throw errors.unknownWebhook()
    return interaction
  }

  /** A further message; the first one after "thinking…" takes its place instead. */
  followUp(interaction: Interaction, body: MessageBody, files: Upload[]): PageMessage {
    const { original } = interaction
    if (original && (original.message.flags ?? 0) & LOADING) return this.edit(interaction, original, body, files)
    return this.#say(interaction, body, files, [], provenanceOfFollowUp(this.#world, interaction)).message
  }

  edit(interaction: Interaction, stored: StoredMessage, body: MessageBody, files: Upload[]): PageMessage {
    const { channel } = interaction
    const old = stored.message
    const message = changedMessage(this.#world, old, { channel, body, files })
    const loading = (old.flags ?? 0) & LOADING
    this.#world.replace(stored, { ...message, edited_timestamp: loading ? null : this.#moment() })
    return stored.message
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer)
  }

  #outcome(interaction: Interaction, { type, data = {} }: Callback, files: Upload[]): Outcome {
    const body = data as unknown as MessageBody
    if (!allowed(interaction).includes(type)) refuse([wrongType(type)])
    if (type === 4) return { kind: 'message', message: this.#original(interaction, body, files).message }
    if (type === 5) return { kind: 'message', message: this.#thinking(interaction, body).message }
    if (type === 8) {
      const choices = data.choices as APIApplicationCommandOptionChoice[]
      refuse(choicesFlaws(choices, interaction.optionType ?? 3))
      return { kind: 'choices', choices }
    }
    if (type === 9) return this.#openModal(interaction, data as unknown as APIModalInteractionResponseCallbackData)
    interaction.original = interaction.message as StoredMessage
    if (type === 7) {
      const { channel, original } = interaction
      const message = changedMessage(this.#world, original.message, { channel, body, files, at: ['data'] })
      this.#world.replace(original, { ...message, edited_timestamp: this.#moment() })
    }
    return { kind: 'updated', later: type === 6 }
  }

  #openModal(interaction: Interaction, modal: APIModalInteractionResponseCallbackData): Outcome {
    refuse(modalFlaws(modal.components as AnyComponent[]))
    this.modals.set(interaction.id, { interaction, modal })
    return { kind: 'modal', id: interaction.id, modal }
  }

  #original(interaction: Interaction, body: MessageBody, files: Upload[]): StoredMessage {
    interaction.original = this.#say(interaction, body, files, ['data'])
    return interaction.original
  }

  #say(
    interaction: Interaction,
    body: MessageBody,
    files: Upload[],
    at: string[],
    extra = provenance(this.#world, interaction),
  ): StoredMessage {
    const { channel } = interaction
    return this.#add(
      interaction,
      newMessage(this.#world, { author: botBody(this.#world), channel, body, files, at, extra }),
    )
  }

  /** "… is thinking": a message that has nothing to show until it is edited. */
  #thinking(interaction: Interaction, body: MessageBody): StoredMessage {
    const { channel } = interaction
    const extra = provenance(this.#world, interaction)
    // Drafted with a stand-in text, because a message without any is refused.
    const draft = newMessage(this.#world, { author: botBody(this.#world), channel, body: { content: '…' }, extra })
    const flags = LOADING | ((body.flags ?? 0) & EPHEMERAL)
    interaction.original = this.#add(interaction, { ...draft, content: '', flags })
    return interaction.original
  }

  #add({ by, channel }: Interaction, message: PageMessage): StoredMessage {
    const stored: StoredMessage = {
      message,
      channel,
      ...((message.flags ?? 0) & EPHEMERAL ? { onlyFor: by } : {}),
      ...(by.key ? {} : { unseen: true }),
    }
    this.#world.add(stored)
    return stored
  }

  #moment(): string {
    return new Date(this.#world.now()).toISOString()
  }
}

/** Which kinds of response fit an interaction. */
function allowed({ type, message }: Interaction): number[] {
  if (type === AUTOCOMPLETE) return [8]
  if (type === COMMAND) return [4, 5, 9]
  if (type === COMPONENT) return [4, 5, 6, 7, 9]
  return message ? [4, 5, 6, 7] : [4, 5]
}

function wrongType(type: number): Flaw {
  return {
    path: ['type'],
    code: 'INTERACTION_APPLICATION_COMMAND_INVALID_RESPONSE_TYPE',
    message: `A response of type ${type} does not fit this interaction.`,
  }
}
