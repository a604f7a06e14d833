import {
  type APIApplication,
  type APIUser,
  type Client,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  Routes,
  Status,
} from 'discord.js'
import { UserError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../monitoring/metrics.ts'
import { type Delivered, type Endpoint, type EndpointOptions, openEndpoint } from './endpoint.ts'
import { beKnownAs, closeGateway, dropMalformedPackets, handleInteraction } from './innards.ts'
import type { Intake } from './intake.ts'

/** The way by which Discord tells the bot what people send. */
export interface Connection {
  /** Resolves when all is connected. A token that is refused, or a Discord that cannot be reached, is a UserError. */
  open(): Promise<void>
  isUp(): boolean
  /** Nothing more comes in then; requests can still be sent. */
  close(): Promise<void>
}

/** Discord's gateway: a connection for each shard, which discord.js takes up again by itself. */
export function overGateway(
  client: Client,
  token: string,
  { log, metrics }: { log: Log; metrics: Metrics },
): Connection {
  dropMalformedPackets(client, log)
  client.on(Events.ShardReady, (shard) => metrics.gateway(shard, true))
  client.on(Events.ShardDisconnect, ({ code }, shard) => {
    metrics.gateway(shard, false)
    log.error({ shard, code }, closedForGood(code))
  })
  client.on(Events.ShardReconnecting, (shard) => {
    metrics.gateway(shard, false)
    log.info({ shard }, 'connecting again')
  })
  client.on(Events.ShardResume, (shard) => {
    metrics.gateway(shard, true)
    log.info({ shard }, 'connected again')
  })
  client.on(Events.ShardError, (err, shard) => log.warn({ shard, err }, 'the connection failed'))
  return {
    async open() {
      const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve))
      await client.login(token).catch(explainLogin)
      await ready
    },
    isUp: () => client.isReady() && client.ws.shards.every(({ status }) => status === Status.Ready),
    async close() {
      // A goodbye looks like a lost connection to discord.js, which is not worth a line.
      client.removeAllListeners(Events.ShardReconnecting)
      await closeGateway(client)
    },
  }
}

/**
 * Discord's HTTP endpoint: interactions are delivered to a port of this machine, which Discord has to be told the address
 * of (https://docs.discord.com/developers/interactions/overview). Nothing else comes this way, and the bot is not online.
 */
export function overHttp(
  client: Client,
  token: string,
  { ended, log, ...where }: Pick<EndpointOptions, 'host' | 'port' | 'now'> & Pick<Intake, 'ended'> & { log: Log },
): Connection {
  let endpoint: Endpoint | undefined
  async function deliver(interaction: Delivered): Promise<void> {
    try {
      handleInteraction(client, interaction)
    } catch (err) {
      log.error({ err, type: interaction.type }, 'dropped a malformed interaction')
    }
    await ended(interaction.id)
  }
  return {
    async open() {
      client.rest.setToken(token)
      const [application, user] = await Promise.all([
        client.rest.get(Routes.currentApplication()) as Promise<APIApplication>,
        client.rest.get(Routes.user()) as Promise<APIUser>,
      ]).catch(explainLogin)
      beKnownAs(client, user, application)
      endpoint = await openEndpoint({ ...where, publicKey: application.verify_key, deliver })
    },
    isUp: () => endpoint !== undefined,
    async close() {
      await endpoint?.close()
      endpoint = undefined
    },
  }
}

/** What the operator can mend is said in one line; anything else stays as it is. */
function explainLogin(error: unknown): never {
  const { code, status, message } = error as { code?: unknown; status?: unknown; message: string }
  if (code === DiscordjsErrorCodes.TokenInvalid || status === 401) {
    throw new UserError('Discord does not accept DISCORD_TOKEN: copy it anew from the developer portal, page “Bot”.')
  }
  if (/disallowed intents/i.test(message)) throw new UserError(closedForGood(GatewayCloseCodes.DisallowedIntents))
  if (['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT'].includes(String(code))) {
    throw new UserError(`Discord cannot be reached (${code}): check this machine’s connection and start again.`)
  }
  throw error
}

/** Why Discord ended a connection for good, and what mends it (https://docs.discord.com/developers/topics/opcodes-and-status-codes). */
function closedForGood(code: number): string {
  switch (code) {
    case GatewayCloseCodes.AuthenticationFailed:
      return 'Discord does not accept DISCORD_TOKEN any more: copy it anew from the developer portal, page “Bot”.'
    case GatewayCloseCodes.DisallowedIntents:
      return 'Discord refuses the intents that Footnote asks for, though none of them is privileged: is DISCORD_TOKEN that of a bot?'
    case GatewayCloseCodes.InvalidShard:
    case GatewayCloseCodes.ShardingRequired:
      return 'Discord refuses these shards: set SHARD_COUNT higher, or leave SHARDS and SHARD_COUNT empty.'
    default:
      return 'Discord closed the connection for good.'
  }
}
