import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, normalize } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }
import lockfile from '../package-lock.json' with { type: 'json' }
import { createEngine } from '../src/answering/engine.ts'
import { parseKnowledge } from '../src/knowledge/parse.ts'

const DOCS = [
  'README.md',
  'CONTRIBUTING.md',
  ...['answering', 'moderating', 'looking', 'operating', 'privacy', 'scaling'].map((name) => `docs/${name}.md`),
]
const read = (file: string) => readFileSync(file, 'utf8')
const readme = read('README.md')
const contributing = read('CONTRIBUTING.md')
const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => found)

/** The README's example, as the files that its first lines name. */
const example = [...readme.matchAll(/```yaml\n# (knowledge\/\S+\.yaml): .*\n([\s\S]*?)```/g)].map(
  ([, path = '', content = '']) => ({ path, content }),
)

describe.each(DOCS)('%s', (doc) => {
  const text = read(doc)
  const prose = text.replace(/```[\s\S]*?```/g, '')

  test('names files that are there', () => {
    const links = matches(prose, /\]\(([^)#:]+)(?:#[\w-]+)?\)/g).map((path) => normalize(join(dirname(doc), path)))
    const named = matches(prose, /`((?:[\w.-]+\/)+[\w.-]*|[\w.-]+\.(?:md|ts|json|yaml))`/g)
    // What the running bot makes and an operator brings is not in a clean checkout, and a package is no file.
    const others = [
      'data/',
      'deploy/certificates/',
      ...Object.keys({ ...packageJson.dependencies, ...packageJson.devDependencies }),
    ]
    const paths = [...links, ...named].filter((path) => !others.some((other) => path.startsWith(other)))
    expect(paths.length).toBeGreaterThan(2)
    expect(paths.filter((path) => !existsSync(path))).toEqual([])
  })

  test('names headings that are there', () => {
    const slug = (heading: string) =>
      heading
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-')
    for (const [, file = '', anchor] of text.matchAll(/\]\(([\w./]*)#([\w-]+)\)/g)) {
      expect(matches(read(file ? join(dirname(doc), file) : doc), /^#+ (.+)$/gm).map(slug)).toContain(anchor)
    }
  })

  test('names npm scripts that are there, and whose files are', () => {
    const scripts: Record<string, string> = packageJson.scripts
    const named = [...matches(text, /npm run (?:-s )?([\w:]+)/g), ...matches(text, /npm (start|test)\b/g)]
    expect(named).not.toEqual([])
    for (const name of named) {
      expect(scripts).toHaveProperty(name)
      for (const file of scripts[name]?.match(/\S+\.ts\b/g) ?? []) expect(existsSync(file), file).toBe(true)
    }
  })

  test('names variables that are read', () => {
    const known = [
      ...variablesIn('.env.example'),
      ...['src/cli/pictures.ts', 'src/main.ts'].flatMap((file) => matches(read(file), /process\.env\.(\w+)/g)),
      ...matches(read('deploy/compose.yml'), /\$\{(\w+):\?\}/g),
      'CI',
    ]
    const codes = ['FAULT_CODES', 'RANKING_SIGNALS', 'ACCEPTING_SIGNALS']
    const named = matches(text, /`([A-Z]+(?:_[A-Z]+)*)(?:=\w*)?`/g).filter((name) => !codes.includes(name))
    expect(known).toEqual(expect.arrayContaining(named))
  })
})

function variablesIn(file: string): string[] {
  return matches(read(file), /^([A-Z_]+)=/gm)
}

test('.env.example and src/env.ts name the same variables', () => {
  const parsed = matches(read('src/env.ts'), /^ {2}([A-Z_]+): /gm)
  expect(new Set(parsed)).toEqual(new Set(variablesIn('.env.example')))
})

describe('the README’s example of a fact', () => {
  let folder: string
  afterEach(() => rmSync(folder, { recursive: true }))

  test('passes the check beside the shipped knowledge, as the README has it', () => {
    expect(example.map(({ path }) => path)).toHaveLength(3)
    folder = mkdtempSync(join(tmpdir(), 'footnote-docs-'))
    cpSync('knowledge', join(folder, 'knowledge'), { recursive: true })
    for (const { path, content } of example) appendFileSync(join(folder, path), `\n${content}`)
    const args = ['src/cli/check.ts', join(folder, 'knowledge')]
    const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining('facts') })
    const shipped = spawnSync(process.execPath, ['src/cli/check.ts'], { encoding: 'utf8' }).stdout
    expect(Number.parseInt(/, (\d+) facts/.exec(stdout)?.[1] ?? '', 10)).toBe(
      Number.parseInt(/, (\d+) facts/.exec(shipped)?.[1] ?? '', 10) + 1,
    )
  })
})

test('the question that the README asks is answered with the fact that it writes', () => {
  const files = example.map(({ path, content }) => ({ path: path.replace('knowledge/', ''), content }))
  const loaded = parseKnowledge(files, { reservedNames: [] })
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults))
  const [, question = '', asOf = ''] = /npm run check\nnpm run ask -- "(.+)" --as-of (\S+)/.exec(readme) ?? []
  expect(createEngine(loaded.snapshot).ask(question, asOf)).toMatchObject({
    kind: 'answer',
    facts: [{ fact: { id: 'fare-cap' }, standing: { status: 'current' } }],
  })
})

describe('CONTRIBUTING.md', () => {
  /** The rows of every table with these headings, as lists of cells. */
  const rows = (...heads: string[]) =>
    contributing
      .split(`| ${heads.join(' | ')} |\n`)
      .slice(1)
      .flatMap((part) => part.split('\n\n')[0]?.split('\n').slice(1) ?? [])
      .filter((row) => row.startsWith('|'))
      .map((row) =>
        row
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      )
  const ticked = (cell = '') => matches(cell, /`([^`]+)`/g)

  test('explains every word of the design once', () => {
    expect(
      rows('word', 'meaning')
        .map(([word]) => word)
        .sort(),
    ).toEqual(
      [
        ...['fact', 'statement', 'kind', 'topic', 'entity', 'source', 'citation', 'speaker', 'quote', 'period'],
        ...['as-of date', 'known', 'status', 'review-by', 'asked-as', 'question', 'answer', 'suggestions'],
        ...['abstention', 'proposal', 'revision', 'gap', 'complaint', 'article'],
      ].sort(),
    )
    for (const word of ['guild', 'interaction', 'autocomplete', 'shard']) expect(contributing).toContain(`\`${word}\``)
  })

  test.each([
    ['kind', 'a fact that says …', 'src/knowledge/snapshot.ts', /export type Kind = (.+)/],
    ['status', 'on the as-of date it …', 'src/knowledge/status.ts', /export type Status = (.+)/],
  ])('explains every %s', (head, meaning, file, type) => {
    const named = matches(type.exec(read(file))?.[1] ?? '', /'([^']+)'/g)
    expect(named).not.toEqual([])
    expect(rows(head, meaning).flatMap(([name]) => ticked(name))).toEqual(named)
  })

  test('tells the walls as the test holds them', () => {
    const walls = new Map(
      [...read('tests/walls.test.ts').matchAll(/^ {2}(\w+): \[([^\]]*)\],$/gm)].map(([, room = '', list = '']) => [
        room,
        matches(list, /'(\w+)'/g),
      ]),
    )
    const roomOf = (path = '') => path.replace(/^src\//, '').replace(/\.ts$|\/$/, '')
    const told = rows('room', 'what it does', 'may import').map(([room, , may]) => ({
      path: ticked(room)[0] ?? '',
      may: ticked(may).sort(),
    }))
    const built = [...walls].filter(([room]) => told.some(({ path }) => roomOf(path) === room)).map(([room]) => room)
    for (const { path, may } of told.filter(({ path }) => path !== 'src/main.ts')) {
      expect(
        walls
          .get(roomOf(path))
          ?.filter((room) => built.includes(room))
          .sort(),
        path,
      ).toEqual(may)
    }
    for (const room of walls.keys()) {
      const isThere = existsSync(`src/${room}`) || existsSync(`src/${room}.ts`) || existsSync(room)
      expect(built.includes(room), `${room} is ${isThere ? 'not told' : 'told, but not built'}`).toBe(isThere)
    }
  })

  test('tells every step of CI', () => {
    const steps = /^for step in (.+); do$/m.exec(read('.ci/run'))?.[1]?.split(' ')
    expect(rows('script', 'what it holds').flatMap(([script]) => ticked(script))).toEqual(
      steps?.map((step) => `npm run ${step}`),
    )
  })

  test('gives a reason and the licence of every dependency', () => {
    const { dependencies, devDependencies, optionalDependencies } = packageJson
    const told = rows('package', 'why', 'licence')
    const names = told.flatMap(([cell]) => ticked(cell))
    expect(names.sort()).toEqual(Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies }).sort())
    for (const [cell, why, licence] of told) {
      expect(why).not.toBe('')
      for (const name of ticked(cell)) {
        const file = `node_modules/${name}/package.json`
        // Of the packages that hold Node, only this machine's is installed.
        if (existsSync(file)) expect(JSON.parse(read(file)).license, name).toBe(licence)
        else expect(optionalDependencies).toHaveProperty(name)
        const locked: Record<string, { license?: string }> = lockfile.packages
        expect(locked[`node_modules/${name}`]?.license, name).toBe(licence)
      }
    }
  })
})
