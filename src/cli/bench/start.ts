import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'

/** How long the program takes until it says that it is ready (seconds), and what it holds then (MB; Linux only). */
export async function measureStart(): Promise<{ ready: number; rss: number | undefined }> {
  const folder = await mkdtemp(join(tmpdir(), 'footnote-bench-'))
  const started = performance.now()
  const child = spawn('npm', ['start', '--silent'], {
    env: { ...process.env, DISCORD_TOKEN: undefined, DATA_DIR: folder, SANDBOX_PORT: '0' },
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    let written = ''
    for await (const piece of child.stdout.setEncoding('utf8')) {
      written += piece
      if (/http:\/\//.test(written)) break
    }
    const ready = (performance.now() - started) / 1000
    return { ready, rss: await largestRss(child.pid as number) }
  } finally {
    if (child.exitCode === null) {
      process.kill(-(child.pid as number), 'SIGTERM')
      await once(child, 'close')
    }
    await rm(folder, { recursive: true, force: true })
  }
}

/** Of the processes that npm started, the bot is the largest. */
async function largestRss(group: number): Promise<number | undefined> {
  try {
    const children = await readFile(`/proc/${group}/task/${group}/children`, 'utf8')
    const pids = [group, ...(await descendants(children))]
    const sizes = await Promise.all(
      pids.map(
        async (pid) =>
          [
            pid,
            Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]),
            await readFile(`/proc/${pid}/cmdline`, 'utf8'),
          ] as const,
      ),
    )
    const bot = sizes.find(([, , command]) => command.includes('src/main.ts') && !command.startsWith('sh'))
    return bot && bot[1] / 1000
  } catch {
    return undefined
  }
}

async function descendants(children: string): Promise<number[]> {
  const pids = children.trim().split(/\s+/).filter(Boolean).map(Number)
  const deeper = await Promise.all(
    pids.map(async (pid) => descendants(await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8'))),
  )
  return [...pids, ...deeper.flat()]
}
