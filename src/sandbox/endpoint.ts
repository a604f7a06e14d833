/** Sends interactions to the app over HTTP, as Discord does once an app has told it an address for them. */
import { randomBytes } from 'node:crypto'
import { BOT, PEOPLE } from './actors.ts'
import { ApiError } from './api-error.ts'
import { actorBody } from './bodies.ts'
import { checkedCallback } from './callbacks.ts'
import type { Interaction, Interactions } from './interactions.ts'
import { createKeys, type Keys } from './keys.ts'
import type { Network } from './network.ts'
import { parseBody } from './request-body.ts'
import type { World } from './world.ts'

interface EndpointOptions {
  world: World
  network: Network
  interactions: Interactions
  keys: Keys
  /** The app's addresses: several are served as a load balancer before them does it. */
  urls: readonly string[]
  /** Milliseconds to wait for an answer. */
  ackTimeout: number
}

interface Answer {
  status: number
  type: string
  raw: Buffer
}

const PING = 1

export class Endpoint {
  readonly #options: EndpointOptions
  #turn = 0

  constructor(options: EndpointOptions) {
    this.#options = options
    options.interactions.deliver = (interaction, body) => void this.#deliver(interaction, body)
  }

  /**
   * Asks the app whether it is there, as Discord does when the address is entered, and later now and then: it should
   * answer with status 200 and `{"type":1}`; or, to a forged signature, with 401.
   */
  async ping({ forged = false } = {}): Promise<{ status: number; body: unknown; isRight: boolean }> {
    const { world } = this.#options
    const ping = {
      id: world.snowflake(),
      application_id: BOT,
      type: PING,
      token: randomBytes(24).toString('base64url'),
      version: 1,
      user: actorBody(PEOPLE.moderator),
      entitlements: [],
      authorizing_integration_owners: {},
    }
    const { status, type, raw } = await this.#post(ping, forged ? createKeys() : this.#options.keys)
    const body = type.startsWith('application/json') ? JSON.parse(String(raw)) : String(raw)
    const isRight = forged ? status === 401 : status === 200 && body?.type === PING
    return { status, body, isRight }
  }

  async #deliver(interaction: Interaction, body: object): Promise<void> {
    const { interactions, keys, world } = this.#options
    try {
      const { status, type, raw } = await this.#post(body, keys)
      interaction.isDelivered = true
      // The response comes by the callback route.
      if (status === 202) return
      if (status !== 200) return interactions.fail(interaction)
      const { body: callback, files } = await parseBody(raw, type)
      interactions.respond(interaction.id, interaction.token, checkedCallback(callback), files)
    } catch (error) {
      interaction.isDelivered ||= !isNobodyThere(error)
      interactions.fail(interaction)
      // Nobody answered, or too late.
      if (!(error instanceof ApiError)) return
      world.refuse({ method: 'POST', path: this.#path(), status: error.status, body: error.body })
    }
  }

  async #post(body: object, keys: Keys): Promise<Answer> {
    const { network, world, ackTimeout } = this.#options
    const text = JSON.stringify(body)
    const timestamp = String(Math.floor(world.now() / 1000))
    const request = {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(ackTimeout),
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Discord-Interactions/1.0 (+https://discord.com)',
        'x-signature-ed25519': keys.sign(timestamp, text),
        'x-signature-timestamp': timestamp,
      },
      body: text,
    } as const
    await network.open()
    const answer = await this.#balance(request)
    await network.open()
    return answer
  }

  /** Sends it to one address after the other in turn; what one refuses to take or drops, the next one gets. */
  async #balance(request: RequestInit): Promise<Answer> {
    const { urls } = this.#options
    const first = this.#turn++
    for (let tries = 1; ; tries++) {
      try {
        const response = await fetch(urls[(first + tries) % urls.length] ?? '', request)
        const raw = Buffer.from(await response.arrayBuffer())
        return { status: response.status, type: response.headers.get('content-type') ?? '', raw }
      } catch (error) {
        if (tries >= urls.length || request.signal?.aborted) throw error
      }
    }
  }

  #path(): string {
    return new URL(this.#options.urls[0] ?? '').pathname
  }
}

function isNobodyThere(error: unknown): boolean {
  return ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code === 'ECONNREFUSED'
}
