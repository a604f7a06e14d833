import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Registry } from 'prom-client'
import { UserError } from '../errors.ts'

/** By name, whether it is well. */
export type Health = Readonly<Record<string, () => boolean | Promise<boolean>>>

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
      if (part !== undefined && !Object.hasOwn(health, part)) return void response.writeHead(404).end()
      // Whoever asks for one does not wait for the others: a database that hangs is slow to say so.
      const names = part === undefined ? Object.keys(health) : [part]
      const state = Object.fromEntries(
        await Promise.all(names.map(async (name) => [name, await health[name]?.()] as const)),
      )
      const isWell = Object.values(state).every(Boolean)
      response.writeHead(isWell ? 200 : 503, { 'content-type': 'application/json' }).end(JSON.stringify(state))
    } else if (path === '/metrics') {
      response.writeHead(200, { 'content-type': registry.contentType }).end(await registry.metrics())
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
