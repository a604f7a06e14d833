/** Discord's HTTP interface: finds the route, reads the body, answers in Discord's words, and notes what it refuses. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { ApiError, errors } from './api-error.ts'
import type { Faults } from './faults.ts'
import type { GlobalLimit } from './global-limit.ts'
import type { Interactions } from './interactions.ts'
import type { Upload } from './messages.ts'
import type { Network } from './network.ts'
import { parseBody, readAll } from './request-body.ts'
import { applicationRoutes } from './rest-application.ts'
import { messageRoutes, webhookRoutes } from './rest-messages.ts'
import type { World } from './world.ts'

export interface RestOptions {
  world: World
  interactions: Interactions
  faults: Faults
  network: Network
  limit?: GlobalLimit | undefined
  token: string
  /** The privileged intents that the application has, which also decide what it may read here. */
  intents: number
  /** How many shards the bot is recommended to have, and how many of them may identify at once. */
  shards: number
  maxConcurrency: number
  commandsChanged: () => void
}

export interface RouteRequest extends RestOptions {
  origin: string
  params: Record<string, string | undefined>
  query: URLSearchParams
  body: unknown
  files: Upload[]
}

/** What a route returns is sent as JSON; undefined is "204 No Content". */
export type Route = [method: string, path: string, handle: (request: RouteRequest) => unknown]

const routes = [
  ...webhookRoutes.map((route) => compiled(route, false)),
  ...applicationRoutes.map((route) => compiled(route, true)),
  ...messageRoutes.map((route) => compiled(route, true)),
]

function compiled([method, path, handle]: Route, authorized: boolean) {
  return { method, pattern: new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`), handle, authorized }
}

/** Answers one request below `/api/v10`. */
export async function handleRest(
  options: RestOptions,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const method = request.method ?? 'GET'
  const path = decodeURIComponent(url.pathname.replace(/^\/api\/v\d+/, ''))
  // Read before anything else, so that a request that is refused leaves its connection usable.
  const raw = await readAll(request)
  await options.network.open()
  const fault = await options.faults.take(method, path)
  if (fault?.kind === 'cut') return void request.socket.resetAndDestroy()
  const send = async (status: number, body: unknown, headers?: Record<string, string>) => {
    await options.network.open()
    answer(response, status, body, headers)
  }
  if (fault?.kind === 'answer') return send(fault.status, fault.body, fault.headers)
  const route = routes.find((each) => each.method === method && each.pattern.test(path))
  // What goes by an interaction's own token does not count.
  const isAuthorized = request.headers.authorization === `Bot ${options.token}`
  const excess = route?.authorized && isAuthorized ? options.limit?.take(method, path) : undefined
  if (excess) return send(excess.status, excess.body, excess.headers)
  let status = 200
  let result: unknown
  try {
    if (!route) throw errors.notFound()
    if (route.authorized && !isAuthorized) throw errors.unauthorized()
    const params = { ...route.pattern.exec(path)?.groups }
    const { body, files } = await parseBody(raw, request.headers['content-type'] ?? '')
    result = route.handle({ ...options, origin: url.origin, params, query: url.searchParams, body, files })
    if (result === undefined) status = 204
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    status = error.status
    result = error.body
    const refusal = { method, path: withoutTokens(path), status, body: error.body }
    options.world.refuse(refusal)
  }
  if (fault?.kind === 'lose') return send(fault.status, { message: 'Bad Gateway', code: 0 })
  return send(status, result)
}

function answer(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  // A 204 that announces JSON makes clients fail while parsing nothing.
  if (status === 204) return void response.writeHead(204, headers).end()
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

function withoutTokens(path: string): string {
  return path.replace(/^(\/(?:interactions|webhooks)\/\d+\/)[^/]+/, '$1…')
}
