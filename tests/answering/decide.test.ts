import { describe, expect, it } from 'vitest'
import { look } from '../../src/answering/candidates.ts'
import { type Calibration, decide } from '../../src/answering/decide.ts'
import { rank } from '../../src/answering/ranking.ts'
import { readKnowledge } from '../../src/answering/reading.ts'
import { libraryKnowledge } from './library.ts'

const library = libraryKnowledge()
const reading = readKnowledge(library, ['how do I bake a cake', 'who won the football match'])

/** Weights that a reader can follow: the most alike askedAs question decides, half alike is an even chance. */
const PLAIN: Calibration = {
  ranking: { bias: 0, signals: { bestQuestion: 10 } },
  accepting: { bias: -5, signals: { bestQuestion: 10 } },
  answerFrom: 0.9,
  offering: { bias: -5, signals: { bestQuestion: 10 } },
  offerFrom: 0.5,
  together: 0.5,
}

function decideOn(text: string, asOf: string, changes: Partial<Calibration> = {}) {
  const calibration = { ...PLAIN, ...changes }
  return decide(rank(look(text, reading).sightings, calibration.ranking), { asOf }, library, calibration)
}

function shown(decision: ReturnType<typeof decideOn>) {
  return decision.kind === 'abstention' ? [] : decision.facts.map(({ fact, standing }) => [fact.id, standing.status])
}

describe('how sure is sure enough', () => {
  const question = 'Is a second branch planned?'

  it('answers from the one trust on', () => {
    expect(decideOn(question, '2025-04-01', { answerFrom: 0.9 })).toMatchObject({ kind: 'answer' })
  })

  it('offers below it', () => {
    expect(decideOn(question, '2025-04-01', { answerFrom: 0.999 })).toMatchObject({ kind: 'suggestions' })
  })

  it('declines below the other', () => {
    const decision = decideOn(question, '2025-04-01', { answerFrom: 0.999, offerFrom: 0.998 })
    expect(decision).toMatchObject({ kind: 'abstention' })
    expect(decision).not.toHaveProperty('knownFrom')
  })

  it('declines when no fact shares a word', () => {
    expect(decideOn('zebra crossings', '2025-04-01')).toMatchObject({ kind: 'abstention', trust: 0 })
  })

  it('offers at most five', () => {
    const all = decideOn('What does the library charge and who runs the library?', '2025-04-01', {
      answerFrom: 1,
      offerFrom: 0,
    })
    expect(all.kind).toBe('suggestions')
    expect(shown(all).length).toBe(5)
  })

  it('says why, with the numbers that decided', () => {
    const decision = decideOn(question, '2025-04-01', { answerFrom: 0.93 })
    expect(decision.because).toContain('0.93')
    expect(decision.because).toContain(decision.trust.toFixed(2))
  })
})

describe('a word alone', () => {
  it.each(['budget', 'Violins?', 'the mayor'])(
    '%s gets at least an offer of what uses it, however little it is trusted',
    (text) => {
      const decision = decideOn(text, '2025-04-01', { answerFrom: 1, offerFrom: 1 })
      expect(decision.kind).toBe('suggestions')
    },
  )

  it('that no fact uses gets nothing', () => {
    expect(decideOn('zebra', '2025-04-01', { offerFrom: 0.99 }).kind).toBe('abstention')
  })
})

describe('before a fact was known', () => {
  it('nothing is told of it, and why', () => {
    expect(decideOn('Is the library open on Sundays?', '2024-06-01')).toMatchObject({
      kind: 'abstention',
      knownFrom: '2025-03-01',
      because: expect.stringContaining('sunday-hours'),
    })
  })

  it('another fact that was asked for with it still answers, alone', () => {
    expect(shown(decideOn('When are you open?', '2024-06-01'))).toEqual([['weekday-hours', 'current']])
  })

  it('a question too far from it is simply declined', () => {
    expect(decideOn('Is my uncle open about his age?', '2024-06-01', { offerFrom: 0.9 })).not.toHaveProperty(
      'knownFrom',
    )
  })
})

describe('several facts', () => {
  it('that a curator put the same question under answer together', () => {
    const decision = decideOn('What does the library charge?', '2025-07-01', { together: 0 })
    expect(
      shown(decision)
        .map(([id]) => id)
        .sort(),
    ).toEqual(['card-price', 'film-fee', 'late-fee-2025'])
  })

  it('that cannot be told apart answer together', () => {
    const ids = (together: number) =>
      shown(decideOn('the fine for an overdue book', '2025-04-01', { together, answerFrom: 0 }))
    expect(ids(0)).toHaveLength(1)
    expect(ids(100).length).toBeGreaterThan(1)
  })
})

describe('a superseded fact', () => {
  const question = 'How much is an overdue book?'

  it('is the answer until the newer one begins', () => {
    expect(shown(decideOn(question, '2025-04-01'))).toEqual([['late-fee-2024', 'current']])
  })

  it('gives way to the newer one from then on', () => {
    expect(shown(decideOn(question, '2025-06-01'))).toEqual([['late-fee-2025', 'current']])
  })

  it('is neither offered nor a further fact, nor does the newer one come twice', () => {
    const generous = { answerFrom: 0, ranking: { bias: 0, signals: { bestQuestion: 1 } }, together: 0 }
    const decision = decideOn(question, '2025-07-01', generous)
    const further = decision.kind === 'answer' ? decision.further.map(({ fact }) => fact.id) : []
    const ids = [...shown(decision).map(([id]) => id), ...further]
    expect(further.length).toBeGreaterThan(0)
    expect(ids).not.toContain('late-fee-2024')
    expect(ids).toEqual([...new Set(ids)])
  })
})

describe('further facts', () => {
  it('are of the same topic as the answer', () => {
    const flat = { answerFrom: 0, ranking: { bias: 0, signals: { bestQuestion: 1 } }, together: 0 }
    const decision = decideOn('What does it cost to borrow a film?', '2025-07-01', flat)
    expect(decision.kind).toBe('answer')
    const topics = decision.kind === 'answer' ? decision.further.map(({ fact }) => fact.topic) : []
    expect(topics.length).toBeGreaterThan(0)
    expect(new Set(topics)).toEqual(new Set(['fees']))
  })
})
