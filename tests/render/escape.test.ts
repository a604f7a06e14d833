import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { asContent, cutAtSentence, cutAtWord, escaped, link, visible } from '../../src/render/escape.ts'
import { fc } from './property.ts'

test.each([
  ['**bold** _it_ ~~no~~ ||spoiler||', '\\*\\*bold\\*\\* \\_it\\_ \\~\\~no\\~\\~ \\|\\|spoiler\\|\\|'],
  ['```js\ncode```', '\\`\\`\\`js code\\`\\`\\`'],
  ['[click](https://evil.example)', '\\[click\\]\\(https\\://evil.example\\)'],
  ['<t:0:R> </ask:1> <#2> <:x:3>', '\\<t:0:R\\> \\</ask:1\\> \\<#2\\> \\<:x:3\\>'],
  ['# heading', '\\# heading'],
  ['-# small', '\\-# small'],
  ['> quote', '\\> quote'],
  ['- item', '\\- item'],
  ['2025. A year', '2025\\. A year'],
  ['25 km/h in 2025.', '25 km/h in 2025.'],
  ['discord.gg/raid', 'discord\\.gg/raid'],
])('%j cannot format, link or pretend', (raw, safe) => {
  expect(escaped(raw)).toBe(safe)
})

test('no mention survives', () => {
  for (const raw of ['@everyone', '@here', '<@123>', '<@&123>']) {
    expect(escaped(raw)).not.toMatch(/@everyone|@here|<@&?\d+>/)
  }
})

test('what cannot be seen is taken out, and lines become one', () => {
  expect(visible('pass\u202edrow\u2066 \u200b\u00adx\u3164\n\ny\u0000')).toBe('passdrow x y')
  expect(visible('Z\u0300\u0301\u0302\u0303\u0304\u0305')).toBe('Z\u0300\u0301\u0302')
  expect(visible('half \ud83d pair')).toBe('half \ufffd pair')
})

test('any text stays on one line and pings nobody', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (raw) => {
      expect(escaped(raw)).not.toMatch(/[\n\r]|@everyone|@here|<@[!&]?\d/)
    }),
  )
})

test('a link ends neither its text nor its address early', () => {
  expect(link('A [title](x)', 'https://example.org/a(b)_c?d=<e>')).toBe(
    '[A \\[title\\]\\(x\\)](<https://example.org/a%28b%29%5Fc?d=%3Ce%3E>)',
  )
  expect(link('Long', `https://example.org/${'a'.repeat(400)}`)).toBe('Long')
})

test('a text of its own is cut where Discord would refuse it, and is whole where it is not', () => {
  expect(asContent('So it is. (Really.)')).toBe('So it is. \\(Really.\\)')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.integer({ min: 1, max: 40 }), (text, times) => {
      expect(asContent(text.repeat(times)).length).toBeLessThanOrEqual(2000)
    }),
    { numRuns: 50 },
  )
  expect(asContent('*'.repeat(6000)).length).toBeLessThanOrEqual(2000)
})

/** Only the showcase writes mark-up by itself, around what it has escaped. */
const WRITERS = ['src/discord/showcase.ts']

test.each(
  globSync(['src/discord/**/*.ts', 'src/jobs/**/*.ts', 'commands/**/*.ts']).filter((file) => !WRITERS.includes(file)),
)('%s sends no text but through the renderer', (file) => {
  const code = readFileSync(file, 'utf8')
  expect(code).not.toMatch(/\bcontent: (?!asContent\()/)
  expect(code).not.toMatch(/\.(?:send|reply|followUp|editReply|update)\(\s*[`'"]/)
})

test('a long text ends with a whole sentence, or else with a whole word', () => {
  const text = 'The rule ends in May. It does not apply to bicycles. Other rules do.'
  expect(cutAtSentence(text, 100)).toBe(text)
  expect(cutAtSentence(text, 60)).toBe('The rule ends in May. It does not apply to bicycles. …')
  expect(cutAtSentence(text, 15)).toBe('The rule ends…')
  expect(cutAtWord('abcdefghij', 5)).toBe('abcd…')
  expect(cutAtWord('one two', 4)).toBe('one…')
})

test('a cut text is never longer than allowed and continues the original no further', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 2, max: 60 }), (text, max) => {
      for (const cut of [cutAtSentence(text, max), cutAtWord(text, max)]) {
        expect(cut.length).toBeLessThanOrEqual(max)
        expect(text.startsWith(cut.replace(/ ?…$/, '')) || cut === text).toBe(true)
      }
    }),
  )
})
