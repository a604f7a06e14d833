import { expect, test } from 'vitest'
import { renderText } from '../../src/render/text.ts'
import { abstentionFor, answerWith, sampleFact, sampleSnapshot, suggestionsOf } from './sample.ts'

test('a rule in force shows its statement first, then status, as-of date, verification and source', () => {
  const snapshot = sampleSnapshot()
  expect(renderText(answerWith(snapshot, [sampleFact()], '2025-09-20'), snapshot)).toBe(
    `The city caps the speed in bicycle lanes at 25 km/h. [1]
  In force as of 20 September 2025, until 10 November 2025: 51 days left.
  Last verified 19 September 2025.

  [1] City Gazette, City Press, 19 September 2025, paragraph 3`,
  )
})

test('the same rule after its end says that it expired and that nobody has verified it since', () => {
  const snapshot = sampleSnapshot()
  const text = renderText(answerWith(snapshot, [sampleFact()], '2026-11-23'), snapshot)
  expect(text).toContain(
    'Expired: its stated end, 10 November 2025, has passed as of 23 November 2026, by 378 days, and nothing newer is recorded.',
  )
  expect(text).toContain('Not verified since its review fell due on 18 December 2025.')
})

test('several facts share the citations that they have in common', () => {
  const one = sampleFact()
  const other = sampleFact({ id: 'other', statement: 'Scooters may use bicycle lanes.' })
  const third = sampleFact({
    id: 'third',
    statement: 'Dogs may not.',
    citations: [{ source: 'gazette', paragraphs: [4, 5] }],
  })
  const snapshot = sampleSnapshot([one, other, third])
  const text = renderText(answerWith(snapshot, [one, other, third], '2025-09-20'), snapshot)
  expect(text).toContain('Scooters may use bicycle lanes. [1]')
  expect(text).toContain('Dogs may not. [2]')
  expect(text).toContain('[2] City Gazette, City Press, 19 September 2025, paragraphs 4, 5')
  expect(text).not.toContain('[3]')
})

test('further facts appear as the questions they answer, so that they claim nothing', () => {
  const further = sampleFact({ id: 'other', statement: 'Scooters may.', askedAs: ['May scooters use the lanes?'] })
  const snapshot = sampleSnapshot([sampleFact(), further])
  const text = renderText(answerWith(snapshot, [sampleFact()], '2025-09-20', [further]), snapshot)
  expect(text).toContain('May scooters use the lanes?')
  expect(text).not.toContain('Scooters may.')
})

test('suggestions name the questions, and two facts asked for alike are told apart', () => {
  const one = sampleFact()
  const other = sampleFact({ id: 'other', statement: 'Another statement.' })
  const snapshot = sampleSnapshot([one, other])
  expect(renderText(suggestionsOf(snapshot, [one, other], '2025-09-20'), snapshot)).toBe(
    `I am not sure which of these you mean:

  - How fast may I cycle in a bicycle lane?
  - Another statement.
  As of 20 September 2025`,
  )
})

test('an abstention says why and which topics there are', () => {
  const snapshot = sampleSnapshot()
  const nothing = renderText(abstentionFor('nothing-near', '2025-09-20'), snapshot)
  expect(nothing).toContain('No recorded fact answers this question')
  expect(nothing).toContain('/cycling')
  // A terminal notes nothing down.
  expect(nothing).not.toContain('gaps')
  const early = renderText(abstentionFor('not-yet', '2025-09-01', '2025-09-19'), snapshot)
  expect(early).toContain('Nothing about this was on record yet on 1 September 2025.')
  expect(early).toContain('from 19 September 2025 on')
  expect(renderText(abstentionFor('no-question', '2025-09-01'), snapshot)).toContain('/ask')
})

test('nothing can steer a terminal', () => {
  const fact = sampleFact({ statement: 'Red \u001b[31malert\u202e txt\u0007.' })
  const snapshot = sampleSnapshot([fact])
  expect(renderText(answerWith(snapshot, [fact], '2025-09-20'), snapshot)).toMatch(/^Red \[31malert txt\. \[1\]$/m)
})
