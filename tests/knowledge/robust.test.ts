import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { faultText } from '../../src/knowledge/fault.ts'
import { parseKnowledge } from '../../src/knowledge/parse.ts'
import { folderWith, GOOD, type TextFile } from './good-folder.ts'

const paths = fc.constantFrom(...Object.keys(GOOD))
const snippets = fc.constantFrom(
  '[',
  '{',
  '}',
  '"',
  "'",
  '&a ',
  '*a',
  '!x ',
  '|',
  '>',
  '\t',
  '\0',
  '---\n',
  ': ',
  '- ',
  '? ',
  '#',
  '%',
  '\uD800',
  '__proto__: ',
  '<<: ',
  'null',
  '1e999',
  '\r',
  '\n    ',
)

test('any bytes in any file: faults or a snapshot, never an exception', () => {
  fc.assert(
    fc.property(paths, fc.uint8Array({ maxLength: 400 }), (path, bytes) => survives(folderWith({ [path]: bytes }))),
    { numRuns: 300 },
  )
})

test('any slips in a good file: the same', () => {
  const slips = fc.array(fc.tuple(fc.nat(800), fc.nat(12), snippets), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(paths, slips, (path, list) => {
      const text = list.reduce((old, [at, cut, put]) => old.slice(0, at) + put + old.slice(at + cut), GOOD[path] ?? '')
      survives(folderWith({ [path]: text }))
    }),
    { numRuns: 500 },
  )
})

test('any data in place of the right one: the same', () => {
  fc.assert(
    fc.property(paths, fc.json({ maxDepth: 5 }), (path, json) => survives(folderWith({ [path]: json }))),
    { numRuns: 300 },
  )
})

// Each of them once took half a minute or more, or all of the stack.
describe('hostile files of the full size are refused in bounded time', () => {
  const full = (line: (index: number) => string) => {
    let text = ''
    for (let i = 0; text.length < 900_000; i++) text += line(i)
    return text
  }
  test.each([
    ['open brackets', full(() => '[')],
    ['empty lists', full(() => '[]')],
    ['dashes', full(() => '- ')],
    ['unknown keys', full((i) => `k${i}: 1\n`)],
    ['anchors and aliases', full((i) => `- &a${i} x\n- *a${i}\n`)],
    [
      'a long chain of supersession',
      `topic: piers\nfacts:\n${full((i) => `- { id: f${i}, supersedes: [f${i + 1}] }\n`)}`,
    ],
  ])('%s', (_name, text) => {
    expect(parseKnowledge(folderWith({ 'topics/piers.yaml': text }), { reservedNames: [] }).ok).toBe(false)
  })
})

function survives(files: TextFile[]): void {
  const loaded = parseKnowledge(files, { reservedNames: [] })
  if (loaded.ok) return
  expect(loaded.faults.length).toBeGreaterThan(0)
  for (const fault of loaded.faults) {
    expect(faultText(fault)).toContain(`${fault.file}:${fault.line}:${fault.column}: `)
    expect(fault.column).toBeLessThanOrEqual(fault.sourceLine.length + 2)
  }
}
