import { PermissionFlagsBits } from 'discord.js'
import type { APIGuildMember, APITextChannel, RESTAPIPartialCurrentUserGuild } from 'discord-api-types/v10'
import { inviteLink, PERMISSIONS } from '../../discord/invite.ts'
import type { Env } from '../../env.ts'
import { counted } from '../counts.ts'
import { read, unread } from './application.ts'
import type { Discord } from './ask-discord.ts'
import { settingOf } from './database.ts'
import { type Finding, ok, problem, warning } from './finding.ts'
import { settingOnServer } from './server.ts'

/** Discord gives that many at a time. */
const PAGE = 200
const CHANNEL = ['View Channels', 'Send Messages']

type Guild = RESTAPIPartialCurrentUserGuild

/** Whether the bot may do in its servers what it has to, and reaches its moderators. */
export async function guildFindings(discord: Discord, bot: string, env: Env): Promise<Finding[]> {
  const guilds = await guildsOf(discord)
  if (!guilds) return [unread('the bot’s servers')]
  return [...permissionFindings(guilds, bot), ...(await moderatorFindings(discord, guilds, bot, env))]
}

async function guildsOf(discord: Discord): Promise<Guild[] | undefined> {
  const all: Guild[] = []
  for (let after = '0'; ; after = all.at(-1)?.id ?? after) {
    const page = await read<Guild[]>(discord, `/users/@me/guilds?limit=${PAGE}&after=${after}`)
    if (!page) return undefined
    all.push(...page)
    if (page.length < PAGE) return all
  }
}

function permissionFindings(guilds: readonly Guild[], bot: string): Finding[] {
  if (guilds.length === 0) {
    return [warning('The bot is in no server', `Open this link and choose one: ${inviteLink(bot)}`)]
  }
  const findings = guilds.flatMap((guild) => {
    const missing = missingIn(BigInt(guild.permissions))
    if (missing.length === 0) return []
    const names = missing.map(({ name }) => name).join(', ')
    const mend = `Allow it to the bot’s role in Server Settings → Roles. Without: ${missing.map(({ reason }) => reason).join('; ')}.`
    return [warning(`In ${guild.name} (${guild.id}) the bot lacks: ${names}`, mend)]
  })
  const rest = guilds.length - findings.length
  return rest === 0 ? findings : [...findings, ok(`In ${counted(rest, 'server')} the bot has all its permissions`)]
}

function missingIn(permissions: bigint) {
  if ((permissions & PermissionFlagsBits.Administrator) !== 0n) return []
  return PERMISSIONS.filter(({ flag }) => (permissions & flag) === 0n)
}

async function moderatorFindings(
  discord: Discord,
  guilds: readonly Guild[],
  bot: string,
  env: Env,
): Promise<Finding[]> {
  const { MODERATORS_GUILD_ID: id, DATA_DIR, DATABASE_URL: url } = env
  if (id === undefined) return [ok('Nobody keeps the knowledge from Discord (MODERATORS_GUILD_ID is empty)')]
  const guild = guilds.find((each) => each.id === id)
  if (!guild) {
    const mend = `Add it to that server by ${inviteLink(bot)}, or correct the id.`
    return [problem(`The bot is not in the server MODERATORS_GUILD_ID (${id})`, mend)]
  }
  const inIt = ok(`The moderators’ server is ${guild.name} (MODERATORS_GUILD_ID)`)
  const channel = url === undefined ? settingOf(DATA_DIR, id, 'channel') : await settingOnServer(url, id, 'channel')
  // What is wrong with the database is told by itself.
  if (channel === undefined) return [inIt]
  if (channel === '') {
    const mend = 'Choose one with /knowledge settings: proposals, faults and the weekly digest are told there.'
    return [inIt, warning('The moderators have no channel', mend)]
  }
  return [inIt, await channelFinding(discord, guild, bot, channel)]
}

/** Whether the bot may write where the moderators read. */
async function channelFinding(discord: Discord, guild: Guild, bot: string, id: string): Promise<Finding> {
  const answer = await discord.get(`/channels/${id}`)
  const isGone = answer.kind === 'answer' && (answer.status === 403 || answer.status === 404)
  if (isGone) {
    const mend = 'Let its role see the channel, or choose another one with /knowledge settings.'
    return problem('The moderators’ channel is gone, or the bot does not see it', mend)
  }
  const member = await read<APIGuildMember>(discord, `/guilds/${guild.id}/members/${bot}`)
  if (answer.kind !== 'answer' || answer.status !== 200 || !member) return unread('the moderators’ channel')
  const channel = answer.body as APITextChannel
  const may = permissionsIn(channel, guild, member.roles, bot)
  const missing = missingIn(may).filter(({ name }) => CHANNEL.includes(name))
  if (missing.length === 0) return ok(`The moderators are told in #${channel.name}`)
  const mend = `Allow “${missing.map(({ name }) => name).join('” and “')}” to its role in that channel.`
  return problem(`The bot cannot write in the moderators’ channel #${channel.name}`, mend)
}

/** As Discord reckons: everybody's overwrite first, then all of the roles', then its own. */
function permissionsIn(channel: APITextChannel, guild: Guild, roles: readonly string[], bot: string): bigint {
  const base = BigInt(guild.permissions)
  if ((base & PermissionFlagsBits.Administrator) !== 0n) return base
  const overwrites = channel.permission_overwrites ?? []
  return [[guild.id], roles, [bot]].reduce((may, ids) => {
    const these = overwrites.filter((overwrite) => ids.includes(overwrite.id))
    const deny = these.reduce((bits, overwrite) => bits | BigInt(overwrite.deny), 0n)
    const allow = these.reduce((bits, overwrite) => bits | BigInt(overwrite.allow), 0n)
    return (may & ~deny) | allow
  }, base)
}
