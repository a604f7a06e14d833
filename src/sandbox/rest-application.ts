/** The routes of the application, its commands, the guild and its people. */

import {
  ApplicationCommandCreateRequestSchema,
  ApplicationCommandPatchRequestPartialSchema,
  ApplicationCommandUpdateRequestSchema,
  CreatePrivateChannelRequestSchema,
} from 'discord-api-spec/zod'
import type { APIApplicationCommand } from 'discord-api-types/v10'
import { BOT, PEOPLE } from './actors.ts'
import { errors, refuse } from './api-error.ts'
import { applicationBody, botBody, channelBody, commandBody, guildBody, memberById, userBody } from './bodies.ts'
import type { Guild } from './places.ts'
import type { Route, RouteRequest } from './rest.ts'
import { type CommandLike, commandFlaws, commandSetFlaws } from './rules-commands.ts'
import { schemaFlaws } from './validate.ts'

const COMMANDS = '/applications/:application/commands'
const GUILD_COMMANDS = '/applications/:application/guilds/:guild/commands'

export const applicationRoutes: Route[] = [
  ['GET', '/gateway', ({ origin }) => ({ url: gatewayUrl(origin) })],
  ['GET', '/gateway/bot', gatewayForBot],
  ['GET', '/users/@me', ({ world }) => botBody(world)],
  ['GET', '/users/@me/guilds', listGuilds],
  ['POST', '/users/@me/channels', openDm],
  ['GET', '/users/:user', ({ world, params }) => userBody(world, params.user ?? '') ?? fail(errors.unknownUser())],
  ['GET', '/oauth2/applications/@me', ({ world }) => applicationBody(world)],
  ['GET', '/applications/@me', ({ world }) => applicationBody(world)],
  ['GET', '/guilds/:guild', bodyOfGuild],
  ['GET', '/guilds/:guild/channels', (request) => guildBody(request.world, guildOf(request)).channels],
  ['GET', '/guilds/:guild/roles', (request) => guildBody(request.world, guildOf(request)).roles],
  ['GET', '/guilds/:guild/members/:user', member],
  ...[COMMANDS, GUILD_COMMANDS].flatMap((path): Route[] => [
    ['GET', path, listCommands],
    ['POST', path, createCommand],
    ['PUT', path, replaceCommands],
    ['GET', `${path}/:command`, (request) => commandOf(request)],
    ['PATCH', `${path}/:command`, changeCommand],
    ['DELETE', `${path}/:command`, deleteCommand],
  ]),
]

function gatewayForBot({ origin, shards, maxConcurrency }: RouteRequest) {
  const limit = { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: maxConcurrency }
  return { url: gatewayUrl(origin), shards, session_start_limit: limit }
}

function gatewayUrl(origin: string): string {
  return `${origin.replace('http', 'ws')}/gateway`
}

function fail(error: Error): never {
  throw error
}

function listGuilds({ world }: RouteRequest) {
  const joined = [...world.guilds.values()].filter(({ state }) => state !== 'away')
  return joined.map(({ id, name }) => ({ id, name, owner: false, permissions: String(world.botPermissions) }))
}

/** The guild, if the bot is in it. Discord hides whether another one is there, but not from all of its routes. */
function guildOf({ world, params }: RouteRequest, otherwise = errors.missingAccess): Guild {
  const guild = world.guilds.get(params.guild ?? '')
  if (guild?.state === 'unavailable') throw errors.unavailable()
  return guild?.state === 'joined' ? guild : fail(otherwise())
}

function bodyOfGuild(request: RouteRequest) {
  return guildBody(request.world, guildOf(request, errors.unknownGuild))
}

function member(request: RouteRequest) {
  return memberById(request.world, guildOf(request), request.params.user ?? '') ?? fail(errors.unknownMember())
}

function openDm({ world, body }: RouteRequest) {
  refuse(schemaFlaws(CreatePrivateChannelRequestSchema, body))
  const { recipient_id } = body as { recipient_id?: string }
  const person = Object.values(PEOPLE).find(({ id }) => id === recipient_id)
  const channel = person && world.channel(person.dm)
  return channel ? channelBody(world, channel) : fail(errors.unknownUser())
}

function commandsOf(request: RouteRequest): APIApplicationCommand[] {
  if (request.params.application !== BOT) throw errors.unknownApplication()
  if (request.params.guild !== undefined) guildOf(request)
  return request.world.commands.filter(({ guild_id }) => guild_id === request.params.guild)
}

/** Without being asked for them, Discord leaves out what a command is called in other languages. */
function listCommands(request: RouteRequest) {
  const commands = commandsOf(request)
  if (request.query.get('with_localizations') === 'true') return commands
  return JSON.parse(JSON.stringify(commands), (key, value) => (/_localizations$/.test(key) ? undefined : value))
}

function commandOf(request: RouteRequest): APIApplicationCommand {
  return commandsOf(request).find(({ id }) => id === request.params.command) ?? fail(errors.unknownCommand())
}

/** Replaces the commands of the request's scope by others. */
function keep(request: RouteRequest, commands: APIApplicationCommand[]): void {
  const others = request.world.commands.filter(({ guild_id }) => guild_id !== request.params.guild)
  request.world.commands = [...others, ...commands]
  request.commandsChanged()
}

function made({ world, params }: RouteRequest, given: CommandLike, id = world.snowflake()): APIApplicationCommand {
  return commandBody(id, world.snowflake(), given as Partial<APIApplicationCommand>, params.guild)
}

function createCommand(request: RouteRequest) {
  const existing = commandsOf(request)
  refuse(schemaFlaws(ApplicationCommandCreateRequestSchema, numericPermissions(request.body)))
  const given = request.body as CommandLike
  refuse(commandFlaws(given, []))
  const same = (other: CommandLike) => other.name === given.name && (other.type ?? 1) === (given.type ?? 1)
  const others = existing.filter((other) => !same(other as CommandLike))
  commandSetFlaws([...(others as CommandLike[]), given])
  const command = made(request, given, existing.find((other) => same(other as CommandLike))?.id)
  keep(request, [...others, command])
  return command
}

function replaceCommands(request: RouteRequest) {
  const existing = commandsOf(request)
  if (!Array.isArray(request.body))
    refuse([{ path: [], code: 'BASE_TYPE_BAD', message: 'Only iterables may be used in a ListType.' }])
  const given = request.body as CommandLike[]
  refuse(given.flatMap((item, i) => schemaFlaws(ApplicationCommandUpdateRequestSchema, numericPermissions(item), [i])))
  refuse(commandSetFlaws(given))
  const commands = given.map((item) => {
    const old = existing.find(({ name, type }) => name === item.name && type === (item.type ?? 1))
    return made(request, item, old?.id)
  })
  keep(request, commands)
  return commands
}

function changeCommand(request: RouteRequest) {
  const old = commandOf(request)
  refuse(schemaFlaws(ApplicationCommandPatchRequestPartialSchema, numericPermissions(request.body)))
  const given = { ...old, ...(request.body as object) } as CommandLike
  refuse(commandFlaws(given, []))
  const command = made(request, given, old.id)
  keep(
    request,
    commandsOf(request).map((other) => (other.id === old.id ? command : other)),
  )
  return command
}

function deleteCommand(request: RouteRequest): undefined {
  const old = commandOf(request)
  keep(
    request,
    commandsOf(request).filter(({ id }) => id !== old.id),
  )
}

/** Clients send the permissions as a string of digits, where the schema wants a number. */
function numericPermissions(body: unknown): unknown {
  const permissions = (body as { default_member_permissions?: unknown } | null)?.default_member_permissions
  if (typeof permissions !== 'string' || !/^\d+$/.test(permissions)) return body
  return { ...(body as object), default_member_permissions: Number(permissions) }
}
