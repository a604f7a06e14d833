/** The messages of all channels, found by id at once, and their files. */
import type { PageMessage, UserKey } from './protocol.ts'

/** A message and, if it is ephemeral, the only person who sees it. */
export interface StoredMessage {
  message: PageMessage
  onlyFor?: UserKey
  /** What the bot called it when it sent it, so that it need not be sent twice. */
  nonce?: string | number
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

  /** `keep` is how many messages of a channel are kept; the oldest ones go first. */
  constructor(keep: number) {
    this.#keep = keep
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
    const list = this.#lists.get(channel_id) ?? []
    this.#lists.set(channel_id, list)
    list.push(stored)
    this.#byId.set(id, stored)
    if (stored.nonce !== undefined) this.#byNonce.set(nonceKey(channel_id, stored.nonce), stored)
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
    if (at < 0) return
    list.splice(at, 1)
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
