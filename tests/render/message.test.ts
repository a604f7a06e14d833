import { expect, test } from 'vitest'
import { composeFact, composeSource, composeSourceList, composeSources, composeTopic } from '../../src/render/cards.ts'
import { renderFirstFitting, renderOutcome, renderView } from '../../src/render/message.ts'
import { expectFit, textsOf } from './fit.ts'
import { anyDay, anySnapshot, fc } from './property.ts'
import { abstentionFor, answerWith, sampleFact, sampleSnapshot, standing, suggestionsOf } from './sample.ts'

test('the first line of an answer is its statement, and everything else is quieter', () => {
  const fact = sampleFact({ quote: { text: 'Slow down, please.', speaker: 'mayor' } })
  const snapshot = sampleSnapshot([fact])
  const texts = textsOf(renderOutcome(answerWith(snapshot, [fact], '2025-09-20'), snapshot).components)
  const [first, second, ...rest] = texts.join('\n').split('\n')
  expect(first).toBe('The city caps the speed in bicycle lanes at 25 km/h. \\[1\\]')
  expect(second).toBe('> “Slow down, please.” — Mayor Jane Roe')
  for (const line of rest) expect(line).toMatch(/^-# /)
})

test('that a rule has expired is as loud as its statement', () => {
  const snapshot = sampleSnapshot()
  const texts = textsOf(renderOutcome(answerWith(snapshot, [sampleFact()], '2025-11-11'), snapshot).components)
  expect(texts.join('\n').split('\n')[1]).toMatch(/^Expired: its stated end/)
})

test('the colour follows the status', () => {
  const snapshot = sampleSnapshot()
  const colours = ['2025-09-20', '2025-11-11', '2026-01-01'].map(
    (day) => renderOutcome(answerWith(snapshot, [sampleFact()], day), snapshot).components[0]?.accent_color,
  )
  expect(colours[0]).not.toBe(colours[1])
  expect(colours[1]).toBe(colours[2])
})

test('topics are commands to click once their ids are known', () => {
  const snapshot = sampleSnapshot()
  const abstention = abstentionFor('nothing-near', '2025-09-20')
  const ids = new Map([['cycling', '12345678901234567']])
  expect(textsOf(renderOutcome(abstention, snapshot, ids).components).join()).toContain('</cycling:12345678901234567>')
  expect(textsOf(renderOutcome(abstention, snapshot).components).join()).toContain('/cycling')
})

test('ten long facts give way to a menu for what does not fit, and none is cut', () => {
  const facts = Array.from({ length: 10 }, (_, index) =>
    sampleFact({ id: `fact-${index}`, statement: `${index} ${'*'.repeat(395)}.`, askedAs: [`Question ${index}?`] }),
  )
  const snapshot = sampleSnapshot(facts)
  const message = renderOutcome(answerWith(snapshot, facts, '2025-09-20'), snapshot)
  expectFit(message)
  const text = textsOf(message.components).join('\n')
  const shown = facts.filter(({ statement }) => text.includes(statement.replaceAll('*', '\\*')))
  expect(shown.length).toBeGreaterThan(2)
  expect(text).toContain(`${10 - shown.length} more to this question`)
  expect(text).not.toContain('…')
  const menu = JSON.stringify(message.components)
  for (const fact of facts.slice(shown.length)) expect(menu).toContain(`"value":"${fact.id}"`)
})

test('a suggestion that its button says in full stands in the text only if the button had to cut it', () => {
  const short = sampleFact({ askedAs: ['How fast may trams go?'] })
  const long = sampleFact({
    id: 'long',
    askedAs: [`How fast may trams go ${'on every one of the many bridges '.repeat(4)}?`],
  })
  const snapshot = sampleSnapshot([short, long])
  const text = textsOf(renderOutcome(suggestionsOf(snapshot, [short, long], '2025-09-20'), snapshot).components).join(
    '\n',
  )
  expect(text).toContain('on every one of the many bridges')
  expect(text).not.toContain('How fast may trams go?')
})

test('suggestions without questions of their own fit too', () => {
  const facts = Array.from({ length: 5 }, (_, index) =>
    sampleFact({ id: `fact-${index}`, statement: `${index}${'*'.repeat(399)}`, askedAs: [] }),
  )
  const snapshot = sampleSnapshot(facts)
  expectFit(renderOutcome(suggestionsOf(snapshot, facts, '2025-09-20'), snapshot))
})

test('no outcome of any knowledge breaks a limit of Discord or pings anybody', () => {
  fc.assert(
    fc.property(anySnapshot, anyDay, (snapshot, day) => {
      const facts = [...snapshot.facts.values()]
      expectFit(renderOutcome(answerWith(snapshot, facts, day, facts.slice(0, 5)), snapshot))
      expectFit(renderOutcome(answerWith(snapshot, facts.slice(-1), day), snapshot))
      expectFit(renderOutcome(suggestionsOf(snapshot, facts.slice(0, 5), day), snapshot))
      for (const reason of ['nothing-near', 'not-yet', 'no-question'] as const) {
        expectFit(renderOutcome(abstentionFor(reason, day, day), snapshot))
      }
    }),
    { numRuns: 60 },
  )
})

test('no card of any knowledge breaks a limit of Discord', () => {
  fc.assert(
    fc.property(anySnapshot, anyDay, (snapshot, day) => {
      const facts = [...snapshot.facts.values()]
      for (const one of standing(snapshot, facts, day)) expectFit(renderFirstFitting(composeFact(one, day, snapshot)))
      expectFit(renderFirstFitting(composeSources(facts, snapshot)))
      expectFit(renderFirstFitting(composeSourceList(snapshot)))
      for (const source of snapshot.sources.values()) expectFit(renderView(composeSource(source, day, snapshot)))
      for (const topic of snapshot.topics.values()) expectFit(renderView(composeTopic(topic, day)))
    }),
    { numRuns: 40 },
  )
})

test('a topic of any size fits', () => {
  for (const size of [1, 25, 26, 100, 500]) {
    const facts = Array.from({ length: size }, (_, index) =>
      sampleFact({ id: `fact-${index}`, askedAs: [`Question ${index}?`] }),
    )
    const topic = sampleSnapshot(facts).topics.get('cycling')
    if (topic) expectFit(renderView(composeTopic(topic, '2025-09-20')))
  }
})
