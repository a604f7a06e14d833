import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import packageJson from '../../../package.json' with { type: 'json' }

/** The bot in a process of its own, started as `npm start` does. */
export interface BotProcess {
  /** Memory in MB: all that is resident, and what its objects take; processor time in seconds. */
  usage(): Promise<{ rss: number; heap: number; cpu: number }>
  /** Its exit code. */
  stop(): Promise<number | null>
}

/** Starts the bot with this environment; resolves when it is ready. Its log is written, and read by nobody. */
export async function startBotProcess(env: Readonly<Record<string, string>>): Promise<BotProcess> {
  const data = await mkdtemp(join(tmpdir(), 'footnote-load-'))
  const port = await freePort()
  const [, ...args] = packageJson.scripts.start.split(' ')
  const child = spawn(process.execPath, args, {
    env: { ...process.env, DATA_DIR: data, METRICS_PORT: String(port), ...env },
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
    async stop() {
      child.kill('SIGTERM')
      const code = await ended
      await rm(data, { recursive: true, force: true })
      return code
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
