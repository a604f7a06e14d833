import { describe, expect, it } from 'vitest'
import { contest } from '../../src/answering/contest.ts'
import { readQuestion } from '../../src/answering/question.ts'
import { readKnowledge } from '../../src/answering/reading.ts'
import { libraryKnowledge } from './library.ts'

const { index, lexicon, asking } = readKnowledge(libraryKnowledge(), [])

function chances(text: string, facts = index.facts) {
  const found = contest(index.vectorOf(readQuestion(text, lexicon, asking)), facts, index)
  return new Map(facts.map(({ fact }, i) => [fact.id, found[i] as number]))
}

describe('the contest of candidates', () => {
  it.each([
    ['is it open on a sunday', 'sunday-hours'],
    ['what would a film cost me', 'film-fee'],
    ['will there be a second branch', 'garden-branch'],
  ])('is won by the fact that is asked for like this: %s', (text, id) => {
    const [winner] = [...chances(text)].sort(([, a], [, b]) => b - a)
    expect(winner?.[0]).toBe(id)
  })

  it('gives away one chance in all, the same each time', () => {
    const once = chances('what does a film cost')
    expect([...once.values()].reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 4)
    expect(chances('what does a film cost')).toEqual(once)
  })

  it('is even where nothing was said that anybody was foreseen to say', () => {
    const even = [...chances('zebra').values()]
    expect(Math.max(...even)).toBeLessThan(0.6)
  })

  it('has a sole candidate win, and none without candidates', () => {
    expect([...chances('film', index.facts.slice(0, 1)).values()]).toEqual([1])
    expect(chances('film', []).size).toBe(0)
  })
})
