import type { Env } from '../../env.ts'
import type { Snapshot } from '../../knowledge/snapshot.ts'
import { applicationFindings, commandFindings, gatewayFindings } from './application.ts'
import { askDiscord } from './ask-discord.ts'
import { clockFindings } from './clock.ts'
import { databaseFindings, keyFindings } from './database.ts'
import {
  envFileFindings,
  memoryFindings,
  nodeFindings,
  readEnvironment,
  timeZoneFindings,
  type Variables,
} from './environment.ts'
import { type Finding, warning } from './finding.ts'
import { diskFindings, folderFindings } from './folders.ts'
import { guildFindings } from './guilds.ts'
import { gitFindings, knowledgeFindings } from './knowledge.ts'
import { endpointFindings, monitoringFindings } from './monitoring.ts'
import { serverFindings } from './server.ts'
import { tokenFindings } from './token.ts'

/** Everything around Footnote that it does not ask for by itself. */
export interface Surroundings {
  readonly variables: Variables
  readonly hostname: string
  readonly envFile: string
  readonly now: () => Date
  readonly nodeVersion: string
  readonly memory: number
}

/** Looks at everything that Footnote needs to run, whatever is found on the way, and changes none of it. */
export async function examine(surroundings: Surroundings): Promise<Finding[]> {
  const { variables, hostname, envFile, now, nodeVersion, memory } = surroundings
  const { env, findings } = readEnvironment(variables, hostname)
  const { snapshot, findings: knowledge } = await knowledgeFindings(env, now())
  return [
    ...nodeFindings(nodeVersion),
    ...memoryFindings(memory),
    ...findings,
    ...envFileFindings(envFile),
    ...timeZoneFindings(env, now()),
    ...knowledge,
    ...(await gitFindings(env)),
    ...(await folderFindings(env)),
    ...(await diskFindings(env)),
    ...(env.DATABASE_URL === undefined ? databaseFindings(env.DATA_DIR) : await serverFindings(env.DATABASE_URL)),
    ...keyFindings(env.DATA_DIR),
    ...(await monitoringFindings(env)),
    ...(await endpointFindings(env)),
    ...(await discordFindings(env, snapshot, now)),
  ]
}

/** What only Discord can tell. */
async function discordFindings(env: Env, snapshot: Snapshot | undefined, now: () => Date): Promise<Finding[]> {
  const { DISCORD_TOKEN: token, DISCORD_API: api } = env
  const discord = askDiscord({ api, token, now })
  const first = await discord.get(token === undefined ? '/gateway' : '/users/@me')
  const { bot, findings } = tokenFindings(first, { hasToken: token !== undefined, hasApi: api !== undefined })
  const known = [...findings, ...clockFindings(first)]
  if (token === undefined) {
    const mend = 'Put the token from the developer portal, page “Bot”, after DISCORD_TOKEN= in .env.'
    return [...known, warning('There is no token: “npm start” opens the sandbox', mend)]
  }
  if (!bot) {
    const mend = 'Mend the line above, and run this again.'
    return [...known, warning('The application, the commands and the servers could not be looked at', mend)]
  }
  const rest = await Promise.all([
    applicationFindings(discord, env),
    ...(env.INTERACTIONS === 'http' ? [] : [gatewayFindings(discord, env)]),
    commandFindings(discord, bot.id, env, snapshot),
    guildFindings(discord, bot.id, env),
  ])
  return [...known, ...rest.flat()]
}
