import { ApplicationFlagsBitField } from 'discord.js'
import type { APIApplication, APIApplicationCommand, APIGatewayBotInfo } from 'discord-api-types/v10'
import { WebSocket } from 'ws'
import type { Env } from '../../env.ts'
import { BUILT_IN_NAMES } from '../../knowledge/reserved-names.ts'
import type { Snapshot } from '../../knowledge/snapshot.ts'
import { counted } from '../counts.ts'
import type { Discord } from './ask-discord.ts'
import { type Finding, ok, problem, reasonOf, warning } from './finding.ts'

const PATIENCE = 4_000
/** A crash loop takes that many in minutes. */
const FEW_LOGINS = 20
const PORTAL = 'https://discord.com/developers/applications'
const { Flags } = ApplicationFlagsBitField
const PRIVILEGED = [
  ['Presence Intent', Flags.GatewayPresence | Flags.GatewayPresenceLimited],
  ['Server Members Intent', Flags.GatewayGuildMembers | Flags.GatewayGuildMembersLimited],
  ['Message Content Intent', Flags.GatewayMessageContent | Flags.GatewayMessageContentLimited],
] as const

/** Whether the application is set up as Footnote needs it. */
export async function applicationFindings(discord: Discord, { INTERACTIONS: way }: Env): Promise<Finding[]> {
  const application = await read<APIApplication>(discord, '/applications/@me')
  if (!application) return [unread('the application')]
  const findings: Finding[] = []
  const url = application.interactions_endpoint_url
  if (url && way === 'gateway') {
    const mend = `Clear “Interactions Endpoint URL” on the page “General Information” of ${PORTAL}, or set INTERACTIONS=http where that address leads to.`
    findings.push(problem('Discord sends commands to another address than this bot', mend))
  }
  if (!url && way !== 'gateway') {
    const mend = `While a process with INTERACTIONS=http runs, enter its address as “Interactions Endpoint URL” on the page “General Information” of ${PORTAL}.`
    findings.push(problem('Discord has no address to send commands to, so nobody gets an answer to one', mend))
  }
  if (application.bot_require_code_grant) {
    const mend = `Turn off “Requires OAuth2 Code Grant” on the page “Bot” of ${PORTAL}.`
    findings.push(problem('The invite link does not work: the application requires a code grant', mend))
  }
  const flags = application.flags ?? 0
  const on = PRIVILEGED.filter(([, bits]) => (flags & bits) !== 0).map(([name]) => name)
  if (on.length > 0) {
    const mend = `Turn off what no other program of this application needs, on the page “Bot” of ${PORTAL}.`
    findings.push(warning(`The application has privileged intents that Footnote does not use: ${on.join(', ')}`, mend))
  }
  return findings.length > 0 ? findings : [ok('The application is set up as it should be, without privileged intents')]
}

/** Whether the way is open by which Discord sends what people do, and whether the bot may still log in. */
export async function gatewayFindings(discord: Discord, { SHARD_COUNT: count }: Env): Promise<Finding[]> {
  const gateway = await read<APIGatewayBotInfo>(discord, '/gateway/bot')
  if (!gateway) return [unread('the gateway')]
  const { url, shards, session_start_limit: limit } = gateway
  const findings: Finding[] = []
  const closed = await connect(url)
  if (closed !== undefined) {
    const mend =
      'Let this machine’s firewall or proxy pass WebSockets to port 443 of gateway.discord.gg and its subdomains.'
    findings.push(problem(`Discord’s gateway cannot be reached (${closed})`, mend))
  }
  if (limit.remaining < FEW_LOGINS) {
    const mend = `There are new ones in ${Math.ceil(limit.reset_after / 60_000)} min. Until then do not restart it; see why it was started so often.`
    findings.push(
      (limit.remaining === 0 ? problem : warning)(`Discord allows ${counted(limit.remaining, 'more login')}`, mend),
    )
  }
  if (count !== undefined && count < shards) {
    const what = `SHARD_COUNT is ${count}, and Discord recommends ${shards}`
    findings.push(warning(what, 'Raise it in every process at once, or leave it empty.'))
  }
  return findings.length > 0
    ? findings
    : [ok(`Discord’s gateway can be reached; ${counted(shards, 'shard')} recommended`)]
}

/** Opens the connection and waits for Discord's greeting, without logging in; why it did not come, if it did not. */
async function connect(url: string): Promise<string | undefined> {
  const socket = new WebSocket(`${url}?v=10&encoding=json`)
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise((resolve) => {
      timer = setTimeout(() => resolve('no answer'), PATIENCE)
      socket.once('message', () => resolve(undefined))
      socket.once('close', () => resolve('closed'))
      // Ending a connection that is not there yet is an error as well.
      socket.on('error', (error) => resolve(reasonOf(error)))
    })
  } finally {
    clearTimeout(timer)
    socket.terminate()
  }
}

/** Whether Discord knows the commands that there are now. */
export async function commandFindings(
  discord: Discord,
  application: string,
  { MODERATORS_GUILD_ID: guild }: Env,
  snapshot: Snapshot | undefined,
): Promise<Finding[]> {
  const everywhere = await read<APIApplicationCommand[]>(discord, `/applications/${application}/commands`)
  if (!everywhere) return [unread('the commands')]
  if (everywhere.length === 0) return [ok('No commands are registered yet: the first start does that')]
  const own =
    guild && (await read<APIApplicationCommand[]>(discord, `/applications/${application}/guilds/${guild}/commands`))
  const topics = [...(snapshot?.topics.values() ?? [])].filter(({ facts }) => facts.length > 0)
  const wanted = [...BUILT_IN_NAMES, ...topics.map(({ name }) => name), ...(guild ? ['knowledge'] : [])]
  const registered = new Set([...everywhere, ...(own || [])].map(({ name }) => name))
  const missing = wanted.filter((name) => !registered.has(name)).map((name) => `/${name}`)
  if (missing.length === 0) return [ok(`All ${wanted.length} slash commands are registered`)]
  const mend = 'Start Footnote: it registers them. If they are missing afterwards, its log says why.'
  return [warning(`Not registered: ${missing.join(', ')}`, mend)]
}

/** What Discord answers with success, in the shape that it promises. */
export async function read<Shape>(discord: Discord, path: string): Promise<Shape | undefined> {
  const answer = await discord.get(path)
  const isThere = answer.kind === 'answer' && answer.status === 200 && answer.body !== undefined
  return isThere ? (answer.body as Shape) : undefined
}

export function unread(what: string): Finding {
  return warning(`Discord did not tell of ${what}, so that was not checked`, 'Run this again in a minute.')
}
