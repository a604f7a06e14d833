import { once } from 'node:events'
import { createServer } from 'node:net'
import { z } from 'zod'
import type { Env } from '../../env.ts'
import { type Finding, ok, problem, reasonOf, warning } from './finding.ts'

const PATIENCE = 2_000
const HEALTH = z.record(z.string(), z.boolean())

/** Whether METRICS_PORT can be had, or a running Footnote has it and is well. */
export async function monitoringFindings({ METRICS_PORT: port, METRICS_HOST: host }: Env): Promise<Finding[]> {
  if (port === undefined) return [ok('/healthz and /metrics are not served (METRICS_PORT is empty)')]
  const refused = await tryPort(port, host)
  if (refused === undefined) return [ok(`Port ${port} on ${host} is free (METRICS_PORT)`)]
  if (refused !== 'EADDRINUSE') {
    const mend = 'Choose an address of this machine for METRICS_HOST, and a port above 1023 for METRICS_PORT.'
    return [problem(`Port ${port} on ${host} cannot be opened (${refused})`, mend)]
  }
  const health = await askHealth(port, host)
  if (health === undefined) {
    return [problem(`Port ${port} on ${host} is taken by another program`, 'Choose another METRICS_PORT.')]
  }
  const ill = Object.keys(health).filter((name) => !health[name])
  if (ill.length === 0) return [ok(`A running Footnote answers on METRICS_PORT ${port}: all is well`)]
  const what = `A running Footnote answers on METRICS_PORT ${port}: not well are ${ill.join(', ')}`
  return [warning(what, 'See what else is found here, and its log.')]
}

/** Whether HTTP_PORT can be had, where Discord is to deliver to it; a running Footnote may have it. */
export async function endpointFindings({ INTERACTIONS, HTTP_PORT: port, HTTP_HOST: host }: Env): Promise<Finding[]> {
  if (INTERACTIONS !== 'http') return []
  const refused = await tryPort(port, host)
  if (refused === undefined) return [ok(`Port ${port} on ${host} is free (HTTP_PORT)`)]
  if (refused === 'EADDRINUSE')
    return [ok(`Port ${port} on ${host} is in use, as it is while Footnote runs (HTTP_PORT)`)]
  const mend = 'Choose an address of this machine for HTTP_HOST, and a port above 1023 for HTTP_PORT.'
  return [problem(`Port ${port} on ${host} cannot be opened (${refused})`, mend)]
}

/** Why a port cannot be had; undefined if it can. */
async function tryPort(port: number, host: string): Promise<string | undefined> {
  const server = createServer()
  try {
    await once(server.listen(port, host), 'listening')
    return undefined
  } catch (error) {
    return reasonOf(error)
  } finally {
    server.close()
  }
}

async function askHealth(port: number, host: string): Promise<Record<string, boolean> | undefined> {
  // Where it listens on every address, this machine's own answers.
  const name = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host
  try {
    const response = await fetch(`http://${name}:${port}/healthz`, { signal: AbortSignal.timeout(PATIENCE) })
    return HEALTH.parse(await response.json())
  } catch {
    return undefined
  }
}
