import { describe, expect, it } from 'vitest'
import { cleanText, sentencesOf } from '../../src/answering/clean.ts'

describe('a message is read as its writer sees it', () => {
  it.each([
    ['zero-width characters', 'What is the f\u200be\u200de\ufeff?', 'What is the fee?'],
    ['marks that turn the direction of writing', 'What \u202eis\u202c the \u2066fee\u2069?', 'What is the fee?'],
    ['control characters', 'What is\u0000 the \u0007fee?', 'What is the fee?'],
    ['Cyrillic look-alikes', 'Whаt is thе fее?', 'What is the fee?'],
    ['full-width letters', 'Ｗｈａｔ is the fee?', 'What is the fee?'],
    ['curly apostrophes', 'What’s the fee?', "What's the fee?"],
    ['emphasis', '**What** is __the__ ~~fee~~ `now`?', 'What is the fee now ?'],
    ['spoilers', '||What is the fee?||', 'What is the fee?'],
    ['code fences', '```js\nWhat is the fee?\n```', 'What is the fee?'],
    ['masked links', 'What is [this](https://example.org/a?b=c) fee?', 'What is fee?'],
    ['addresses', 'https://example.org/fee What is the fee? www.example.org', 'What is the fee?'],
    ['mentions', '<@123> <@!123> <@&456> <#789> What is the fee?', 'What is the fee?'],
    [
      'custom emoji, timestamps and command names',
      '<a:wow:1> <t:1700000000:R> </ask:12> What is the fee?',
      'What is the fee?',
    ],
    ['mass mentions', '@everyone @here What is the fee?', 'What is the fee?'],
    ['quoted lines', '> The fee is a scandal.\nWhat is the fee?', 'What is the fee?'],
    ['line breaks', 'What is\r\n\r\nthe\tfee?', 'What is the fee?'],
  ])('%s', (_, raw, clean) => {
    expect(cleanText(raw)).toBe(clean)
  })

  it('keeps a quote when nothing else was written', () => {
    expect(cleanText('> What is the fee?\n<@123>')).toBe('What is the fee?')
  })

  it("keeps a link's words when nothing else was written", () => {
    expect(cleanText('[What is the fee?](https://example.org)')).toContain('What is the fee?')
  })

  it.each(['', '   \n ', '\u200b\u200b\u2060', '<@123>', 'https://example.org/fee', '***'])(
    'finds nothing to read in %j',
    (raw) => {
      expect(cleanText(raw)).toBe('')
    },
  )

  it('finds no letter in a message of emoji', () => {
    expect(cleanText('😀😀 👍🏽 👨‍👩‍👧 <:smile:123>')).not.toMatch(/[\p{L}\p{N}]/u)
  })

  it('changes only the foreign letters of a text that mixes alphabets', () => {
    expect(cleanText('Was the mеmbership fee 10 or 145 euros in 2010?')).toBe(
      'Was the membership fee 10 or 145 euros in 2010?',
    )
  })

  it('leaves other languages as they are', () => {
    expect(cleanText('Сколько стоит абонемент?')).toBe('Сколько стоит абонемент?')
    expect(cleanText('What does 圖書館 mean?')).toBe('What does 圖書館 mean?')
  })

  it.each([
    ['letters', 'a'.repeat(1_000_000)],
    ['opening brackets', '['.repeat(1_000_000)],
    ['opening code fences', '```'.repeat(300_000)],
    ['ligatures that grow when taken apart', 'ﷺ'.repeat(100_000)],
  ])('bounds a huge input of %s', (_, raw) => {
    expect(cleanText(raw).length).toBeLessThanOrEqual(2000 * 18)
  })
})

describe('sentences', () => {
  it('end at marks, not at the dots of abbreviations', () => {
    expect(sentencesOf('The U.S. Library is open. Is it? Dr. Lind said so! Good.')).toEqual([
      'The U.S. Library is open.',
      'Is it?',
      'Dr. Lind said so!',
      'Good.',
    ])
  })

  it('of a text without marks are the text', () => {
    expect(sentencesOf('how much is it')).toEqual(['how much is it'])
  })
})
