import { once } from 'node:events'
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net'

/** A way to a server that can be cut, kept shut, or let nothing through. */
export interface Way {
  /** The address of the server, by this way. */
  readonly url: string
  /** Cuts all connections; while it is shut, new ones are refused. */
  shut(): Promise<void>
  open(): Promise<void>
  /** Breaks a connection off as soon as this was said on it, and has arrived, but not its answer; once. */
  cutAfter(said: string): void
  /** Takes new connections without ever saying anything on them, or closes them at once. */
  behave(how: 'well' | 'silent' | 'closing'): void
}

/** Starts one. */
export async function startWay(address: string): Promise<Way> {
  const target = new URL(address)
  const sockets = new Set<Socket>()
  let manner: 'well' | 'silent' | 'closing' = 'well'
  let last: string | undefined
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    if (manner === 'closing') socket.end()
    if (manner !== 'well') return
    const upstream = createConnection(Number(target.port), target.hostname)
    let isCut = false
    upstream.on('error', () => {}).on('close', () => socket.destroy())
    socket.on('close', () => {
      if (!isCut) upstream.destroy()
    })
    socket.on('data', (data) => {
      upstream.write(data)
      if (last === undefined || !data.includes(last)) return
      last = undefined
      isCut = true
      socket.resetAndDestroy()
    })
    upstream.on('data', (data) => {
      if (!isCut) return socket.write(data)
      // It has been answered, so it has been done.
      upstream.destroy()
    })
  })
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }
  const port = await listen(0)
  const url = Object.assign(new URL(address), { port: String(port) }).href
  return {
    url,
    async shut() {
      const closed = server.listening ? once(server, 'close') : undefined
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
    async open() {
      await listen(port)
    },
    cutAfter(said) {
      last = said
    },
    behave(how) {
      manner = how
    },
  }
}
