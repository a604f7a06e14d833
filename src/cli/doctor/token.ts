import type { APIUser } from 'discord-api-types/v10'
import type { Answer } from './ask-discord.ts'
import { type Finding, ok, problem, warning } from './finding.ts'

const STATUS = 'Look at https://discordstatus.com, and run this again in a while.'

/** Whether Discord can be reached and takes the token; the bot, if it does. */
export function tokenFindings(
  answer: Answer,
  { hasToken, hasApi }: { hasToken: boolean; hasApi: boolean },
): { bot?: APIUser; findings: Finding[] } {
  const where = hasApi ? 'DISCORD_API' : 'Discord'
  if (answer.kind === 'unreachable') {
    const mend = `Check this machine’s connection, its name server and its firewall${hasApi ? ', and the address DISCORD_API' : ''}.`
    // The sandbox does without.
    return { findings: [(hasToken ? problem : warning)(`${where} cannot be reached (${answer.reason})`, mend)] }
  }
  const { status, body } = answer
  // The sandbox asks for the token even for what Discord tells everybody.
  if (status === 401 && !hasToken) return { findings: [ok('Discord can be reached')] }
  if (status === 401) {
    const mend = 'Copy it anew from the developer portal, page “Bot”: after “Reset Token” the old one is worth nothing.'
    return { findings: [problem('Discord does not accept DISCORD_TOKEN', mend)] }
  }
  if (status === 429) {
    const wait = Math.ceil(Number((body as { retry_after?: unknown } | undefined)?.retry_after))
    const until = Number.isNaN(wait) ? 'in an hour' : `in ${wait} s`
    return {
      findings: [warning('Discord takes no more requests from this machine for now', `Run this again ${until}.`)],
    }
  }
  if (status >= 500) return { findings: [warning(`${where} is not well (${status})`, STATUS)] }
  if (status !== 200 || typeof body !== 'object' || body === null) {
    const mend = 'Something on the way answers in its place: check the proxy, the firewall and DISCORD_API.'
    return { findings: [problem(`${where} does not answer as Discord does (${status})`, mend)] }
  }
  const { id, username } = body as Partial<APIUser>
  if (id === undefined || username === undefined) return { findings: [ok('Discord can be reached')] }
  return { bot: body as APIUser, findings: [ok(`Discord takes the token: the bot is ${username} (${id})`)] }
}
