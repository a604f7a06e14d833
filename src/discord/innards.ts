/** What of discord.js is private and yet needed: its version is pinned, and tests hold that it is there. */
import { type APIApplication, type APIUser, type Client, ClientApplication, ClientUser } from 'discord.js'
import type { Log } from '../log.ts'

interface PrivateGateway {
  handlePacket(packet?: { t?: string }, shard?: unknown): boolean
  destroy(): Promise<void>
  readonly _ws: {
    readonly strategy: { readonly shards: ReadonlyMap<number, { readonly connection?: object | null }> }
  } | null
}

function gatewayOf(client: Client): PrivateGateway {
  return client.ws as unknown as PrivateGateway
}

/** A packet that lacks what Discord promises would otherwise end the process from within discord.js. */
export function dropMalformedPackets(client: Client, log: Log): void {
  const socket = gatewayOf(client)
  const handlePacket = socket.handlePacket.bind(socket)
  socket.handlePacket = (packet, shard) => {
    try {
      return handlePacket(packet, shard)
    } catch (err) {
      log.error({ err, packet: packet?.t }, 'dropped a malformed packet')
      return false
    }
  }
}

/**
 * Closes the connections alone: requests can still be sent, unlike after discord.js's own goodbye. What Discord sends
 * until it has heard ours is still handled, which discord.js would pass over.
 */
export function closeGateway(client: Client): Promise<void> {
  const gateway = gatewayOf(client)
  for (const { connection } of gateway._ws?.strategy.shards.values() ?? []) {
    if (connection) Object.defineProperty(connection, 'onmessage', { set() {} })
  }
  return gateway.destroy()
}

/** Makes known to discord.js whose interactions it is going to see, which it would learn from the gateway. */
export function beKnownAs(client: Client, user: APIUser, application: APIApplication): void {
  type Made<Thing> = new (client: Client, data: object) => Thing
  client.user = new (ClientUser as unknown as Made<ClientUser>)(client, user)
  client.application = new (ClientApplication as unknown as Made<ClientApplication>)(client, application)
}

/** Hands an interaction to discord.js as if the gateway had brought it: the same event comes of it, before this returns. */
export function handleInteraction(client: Client, interaction: object): void {
  const { actions } = client as unknown as { actions: { InteractionCreate: { handle(data: object): void } } }
  actions.InteractionCreate.handle(interaction)
}
