import type { TopLevelSpec } from 'vega-lite'
import { type Day, dateInWords } from '../knowledge/days.ts'
import { statedPeriod } from '../knowledge/status.ts'
import type { Figures, Step } from '../overviews/figures.ts'
import { en } from '../words/en.ts'
import { measureInWords } from '../words/measures.ts'
import { drawable, widthOf } from './lettering.ts'
import {
  across,
  axes,
  domainOf,
  endOf,
  head,
  INK,
  type Layer,
  marks,
  pictureOf,
  SIZE,
  startOf,
  WIDTH,
  writing,
} from './look.ts'

const PLOT = 230
const LABEL_LINE = 15
const LABEL = { fontSize: SIZE.small, fontWeight: 'bold' } as const
/** Each series by its colour and by its dashes. */
const SERIES_LOOK = [
  { ink: '#0b57b0', dash: [] },
  { ink: '#a3211b', dash: [9, 3] },
  { ink: '#1b6e2c', dash: [3, 3] },
  { ink: '#7a4a00', dash: [12, 3, 3, 3] },
  { ink: '#5b2a86', dash: [6, 2, 1, 2] },
] as const
/** As many series as can be told apart; a chart has further pages for more. */
export const MOST_SERIES = SERIES_LOOK.length
const LEGEND = '▼ stated end · shaded: at most · ┆ as-of date · no line: nothing on record'
/** Room for the values along the axis. */
const LEFT = 58

interface Drawn {
  readonly step: Step
  readonly label: string
  readonly ink: string
  readonly dash: readonly number[]
  readonly x: number
  readonly x2: number
  readonly y: number
}

/** Figures as steps: a level for the days it is told for, and nothing where nothing is told. */
export function chartPicture(figures: Figures, firstNumber: number, title: string, asOf: Day): TopLevelSpec {
  const steps = figures.series.flatMap(({ of, steps: own }, series) => own.map((step) => ({ step, of, series })))
  const domain = domainOf(
    steps.map(({ step }) => step),
    asOf,
  )
  const levels = levelsOf(steps.map(({ step }) => step.measure.value))
  const above = head(title, `in ${figures.unit}, as of ${dateInWords(asOf)}`)
  const top = above.height + 26
  const bottom = top + PLOT
  const height = bottom + 46
  const levelOf = (value: number) => bottom - ((value - levels[0]) / (levels[1] - levels[0])) * PLOT

  const drawn = steps.map(({ step, of, series }, index): Drawn => {
    const { ink, dash } = SERIES_LOOK[series % MOST_SERIES] ?? SERIES_LOOK[0]
    return {
      step,
      label: labelOf(step, of, firstNumber + index),
      ink,
      dash,
      x: across(domain, startOf(step.from)),
      x2: step.until === undefined ? WIDTH : across(domain, endOf(step.until)),
      y: levelOf(step.measure.value),
    }
  })
  const asOfAt = across(domain, startOf(asOf))
  return pictureOf(
    height,
    `${title}, as of ${dateInWords(asOf)}`,
    [
      axes(domain, bottom, height, { levels, top, sign: figures.unit === '%' ? '%' : '' }),
      ...above.layers,
      ...marks('rule', { color: INK.asOf, strokeWidth: 2, strokeDash: [3, 2] }, [
        { x: asOfAt, x2: asOfAt, y: top, y2: bottom, label: `as-of date, ${dateInWords(asOf)}` },
      ]),
      ...drawn.flatMap((one) => marksOf(one, levelOf(Math.max(0, levels[0])))),
      ...placed(drawn).flatMap(({ ink, ...label }) => [
        // Paper around the letters, as lines may run behind them.
        ...writing([label], { ...LABEL, color: INK.paper, stroke: INK.paper, strokeWidth: 4 }),
        ...writing([label], { ...LABEL, color: ink }),
      ]),
      ...writing([{ text: LEGEND, y: bottom + 32 }], { fontSize: SIZE.legend, color: INK.quiet }),
    ],
    LEFT,
  )
}

function marksOf({ step, label, ink, dash, x, x2, y }: Drawn, zero: number): Layer[] {
  const { fact, measure, until } = step
  return [
    // What is capped may be anything below.
    ...(measure.bound === 'at-most' ? marks('rect', { color: ink, opacity: 0.1 }, [{ x, x2, y, y2: zero }]) : []),
    ...marks('rule', { color: ink, strokeWidth: 4, strokeDash: [...dash] }, [{ x, x2, y, y2: y, label }]),
    ...(until === undefined || fact.kind === 'event'
      ? []
      : marks('point', { shape: 'triangle-down', size: 70, color: ink, fill: ink, opacity: 1 }, [
          { x: x2, y: y - 5, label: `ends ${dateInWords(until)}` },
        ])),
  ]
}

/** The values at the bottom and the top: zero is always there, so that heights can be compared. */
function levelsOf(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)]
  // Figures that are as good as zero have no scale of their own.
  const span = high - low < 1e-9 ? 1 : high - low
  return [low < 0 ? low - span * 0.1 : 0, high + span * 0.15]
}

/** A label above each step, as far apart as it takes to read them; the higher step keeps the better place. */
function placed(drawn: readonly Drawn[]): { text: string; x: number; y: number; ink: string }[] {
  const taken: { left: number; right: number; y: number }[] = []
  return drawn
    .toSorted((one, other) => one.y - other.y)
    .map(({ label, ink, x, y: level }) => {
      const width = widthOf(label, SIZE.small) * 1.1
      const left = Math.max(4, Math.min(x, WIDTH - width))
      const isFree = (y: number) =>
        !taken.some((one) => left < one.right && one.left < left + width && Math.abs(one.y - y) < LABEL_LINE)
      let y = level - LABEL_LINE - 4
      while (!isFree(y)) y -= LABEL_LINE
      taken.push({ left, right: left + width, y })
      return { text: label, x: left, y, ink }
    })
}

/** `2 · Somebody: at most 30%, until 10 November 2025`. */
function labelOf({ fact, measure }: Step, of: string, number: number): string {
  const figure = [of, measureInWords(measure, en)].filter(Boolean).join(': ')
  return drawable([`${number} · ${figure}`, en.period(statedPeriod(fact))].filter(Boolean).join(', '))
}
