import { expect, test } from 'vitest'
import { relativeDate } from '../../src/knowledge/relative-dates.ts'

test.each([
  ['Fares rose last year.', 'last year'],
  ['Next week fares rise.', 'Next week'],
  ['Fares rise next year.', 'next year'],
  ['Fares rise this fall.', 'this fall'],
  ['The talks were held on Friday.', 'on Friday'],
  ['The offer stands until Monday, an official said.', 'until Monday'],
  ["After Friday's call, both sides were content.", 'After Friday'],
  ["The report told of Friday's call.", "Friday's"],
  ['The law was passed last April.', 'last April'],
  ['The law was passed five years ago.', 'five years ago'],
  ['He spoke yesterday of today.', 'yesterday'],
  ['Fares were recently raised.', 'recently'],
  ['The fare is now 30 euros.', 'now'],
  ['Fares have doubled over the past two years.', 'over the past two years'],
  ['In the coming weeks fares fall.', 'In the coming weeks'],
  ['Fares are paused at these levels right now.', 'right now'],
  ['The talks were held on Friday and failed.', 'on Friday'],
  ['It ended earlier this week.', 'this week'],
])('%s', (statement, phrase) => {
  expect(relativeDate(statement)).toBe(phrase)
})

test.each([
  'The last call between the two was in June 2025.',
  'The next round of talks has no date.',
  'The now-expired law named the company.',
  'The company now called Meta owns it.',
  'On Friday 19 September 2025 the two spoke.',
  'On Friday, September 19, 2025 the two spoke.',
  'On Monday, 15 September 2025, envoys agreed.',
  'On Tuesday (2025-09-16) it was extended.',
  'Ferries run from Monday to Friday, and on Saturdays.',
  'Unused days expire on 31 March of the next year.',
  'In the last week of August 2025 no ferry ran.',
  'Jane Doe said: "We meet next week, on Friday."',
  'The last May fair was in 2019.',
  'A ferry leaves every Friday.',
  'The shop sells on Black Friday.',
  'The deadline was extended a fourth time on 16 September 2025.',
  'The progress made so far is in the report of 19 September 2025.',
  'This is known. The snow fell in a Sunday school.',
  'By March 2026 fares will fall; they may fall again.',
  'The plan of last resort stands.',
  'A tax on this may rise, and this fall in fares may end.',
])('nothing relative: %s', (statement) => {
  expect(relativeDate(statement)).toBeUndefined()
})
