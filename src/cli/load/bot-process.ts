import { spawn } from 'node:child_process'
import packageJson from '../../../package.json' with { type: 'json' }
import { freePort } from './free-port.ts'

/** Memory in MB: all that is resident, and what its objects take; processor time in seconds. */
export interface Usage {
  readonly rss: number
  readonly heap: number
  readonly cpu: number
}

/** The bot in a process of its own, started as `npm start` does. */
export interface BotProcess {
  usage(): Promise<Usage>
  /** Its exit code. */
  stop(): Promise<number | null>
}

/** Starts the bot with this environment; resolves when it is ready. Its log is written, and read by nobody. */
export async function startBotProcess(env: Readonly<Record<string, string>>): Promise<BotProcess> {
  const port = await freePort()
  const [, ...args] = packageJson.scripts.start.split(' ')
  const child = spawn(process.execPath, args, {
    env: { ...process.env, METRICS_PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', (text) => String(text).includes('ready as') && resolve())
  })
  await Promise.race([ready, ended.then((code) => Promise.reject(new Error(`the bot ended with ${code}`)))])
  return {
    async usage() {
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
      const value = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
      return {
        rss: value('process_resident_memory_bytes') / 1e6,
        heap: value('nodejs_heap_size_used_bytes') / 1e6,
        cpu: value('process_cpu_seconds_total'),
      }
    },
    stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}
