import { globSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import type { Snapshot } from '../../src/knowledge/snapshot.ts'

/** Ordinary English that happens to be a name in the knowledge as well; looked at one by one. */
const ORDINARY: Readonly<Record<string, readonly string[]>> = {
  // General talk, of no subject: the president of France, the king of England.
  'src/answering/off-topic.json': ['the president', 'england'],
  // The name of a spelling, in a function that knows it.
  'src/answering/tokens.ts': ['british'],
}
/** Words that programs are full of. */
const OF_PROGRAMS = new Set(['call'])

const files = globSync(['src/**/*.{ts,json}', 'commands/**/*.ts'])

/** A file's code without its comments; a pattern or an address may hold two slashes, so these begin after a blank. */
function codeIn(file: string): string {
  return readFileSync(file, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/(^|\s)\/\/.*$/gm, '$1')
}

/** Finds whole words, written with any spaces or hyphens between them, or run together as in a variable's name. */
function finderOf(words: readonly string[]): RegExp {
  const patterns = words.map((word) => RegExp.escape(word).replace(/(?:\\x20|\\x2d|[-\s])+/g, '[-\\s]+'))
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${patterns.join('|')})(?![\\p{L}\\p{N}])`, 'giu')
}

function wordsOf({ topics, entities }: Snapshot): string[] {
  const names = [...entities.values()].flatMap(({ id, name, aliases }) => [id, name, ...aliases])
  return [...new Set([...topics.keys(), ...names])].filter((name) => name.length > 3)
}

/** Figures that could not stand in a program by chance: 145 could not, 10 and 90 could. */
function figuresOf({ facts }: Snapshot): string[] {
  const stated = [...facts.values()].flatMap(({ measure, statement }) => [
    ...(measure ? [String(measure.value)] : []),
    ...(statement.match(/\b\d{3,}\b/g) ?? []),
  ])
  return [...new Set(stated)].filter((figure) => figure.length > 2 && !/0$/.test(figure) && !/^20\d\d$/.test(figure))
}

describe('the code knows nothing of the subject that the shipped knowledge is about', () => {
  let found: (text: string) => string[]

  beforeAll(async () => {
    const loaded = await loadKnowledge('knowledge', { reservedNames: [] })
    if (!loaded.ok) throw new Error('The shipped knowledge has faults.')
    const finder = finderOf([...wordsOf(loaded.snapshot), ...figuresOf(loaded.snapshot)])
    found = (text) => Array.from(text.matchAll(finder), ([word]) => word.toLowerCase())
  })

  it('the search finds names and figures', () => {
    expect(found('const topic = "tariffs" // 145')).toEqual(['tariffs', '145'])
    expect(found('white-house')).toEqual(['white-house'])
    expect(found('recalling tariffsheet 1450')).toEqual([])
  })

  it.each(files)('%s', (file) => {
    const known = found(codeIn(file)).filter((word) => !OF_PROGRAMS.has(word))
    expect(known.filter((word) => !ORDINARY[file]?.includes(word))).toEqual([])
  })
})
