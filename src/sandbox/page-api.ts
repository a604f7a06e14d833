/** What the page asks of the server; see protocol.ts for what is said. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { PEOPLE } from './actors.ts'
import { ApiError } from './api-error.ts'
import { commandsFor } from './command-data.ts'
import type { People } from './people.ts'
import { PersonError } from './person-error.ts'
import type { PageEvent, UserKey } from './protocol.ts'
import type { World } from './world.ts'

const MAX_BODY = 1_000_000

/** Answers one request below `/page/`. */
export async function handlePage(
  world: World,
  people: People,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  try {
    const answer = await dispatch(world, people, request, response, url)
    if (answer !== STREAM) json(response, answer === undefined ? 404 : 200, answer ?? { message: 'Not found' })
  } catch (error) {
    if (!(error instanceof PersonError || error instanceof ApiError || error instanceof SyntaxError)) throw error
    json(response, 400, { message: explain(error) })
  }
}

const STREAM = Symbol('stream')

async function dispatch(
  world: World,
  people: People,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<unknown> {
  const name = url.pathname.slice('/page/'.length)
  if (request.method === 'GET') {
    const as = userKey(url.searchParams.get('as'))
    if (name === 'state') return people.state(as)
    if (name !== 'events') return undefined
    stream(world, as, response)
    return STREAM
  }
  // Pages of other origins can neither send this type without asking first, nor pass for this origin.
  const { origin, host } = request.headers
  if (!request.headers['content-type']?.startsWith('application/json') || (origin && origin !== `http://${host}`))
    throw new PersonError('Only the page of the sandbox may do that')
  const body = JSON.parse(await read(request))
  userKey(body?.as)
  if (name === 'say') return people.say(body)
  if (name === 'command') return people.command(body)
  if (name === 'autocomplete') return people.autocomplete(body)
  if (name === 'press') return people.press(body)
  if (name === 'modal') return people.submit(body)
  if (name === 'menu') return people.menu(body)
  if (name === 'dismiss') return people.dismiss(body) ?? {}
  if (name === 'speak') return people.speak(body) ?? {}
  return undefined
}

function userKey(as: unknown): UserKey {
  if (typeof as === 'string' && Object.hasOwn(PEOPLE, as)) return as as UserKey
  throw new PersonError('`as` must be member, moderator or colleague')
}

function stream(world: World, as: UserKey, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  const tell = (event: PageEvent, readers: readonly UserKey[] | undefined) => {
    if (readers && !readers.includes(as)) return
    const seen = event.type === 'commands' ? { ...event, commands: commandsFor(world, as) } : event
    response.write(`data: ${JSON.stringify(seen)}\n\n`)
  }
  // Sent at once, so that the page knows it will miss nothing from here on.
  response.write(': open\n\n')
  world.events.on('page', tell)
  response.on('close', () => world.events.off('page', tell))
}

function explain(error: Error): string {
  if (!(error instanceof ApiError) || !error.body.errors) return error.message
  const leaf = /"message":"((?:[^"\\]|\\.)*)"/.exec(JSON.stringify(error.body.errors))?.[1]
  return leaf ? JSON.parse(`"${leaf}"`) : error.message
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}

async function read(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk
    if (text.length > MAX_BODY) throw new PersonError('That is too long')
  }
  return text
}
