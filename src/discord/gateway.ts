/** What of discord.js is private and yet needed: its version is pinned, and tests hold that it is there. */
import type { Client } from 'discord.js'
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
