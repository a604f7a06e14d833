import { beforeAll, describe, expect, test } from 'vitest'
import { ask } from '../../commands/ask.ts'
import { createEngine, type Engine } from '../../src/answering/engine.ts'
import { answerFollowUp } from '../../src/answering/follow-up.ts'
import {
  comparedChoices,
  dayChoices,
  entityChoices,
  factChoices,
  measureChoices,
  named,
  sourceChoices,
  termChoices,
  topicChoices,
  topicNamed,
  whoseChoices,
} from '../../src/discord/choices.ts'
import { parseAsOf } from '../../src/discord/outcomes.ts'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import { parseKnowledge } from '../../src/knowledge/parse.ts'
import { RESERVED_NAMES } from '../../src/knowledge/reserved-names.ts'
import type { Snapshot } from '../../src/knowledge/snapshot.ts'
import { decodeCustomId, encodeCustomId } from '../../src/render/custom-id.ts'
import { asContent, escaped, visible } from '../../src/render/escape.ts'
import { en } from '../../src/words/en.ts'
import { folderWith, GOOD } from '../knowledge/good-folder.ts'

/** What regular expressions and orderings of marks stumble over, repeated. */
const PIECES = [
  ...['a', 'a ', '*', '`', '[a](', '<@', '"', '“', '?', '. ', '1,', '10 november ', 'may ', 'and who is ', '@', '://'],
  ...[
    '\u0301',
    '\u0316\u0301',
    '\u200b',
    ' ',
    '\t',
    '\n',
    ' x',
    'ﷺ',
    'а',
    'аa',
    '漢',
    '👨‍👩‍👧',
    '\ud83d',
    'U.S. ',
    'A.',
    '30 % ',
    '– ',
  ],
]
const DAY = '2025-10-01'
let snapshot: Snapshot
let engine: Engine

beforeAll(async () => {
  const loaded = await loadKnowledge('knowledge', { reservedNames: RESERVED_NAMES })
  if (!loaded.ok) throw new Error('the shipped knowledge has faults')
  snapshot = loaded.snapshot
  engine = createEngine(snapshot)
  // Whatever is built at the first use.
  for (const [, entrance] of Object.entries(ENTRANCES)) attempt(entrance, 'What about 10 November 2025?')
})

const ENTRANCES: Record<string, (text: string) => unknown> = {
  'a question': (text) => engine.ask(text, DAY),
  'a follow-up': (text) =>
    answerFollowUp(
      text,
      { question: text, asOf: DAY, facts: [...snapshot.facts.values()].slice(0, 2) },
      engine,
      snapshot,
      DAY,
    ),
  'completion of a question': (text) =>
    ask.complete({ name: 'question', value: text }, {} as never, { snapshot } as never),
  'completion of a fact': (text) => factChoices(text, snapshot),
  'completion of a source': (text) => sourceChoices(text, snapshot),
  'completion of a topic': (text) => topicChoices(text, snapshot),
  'completion of an entity': (text) => entityChoices(text, snapshot),
  'completion of a term': (text) => termChoices(text, snapshot),
  'completion of a figure': (text) => measureChoices(text, snapshot),
  'completion of a side': (text) => comparedChoices(text, null, snapshot),
  'completion of a speaker': (text) => whoseChoices(text, snapshot),
  'completion of a day': (text) => dayChoices(text, DAY, snapshot, en),
  'a name': (text) => named(text, snapshot) ?? topicNamed(text, snapshot),
  'an as-of date': (text) => parseAsOf(text, DAY),
  'what is visible': visible,
  'what is escaped': escaped,
  'a line': asContent,
}

function attempt(entrance: (text: string) => unknown, text: string): number {
  const start = performance.now()
  try {
    entrance(text)
  } catch {
    // What cannot be read is told to whoever typed it.
  }
  return performance.now() - start
}

/** Texts of about so many characters; an end of its own keeps a repetition from matching as a whole. */
function texts(length: number): string[] {
  return PIECES.map((piece) => `${piece.repeat(Math.ceil(length / piece.length))}\u{1f4a9}x`)
}

describe.each(Object.keys(ENTRANCES))('%s', (name) => {
  const entrance = ENTRANCES[name] ?? (() => {})
  const least = (text: string) => Math.min(attempt(entrance, text), attempt(entrance, text))

  test('sixteen times as long a text costs no more than in proportion', () => {
    const [short, long] = [5_000, 80_000].map(texts)
    const slow = (short ?? []).flatMap((text, index) => {
      const [less, more] = [least(text), least(long?.[index] ?? '')]
      // Where it goes with the square, it is 256 times as much.
      return more > 40 * less + 100 ? [`${JSON.stringify(text.slice(0, 12))}: ${less} ms, then ${more} ms`] : []
    })
    expect(slow).toEqual([])
  }, 60_000)
})

test('a word that nobody writes costs no more than many that somebody may have misspelt', () => {
  const cost = (text: string) =>
    Math.min(
      attempt(() => engine.ask(text, DAY), ''),
      attempt(() => engine.ask(text, DAY), ''),
    )
  for (const letter of ['a', 'а', 's', '𝕬']) {
    const misspelt = cost(`${letter.repeat(20)} `.repeat(95))
    expect(cost(letter.repeat(2000))).toBeLessThanOrEqual(10 * misspelt + 50)
  }
})

test('a file that is full of one thing is read in proportion to its length', () => {
  const statements = ['“', '"', 'last ', 'on ', '\t', '1-', 'a-']
  const files = (text: string) => [
    folderWith({
      'topics/piers.yaml': (GOOD['topics/piers.yaml'] ?? '').replace(
        'Pier 4 opened in April 2025.',
        JSON.stringify(`x${text}`),
      ),
    }),
    folderWith({ 'questions/piers.yaml': `pier-opened:\n  - When ${text}x` }),
    folderWith({ 'topics/piers.yaml': (GOOD['topics/piers.yaml'] ?? '').replace('pier-opened', JSON.stringify(text)) }),
  ]
  const read = (folder: ReturnType<typeof folderWith>) =>
    attempt(() => parseKnowledge(folder, { reservedNames: [] }), '')
  const slow = [...statements, '  ', 'é '].flatMap((piece) => {
    const [short, long] = [5_000, 80_000].map((length) => files(piece.repeat(length / piece.length)))
    return (short ?? []).flatMap((folder, index) => {
      const [less, more] = [read(folder), read(long?.[index] ?? [])]
      return more > 40 * less + 200 ? [`${JSON.stringify(piece)} in ${index}: ${less} ms, then ${more} ms`] : []
    })
  })
  expect(slow).toEqual([])
}, 60_000)

test('facts are digested once for a snapshot, however often somebody presses', () => {
  let looks = 0
  const facts = new Map(snapshot.facts)
  const values = facts.values.bind(facts)
  facts.values = () => {
    looks += 1
    return values()
  }
  const ids = Array.from({ length: 10 }, (_, index) => ({ id: `${'long-id-'.repeat(6)}${index}` }))
  for (let times = 0; times < 20; times += 1) decodeCustomId(encodeCustomId('sources', DAY, ids), { facts })
  expect(looks).toBeLessThanOrEqual(1)
})
