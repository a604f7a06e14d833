import { globSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { plainQuestions } from '../../src/knowledge/plain-questions.ts'

test('ids and their questions are read, in the three ways of writing a text', () => {
  const text = `# how people ask\r\nfare-cap:\r\n  - How much?  \r\n  - 30 or 40?\n\n  - "\\"cap\\": what\\u00a0is it?"\n  # more\nwish-2:\n  - 'it''s: what?'\n`
  const read = plainQuestions(text)
  expect(read).toEqual({ 'fare-cap': ['How much?', '30 or 40?', '"cap": what\u00a0is it?'], 'wish-2': ["it's: what?"] })
})

test.each([
  ['a number', 'a-b:\n  - 1e3\n'],
  ['a word that is no text', 'a-b:\n  - Null\n'],
  ['a key in a question', 'a-b:\n  - What: this?\n'],
  ['a comment in a question', 'a-b:\n  - What? # this\n'],
  ['a question on two lines', 'a-b:\n  - What\n    is this?\n'],
  ['a list in brackets', 'a-b: [What?]\n'],
  ['an id twice', 'a-b:\n  - What?\na-b:\n  - Who?\n'],
  ['an id without questions', 'a-b:\nc-d:\n  - Who?\n'],
  ['a tab', 'a-b:\n\t- Who?\n'],
  ['an alias', 'a-b:\n  - *who\n'],
  ['an open quotation mark', 'a-b:\n  - "Who?\n'],
  ['nothing', '# nothing\n'],
])('%s is left to the parser', (_what, text) => {
  expect(plainQuestions(text)).toBeUndefined()
})

const SCRAPS = `- |  - |    - |...|---|a-b:\n|\n|\r\n|\r| |  |Who?|"|'|''|\\|\\"|\\u00e9|\\x41|: |:| #|#|-|?|&a|*a|!x|>|%|@|\`|,|[|]|{|}|\t|\0|\u2028|\u0085`
const MORE = '\u00a0 \uFEFF 😀 \uD800 ~ null yes 0x1f 0o7 -1 .5 1e3 .inf 2025 2025-04 $5 (a) << | ¿ ² ½'
const scraps = fc.constantFrom(...SCRAPS.split('|'), ...MORE.split(' '))
const starts = fc.constantFrom('who ', 'é', '7', '', '', '"a', "'b")
const items = fc
  .tuple(starts, fc.array(scraps, { maxLength: 3 }))
  .map(([start, some]) => `  - ${start}${some.join('')}\n`)
const lines = fc.oneof(
  items,
  items,
  items,
  fc.constantFrom('a-b:\n', 'null:\n', '# a\n', '  # b\n', '  - c\n', ' \n'),
  scraps,
)
const texts = fc.array(lines, { minLength: 1, maxLength: 4 })

test('whatever is read is what the YAML parser reads', () => {
  let read = 0
  fc.assert(
    fc.property(texts, (some) => {
      const text = `k-1:\n${some.join('')}`
      const plain = plainQuestions(text)
      if (plain === undefined) return
      read += 1
      expect(parse(text, { stringKeys: true })).toEqual(plain)
    }),
    { numRuns: 5000 },
  )
  expect(read).toBeGreaterThan(100)
})

test('the questions that come with Footnote are all plain', () => {
  for (const file of globSync('knowledge/questions/*.yaml')) {
    expect(plainQuestions(readFileSync(file, 'utf8')), file).toBeDefined()
  }
})
