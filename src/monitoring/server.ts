import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Registry } from 'prom-client'
import { UserError } from '../errors.ts'

/** What is well and what is not, by name. */
export type Health = () => Promise<Readonly<Record<string, boolean>>>

export interface Monitor {
  readonly port: number
  close(): Promise<void>
}

/**
 * Serves `/healthz` (200 if all is well, else 503, with what is and what is not as JSON), `/healthz/…` (the same for one
 * part of it), `/livez` (200 as long as the process does anything at all) and `/metrics` (Prometheus' text). A port or
 * address that cannot be had is a UserError.
 */
export async function startMonitor(
  { host, port }: { host: string; port: number },
  health: Health,
  registry: Registry,
): Promise<Monitor> {
  const server = createServer(async (request, response) => {
    const path = request.url?.replace(/\?.*/s, '')
    if (request.method !== 'GET' && request.method !== 'HEAD') return void response.writeHead(405).end()
    const [, healthz, part] = /^\/(healthz)(?:\/(\w+))?$/.exec(path ?? '') ?? []
    if (healthz) {
      const state = await health()
      if (part !== undefined && !Object.hasOwn(state, part)) return void response.writeHead(404).end()
      const isWell = part === undefined ? Object.values(state).every(Boolean) : state[part]
      response.writeHead(isWell ? 200 : 503, { 'content-type': 'application/json' }).end(JSON.stringify(state))
    } else if (path === '/metrics') {
      try {
        const text = await registry.metrics()
        response.writeHead(200, { 'content-type': registry.contentType }).end(text)
      } catch {
        // A queue whose length cannot be told, such as one in a database that is away.
        response.writeHead(503).end()
      }
    } else response.writeHead(path === '/livez' ? 200 : 404).end()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      reject(
        new UserError(
          `METRICS_PORT ${port} cannot be opened on ${host} (${code}): choose another one, or leave it empty.`,
        ),
      ),
    )
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
