/** The messages of all channels, found by id at once, and their files. */
import type { Actor } from './actors.ts'
import { Expiring } from './expiring.ts'
import type { Channel } from './places.ts'
import type { PageMessage } from './protocol.ts'

/** A message and, if it is ephemeral, the only person who sees it. */
export interface StoredMessage {
  message: PageMessage
  channel: Channel
  onlyFor?: Actor
  /** What the bot called it when it sent it, so that it need not be sent twice. */
  nonce?: string | number
  /** It belongs to the crowd: it is shown on no page, and forgotten when the token of an interaction would be. */
  unseen?: true
  /** Called when the bot has been told of it. */
  delivered?: () => void
  /** Called with every reply to it. */
  replied?: (reply: StoredMessage) => void
  /** Called when it is changed for the next time. */
  waiting?: Array<() => void>
}

export interface StoredFile {
  name: string
  type: string
  data: Buffer
}

export class MessageStore {
  readonly files = new Map<string, StoredFile>()
  readonly #keep: number
  readonly #lists = new Map<string, StoredMessage[]>()
  readonly #byId = new Map<string, StoredMessage>()
  readonly #byNonce = new Map<string, StoredMessage>()
  readonly #unseen: Expiring<StoredMessage>

  /** `keep` is how many messages of a channel are kept; the oldest ones go first. Unseen ones are kept for a time. */
  constructor(keep: number, unseenLife: number, now: () => number) {
    this.#keep = keep
    this.#unseen = new Expiring(unseenLife, now, (stored) => this.#forget(stored))
  }

  /** A channel's messages, oldest first. */
  in(channel: string): readonly StoredMessage[] {
    return this.#lists.get(channel) ?? []
  }

  find(id: string): StoredMessage | undefined {
    return this.#byId.get(id)
  }

  /** The last message that the bot sent to a channel under a nonce. */
  byNonce(channel: string, nonce: string | number): StoredMessage | undefined {
    return this.#byNonce.get(nonceKey(channel, nonce))
  }

  add(stored: StoredMessage): void {
    const { id, channel_id } = stored.message
    this.#byId.set(id, stored)
    if (stored.nonce !== undefined) this.#byNonce.set(nonceKey(channel_id, stored.nonce), stored)
    if (stored.unseen) {
      this.#unseen.add(stored)
      return
    }
    const list = this.#lists.get(channel_id) ?? []
    this.#lists.set(channel_id, list)
    list.push(stored)
    if (list.length > this.#keep) this.#forget(list.shift())
  }

  /** Puts a message's new version in the place of the old one. */
  replace(stored: StoredMessage, message: PageMessage): void {
    const kept = new Set(message.attachments.map(({ id }) => id))
    for (const { id } of stored.message.attachments) if (!kept.has(id)) this.files.delete(id)
    stored.message = message
  }

  remove(stored: StoredMessage): void {
    const list = this.#lists.get(stored.message.channel_id) ?? []
    const at = list.lastIndexOf(stored)
    if (at >= 0) list.splice(at, 1)
    this.#forget(stored)
  }

  #forget(stored: StoredMessage | undefined): void {
    if (!stored) return
    const { id, channel_id, attachments } = stored.message
    this.#byId.delete(id)
    for (const file of attachments) this.files.delete(file.id)
    const key = stored.nonce === undefined ? '' : nonceKey(channel_id, stored.nonce)
    if (this.#byNonce.get(key) === stored) this.#byNonce.delete(key)
  }
}

/** 1 and "1" are two nonces. */
function nonceKey(channel: string, nonce: string | number): string {
  return `${channel} ${JSON.stringify(nonce)}`
}
