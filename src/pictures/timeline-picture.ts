import type { TopLevelSpec } from 'vega-lite'
import { type Day, dateInWords } from '../knowledge/days.ts'
import { type Status, statedPeriod } from '../knowledge/status.ts'
import type { Dated } from '../overviews/timeline.ts'
import { en } from '../words/en.ts'
import { drawable, linesOf } from './lettering.ts'
import {
  across,
  axes,
  domainOf,
  endOf,
  head,
  INK,
  type Layer,
  LINE,
  marks,
  pictureOf,
  SIZE,
  STATUS_INK,
  startOf,
  WIDTH,
  writing,
} from './look.ts'

/** Room for a bar, and below it. */
const LANE = 16
const GAP = 14
const LEGEND = [
  '◆ event · ▬ rule or plan · ▼ stated end or planned date · ┆ as-of date',
  'filled: current · hollow: upcoming · grey: past · dashed: expired or replaced',
]
const STATUSES: readonly Status[] = ['current', 'upcoming', 'past', 'expired', 'superseded']

/** A row: the number by which the text tells of it, and where its words and its bar lie, from the top. */
interface Row extends Dated {
  readonly label: string
  readonly lines: readonly string[]
  readonly y: number
  readonly lane: number
}

/**
 * Events as points, rules and plans as bars, one below another. Each has the question that names it, which claims
 * nothing: what is so stands in the text, under the same number.
 */
export function timelinePicture(dated: readonly Dated[], firstNumber: number, title: string, asOf: Day): TopLevelSpec {
  const top = head(title, `as of ${dateInWords(asOf)}`)
  const rows = rowsOf(dated, firstNumber, top.height + 34)
  const bottom = (rows.at(-1)?.lane ?? 0) + LANE + 8
  const height = bottom + 60
  const domain = domainOf(dated, asOf)
  const at = (moment: number) => across(domain, moment)

  return pictureOf(height, `${title}, as of ${dateInWords(asOf)}`, [
    axes(domain, bottom, height),
    ...top.layers,
    ...writing(
      rows.map(({ label, y }) => ({ text: label, y })),
      { fontSize: SIZE.small, color: INK.quiet, fontWeight: 'bold' },
    ),
    ...writing(
      rows.flatMap(({ lines, y }) => lines.map((text, index) => ({ text, y: y + (index + 1) * LINE }))),
      { fontSize: SIZE.text },
    ),
    ...marks(
      'rect',
      { color: INK.track },
      rows.map(({ lane }) => ({ x: 0, x2: WIDTH, y: lane, y2: lane + LANE })),
    ),
    ...STATUSES.flatMap((status) => marksOf(status)),
    ...marks(
      'rule',
      { color: INK.asOf, strokeWidth: 2, strokeDash: [3, 2] },
      rows.map(({ lane }) => ({ x: at(startOf(asOf)), x2: at(startOf(asOf)), y: lane - 2, y2: lane + LANE + 2 })),
    ),
    ...writing(
      LEGEND.map((text, index) => ({ text, y: bottom + 30 + index * 15 })),
      { fontSize: SIZE.legend, color: INK.quiet },
    ),
  ])

  function marksOf(status: Status): Layer[] {
    const own = rows.filter(({ standing }) => standing.status === status)
    const bars = own.filter(({ fact }) => fact.kind !== 'event')
    const events = own.filter(({ fact }) => fact.kind === 'event')
    const look = { opacity: 1, strokeWidth: 1.5, stroke: STATUS_INK[status] }
    const solid = { ...look, fill: status === 'upcoming' ? INK.paper : STATUS_INK[status] }
    return [
      ...marks(
        'rect',
        barLook(status),
        bars.map(({ from, until, lane, label }) => ({
          x: at(startOf(from)),
          x2: until === undefined ? WIDTH : at(endOf(until)),
          y: lane + 3,
          y2: lane + LANE - 3,
          label,
        })),
      ),
      // What took place at some time within a month has its point in the middle, and the month as a line.
      ...marks(
        'rule',
        { strokeWidth: 3, color: STATUS_INK[status] },
        events.map(({ from, until, lane }) => ({
          x: at(startOf(from)),
          x2: at(endOf(until ?? from)),
          y: lane + LANE / 2,
          y2: lane + LANE / 2,
        })),
      ),
      ...marks(
        'point',
        { ...solid, shape: 'diamond', size: 130 },
        events.map((row) => ({ x: at(middleOf(row)), y: row.lane + LANE / 2, label: row.label })),
      ),
      ...marks(
        'point',
        { ...solid, shape: 'triangle-down', size: 75 },
        bars.flatMap(({ isDeadline, until, lane }) =>
          isDeadline && until !== undefined
            ? [{ x: at(endOf(until)), y: lane + 2, label: `ends ${dateInWords(until)}` }]
            : [],
        ),
      ),
      // A bar whose end nobody told goes on beyond the picture.
      ...marks(
        'point',
        { ...solid, shape: 'triangle-right', size: 75 },
        bars.flatMap(({ until, lane }) => (until === undefined ? [{ x: WIDTH, y: lane + LANE / 2 }] : [])),
      ),
    ]
  }
}

function rowsOf(dated: readonly Dated[], firstNumber: number, top: number): Row[] {
  let y = top
  return dated.map((one, index) => {
    const { askedAs, statement } = one.fact
    const lines = linesOf(drawable(askedAs[0] ?? statement), SIZE.text, WIDTH)
    const lane = y + (lines.length + 1) * LINE + 4
    const row = { ...one, label: labelOf(one, firstNumber + index), lines, y, lane }
    y = lane + LANE + GAP
    return row
  })
}

/** `3 · until 10 November 2025 · expired`. */
function labelOf(one: Dated, number: number): string {
  return [String(number), whenOf(one), en.overview.statuses[one.standing.status]].join(' · ')
}

function whenOf({ fact, from, isBy }: Dated): string {
  if (isBy) return `by ${dateInWords(fact.stated ?? fact.known)}`
  return en.period(statedPeriod(fact)) || `from ${dateInWords(from)}`
}

function middleOf({ from, until }: Dated): number {
  return (startOf(from) + endOf(until ?? from)) / 2
}

function barLook(status: Status) {
  const ink = STATUS_INK[status]
  const look = { strokeWidth: 1.5, stroke: ink }
  if (status === 'upcoming') return { ...look, fill: INK.paper }
  if (status === 'expired' || status === 'superseded') return { ...look, fill: INK.paper, strokeDash: [4, 3] }
  return { ...look, fill: ink }
}
