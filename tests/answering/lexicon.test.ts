import { describe, expect, it } from 'vitest'
import { readKnowledge } from '../../src/answering/reading.ts'
import { tokensOf } from '../../src/answering/tokens.ts'
import { libraryKnowledge } from './library.ts'

const { lexicon } = readKnowledge(libraryKnowledge(), [])
const conceptsIn = (text: string) => lexicon.conceptsIn(tokensOf(text)).map(({ id }) => id)
const repaired = (text: string) => lexicon.repair(tokensOf(text)).repaired

describe('names', () => {
  it.each([
    ['What does Otto Berg want?', '@mayor'],
    ['what does the mayor want', '@mayor'],
    ['WHAT DOES THE DIRECTOR DO', '@mara-lind'],
    ['tell me about lind', '@mara-lind'],
  ])('are known by every alias: %s', (text, id) => {
    expect(conceptsIn(text)).toContain(id)
  })

  it.each(['What does the US want?', 'Does the U.S. want it?', 'the us wants what', 'us members?'])(
    'that double as everyday words are names in: %s',
    (text) => {
      expect(conceptsIn(text)).toContain('@union')
    },
  )

  it.each(['can you tell us the price', 'Tell us.', 'is it open for us'])('but not in: %s', (text) => {
    expect(conceptsIn(text)).not.toContain('@union')
  })

  it('cover all their words', () => {
    const [concept] = lexicon.conceptsIn(tokensOf('does Otto Berg'))
    expect(concept).toEqual({ id: '@mayor', start: 1, length: 2 })
  })

  it('are not seen in a part of them', () => {
    expect(conceptsIn('otto who')).not.toContain('@mayor')
  })
})

describe('the glossary', () => {
  it.each([
    ['a tardy book', 'an overdue book'],
    ['charges', 'the fee'],
    ["a reader's pass", 'my membership card'],
  ])('brings %s and %s together', (one, other) => {
    expect(conceptsIn(one)).toHaveLength(1)
    expect(conceptsIn(one)).toEqual(conceptsIn(other))
  })
})

describe('typos', () => {
  it.each([
    ['membreship', 'membership'],
    ['libary', 'library'],
    ['overdeu', 'overdue'],
    ['instrments', 'instruments'],
  ])('%s is mended to %s', (wrote, read) => {
    expect(repaired(wrote)).toEqual([`${wrote} → ${read}`])
    expect(lexicon.repair(tokensOf(wrote)).tokens).toEqual(tokensOf(read))
  })

  it.each(['canada', 'weather', 'kitchen', 'lined', 'film', '2025', 'xq', 'q'.repeat(500)])(
    '%s is left as it is',
    (word) => {
      expect(repaired(word)).toEqual([])
    },
  )

  it('are mended in bounded number', () => {
    const { tokens, repaired } = lexicon.repair(tokensOf('libary '.repeat(300)))
    expect(tokens).toHaveLength(300)
    expect(repaired.length).toBeGreaterThan(0)
    expect(repaired.length).toBeLessThanOrEqual(20)
  })

  it('of curators are not what others are mended to', () => {
    const slips = libraryKnowledge({ 'questions/more.yaml': 'film-fee:\n  - can i borow a moovie\n' })
    const mended = readKnowledge(slips, []).lexicon.repair(tokensOf('moovies borows')).repaired
    expect(mended.join()).not.toMatch(/→ (?:moovie|borow)\b/)
  })
})
