import { describe, expect, it } from 'vitest'
import { tokensOf } from '../../src/answering/tokens.ts'

const wordsOf = (text: string) => tokensOf(text).map(({ word }) => word)
const stemsOf = (text: string) => tokensOf(text).map(({ stem }) => stem)

describe('words', () => {
  it.each([
    ["don't isn't", ['do', 'not', 'is', 'not']],
    ["can't won't", ['can', 'not', 'will', 'not']],
    ["mustn't", ['must', 'not']],
    ['dont cant wont', ['do', 'not', 'can', 'not', 'will', 'not']],
    ['whats wanna rn', ['what', 'is', 'want', 'to', 'right', 'now']],
    ['u r l8', ['you', 'are', 'l', '8']],
  ])('spells out %s', (text, words) => {
    expect(wordsOf(text)).toEqual(words)
  })

  it("leaves out the 's of a possessive", () => {
    expect(wordsOf("the mayor's wish")).toEqual(['the', 'mayor', 'wish'])
  })

  it.each([
    ['U.S.', 'US'],
    ['30 percent', '30%'],
    ['30 per cent', '30%'],
    ['5 pm', '5pm'],
    ['10 November', 'November 10'],
    ['the 10th of Nov.', 'the November 10'],
    ['November the 10th', 'Nov 10'],
    ['10 novemeber', 'November 10'],
    ['colour organise centralised', 'color organize centralized'],
    ['books renewals', 'book renewal'],
  ])('reads %s as %s', (one, other) => {
    expect(stemsOf(one)).toEqual(stemsOf(other))
  })

  it.each(['10 markets', 'decide 5', 'cut by 20 decades', '3 mayors', 'separate 2'])('sees no month in %s', (text) => {
    expect(wordsOf(text)).toEqual(text.split(' '))
  })

  it('tells names from the first word of a sentence', () => {
    expect(tokensOf('Does Mara lend?').map(({ capital }) => capital)).toEqual([false, true, false])
  })

  it('takes an abbreviation for a name anywhere, the same letters in lower case not', () => {
    expect(tokensOf('US fees').map(({ capital }) => capital)).toEqual([true, false])
    expect(tokensOf('tell us').map(({ capital }) => capital)).toEqual([false, false])
  })

  it('marks words that say little', () => {
    expect(tokensOf('how much is the membership').map(({ light }) => light)).toEqual([true, true, true, true, false])
  })

  it('reads other alphabets and finds nothing in marks', () => {
    expect(wordsOf('Сколько стоит?')).toEqual(['сколько', 'стоит'])
    expect(wordsOf('?! … 😀')).toEqual([])
  })
})
