import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }

/** Who may import whom, as CONTRIBUTING.md tells it. Every room may import itself and `errors`. */
const WALLS: Record<string, readonly string[]> = {
  errors: [],
  env: [],
  log: [],
  monitoring: [],
  knowledge: [],
  words: ['knowledge'],
  overviews: ['knowledge'],
  pictures: ['overviews', 'knowledge', 'words'],
  store: [],
  sandbox: [],
  answering: ['knowledge'],
  editing: ['knowledge', 'store'],
  render: ['answering', 'knowledge', 'editing', 'overviews', 'pictures', 'words'],
  discord: [
    'render',
    'editing',
    'store',
    'answering',
    'knowledge',
    'words',
    'overviews',
    'pictures',
    'monitoring',
    'log',
    'env',
  ],
  jobs: [
    'discord',
    'render',
    'editing',
    'store',
    'answering',
    'knowledge',
    'words',
    'overviews',
    'pictures',
    'monitoring',
    'log',
    'env',
  ],
  commands: [
    'discord',
    'render',
    'editing',
    'store',
    'answering',
    'knowledge',
    'words',
    'overviews',
    'pictures',
    'env',
  ],
  cli: [
    'discord',
    'render',
    'editing',
    'store',
    'answering',
    'knowledge',
    'words',
    'overviews',
    'pictures',
    'monitoring',
    'sandbox',
    'log',
    'env',
  ],
}

const files = globSync(['src/**/*.ts', 'commands/**/*.ts']).filter((file) => !file.endsWith('.d.ts'))

/** `src/render/text.ts` is in the room `render`, `src/errors.ts` in `errors`, `commands/ask.ts` in `commands`. */
function roomOf(file: string): string {
  const [top = '', next = ''] = file.split('/')
  return top === 'src' ? next.replace(/\.ts$/, '') : top
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  return Array.from(text.matchAll(/(?:from|import)\s*\(?'([^']+)'/g), ([, path = '']) => path)
}

describe('the walls between the rooms', () => {
  it('sees the house', () => {
    expect(files.length).toBeGreaterThan(30)
  })

  it.each(files)('%s imports only from rooms that it may see', (file) => {
    const room = roomOf(file)
    if (room === 'main') return
    const seen = importsOf(file)
      .filter((path) => /^\.+\/.*\.ts$/.test(path))
      .map((path) => roomOf(normalize(join(dirname(file), path))))
      .filter((other) => other !== room && other !== 'errors')
    expect(WALLS[room], `${room} is no room of the house`).toBeDefined()
    expect(WALLS[room]).toEqual(expect.arrayContaining([...new Set(seen)]))
  })

  it.each(files.filter((file) => !file.startsWith('src/cli/') && !['src/main.ts'].includes(file)))(
    '%s leaves the environment and the clock to entry points',
    (file) => {
      const text = readFileSync(file, 'utf8')
      expect(text).not.toMatch(/process\.env\b/)
      // The sandbox is a world of its own, with its own clock.
      if (!file.startsWith('src/sandbox/')) expect(text).not.toMatch(/new Date\(\)|Date\.now\(\)/)
    },
  )

  it.each(files)('%s has no default export', (file) => {
    expect(readFileSync(file, 'utf8')).not.toMatch(/^export default/m)
  })

  // Drawing the picture and measuring are by hand, with a browser and a rival that only developers have.
  const byHand = ['src/cli/pictures.ts', 'src/cli/bench/engines.ts']
  it.each(files.filter((file) => !byHand.includes(file)))('%s needs no package for development', (file) => {
    const packages = importsOf(file)
      .filter((path) => /^[@\w]/.test(path) && !path.startsWith('node:'))
      .map((path) => path.split('/', path.startsWith('@') ? 2 : 1).join('/'))
    expect(Object.keys(packageJson.dependencies)).toEqual(expect.arrayContaining(packages))
  })
})
