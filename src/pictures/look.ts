import type { TopLevelSpec } from 'vega-lite'
import type { Day } from '../knowledge/days.ts'
import type { Status } from '../knowledge/status.ts'
import { drawable, FONT, linesOf } from './lettering.ts'

/**
 * Drawn for a phone: on its screen a picture is about 340 points wide, so that letters of 13 are still as large there as
 * the small print of a message. The paper is part of the picture, so that it reads in light and in dark.
 */
export const WIDTH = 440
export const SIZE = { title: 16, text: 13, small: 11.5, legend: 10.5 } as const
/** Room around a picture. */
const EDGE = 16
export const LINE = 17
const TITLE_LINE = 20

/** Letters at least 4.5 to 1 against the paper (WCAG 2.2, 1.4.3), marks at least 3 to 1 (1.4.11). */
export const INK = { paper: '#ffffff', track: '#eef0f3', text: '#1f2328', quiet: '#57606a', asOf: '#7c3aed' } as const
export const STATUS_INK: Record<Status, string> = {
  current: '#1b6e2c',
  upcoming: '#0b57b0',
  past: '#57606a',
  expired: '#a3211b',
  superseded: '#57606a',
  'not-yet': '#57606a',
}

const DAY = 86_400_000

/** The first moment of a day, as scales of time want it. */
export function startOf(day: Day): number {
  return Date.parse(day)
}

/** The end of a day, which is included. */
export function endOf(day: Day): number {
  return startOf(day) + DAY
}

/** From the first to the last day of all that is shown and the as-of date, with some room around them. */
export function domainOf(shown: readonly { from: Day; until?: Day }[], asOf: Day): [number, number] {
  const ends = shown.flatMap(({ from, until }) => [startOf(from), ...(until === undefined ? [] : [endOf(until)])])
  const moments = [...ends, startOf(asOf)]
  const [first, last] = [Math.min(...moments), Math.max(...moments)]
  const room = Math.max((last - first) * 0.04, 7 * DAY)
  return [first - room, last + room]
}

/** How the ticks of a domain are written: always with the year. */
function tickFormat([first, last]: readonly [number, number]): string {
  const days = (last - first) / DAY
  return days > 1_500 ? '%Y' : days > 75 ? '%b %Y' : '%-d %b %Y'
}

/** Where a moment lies on a domain, in pixels from the left. */
export function across([first, last]: readonly [number, number], moment: number): number {
  return ((moment - first) / (last - first)) * WIDTH
}

type Encoding = Readonly<Record<string, object>>
type Datum = Readonly<Record<string, unknown>>

/** A layer of a picture. */
export interface Layer {
  readonly data: { readonly values: readonly Datum[] }
  readonly mark: Readonly<Record<string, unknown>> & { readonly type: string }
  readonly encoding: Encoding
}

const PIXELS = { type: 'quantitative', scale: null, axis: null } as const

/**
 * Marks of one look, at pixels from the top left: the data's `x`, `y`, `x2` and `y2`. Its `label` names a mark in the
 * SVG; without one it is decoration.
 */
export function marks(type: string, look: Readonly<Record<string, unknown>>, values: readonly Datum[]): Layer[] {
  const [first] = values
  if (!first) return []
  const has = (field: string) => field in first
  return [
    {
      data: { values },
      mark: { type, aria: has('label'), ...look },
      encoding: {
        x: { field: 'x', ...PIXELS },
        y: { field: 'y', ...PIXELS },
        ...(has('x2') ? { x2: { field: 'x2' } } : {}),
        ...(has('y2') ? { y2: { field: 'y2' } } : {}),
        ...(has('label') ? { description: { field: 'label', type: 'nominal' } } : {}),
      },
    },
  ]
}

/** Lines of text, each from its place on; the place is 0 from the left if not said. */
export function writing(
  values: readonly { readonly text: string; readonly y: number; readonly x?: number }[],
  look: { fontSize: number; color?: string; fontWeight?: 'bold'; stroke?: string; strokeWidth?: number },
): Layer[] {
  if (values.length === 0) return []
  return [
    {
      data: { values: values.map((one) => ({ x: 0, ...one })) },
      mark: { type: 'text', align: 'left', baseline: 'top', aria: false, ...look },
      encoding: {
        x: { field: 'x', ...PIXELS },
        y: { field: 'y', ...PIXELS },
        text: { field: 'text', type: 'nominal' },
      },
    },
  ]
}

/** The title and the line under it, and how high they are. */
export function head(title: string, below: string): { layers: Layer[]; height: number } {
  const lines = linesOf(drawable(title), SIZE.title, WIDTH)
  const height = lines.length * TITLE_LINE
  return {
    height,
    layers: [
      ...writing(
        lines.map((text, index) => ({ text, y: index * TITLE_LINE })),
        { fontSize: SIZE.title, fontWeight: 'bold' },
      ),
      ...writing([{ text: drawable(below), y: height }], { fontSize: SIZE.text, color: INK.asOf }),
    ],
  }
}

/** The axes: the only layer with scales. `levels` are the values at the bottom and the top of a plot. */
export function axes(
  domain: readonly [number, number],
  bottom: number,
  height: number,
  plot?: { readonly levels: readonly [number, number]; readonly top: number; readonly sign: string },
): Layer {
  const labels = { labelColor: INK.quiet, labelFontSize: SIZE.small, tickCount: 5, title: null }
  return {
    data: { values: [{ moment: domain[0], level: plot?.levels[0] ?? 0 }] },
    mark: { type: 'point', opacity: 0, aria: false },
    encoding: {
      x: {
        field: 'moment',
        type: 'temporal',
        scale: { type: 'utc', domain: domain.map((moment) => new Date(moment).toISOString()), nice: false },
        axis: {
          ...labels,
          tickCount: 4,
          format: tickFormat(domain),
          grid: false,
          labelOverlap: true,
          offset: bottom - height,
          domainColor: INK.quiet,
        },
      },
      y: plot
        ? {
            field: 'level',
            type: 'quantitative',
            scale: { domain: [...plot.levels], range: [bottom, plot.top], nice: false },
            axis: { ...labels, gridColor: '#d8dce1', domain: false, labelExpr: `datum.label + '${plot.sign}'` },
          }
        : { value: bottom },
    },
  }
}

/** A picture of some height, out of layers; `left` is the room for what stands left of the plot. */
export function pictureOf(
  height: number,
  description: string,
  layers: readonly Layer[],
  left: number = EDGE,
): TopLevelSpec {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description,
    width: WIDTH,
    height,
    // Vega guesses how wide texts are, and would leave room for its guesses.
    autosize: 'none',
    padding: { top: EDGE, right: EDGE, bottom: EDGE, left },
    background: INK.paper,
    config: { font: FONT, view: { stroke: null }, text: { font: FONT, color: INK.text } },
    layer: layers,
    // Layers name what they need of the grammar only; the compiler checks it.
  } as unknown as TopLevelSpec
}
