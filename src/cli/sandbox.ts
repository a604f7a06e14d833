import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parseEnv } from '../env.ts'
import { UserError } from '../errors.ts'
import { type SandboxOptions, startSandbox } from '../sandbox/sandbox.ts'

/** The sandbox by itself, for bots that run as processes of their own. */

const USAGE = 'Usage: npm run sandbox [-- --guilds N --shards N --interactions http://127.0.0.1:8080/ …]'

type Options = Pick<SandboxOptions, 'guilds' | 'shards' | 'interactionsEndpoint'>

const options = optionsFrom(process.argv.slice(2))
if (options) await run(options)

/** With addresses for interactions, the bots there get them over HTTP, and nobody by the gateway. */
function optionsFrom(args: string[]): Options | undefined {
  try {
    const number = { type: 'string', default: '1' } as const
    const interactions = { type: 'string', multiple: true, default: [] as string[] } as const
    const { values } = parseArgs({
      args,
      options: { guilds: number, shards: number, interactions, help: { type: 'boolean' } },
    })
    if (values.help) {
      console.log(USAGE)
      return undefined
    }
    const [guilds = 0, shards = 0] = [values.guilds, values.shards].map(Number)
    const url = values.interactions
    const areRight = [guilds, shards].every((each) => Number.isInteger(each) && each > 0) && url.every(isAddress)
    if (areRight) return { guilds, shards, ...(url.length > 0 ? { interactionsEndpoint: { url } } : {}) }
  } catch {
    // An option that there is not.
  }
  console.error(USAGE)
  process.exitCode = 2
  return undefined
}

function isAddress(text: string): boolean {
  return /^https?:$/.test(URL.parse(text)?.protocol ?? '')
}

async function run(options: Options): Promise<void> {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env')
    const { SANDBOX_PORT: port } = parseEnv({ SANDBOX_PORT: process.env.SANDBOX_PORT })
    const sandbox = await startSandbox({
      port,
      orFreePort: true,
      botName: 'Footnote',
      userInstalls: ['member'],
      ...options,
    })
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close())
    console.log(`
  A sandbox without a bot. Open ${sandbox.url} in your browser. Start a bot with:

DISCORD_API=${sandbox.api}
DISCORD_TOKEN=${sandbox.token}

  Stop it with Ctrl+C.
`)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
