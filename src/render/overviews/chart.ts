import { statedPeriod } from '../../knowledge/status.ts'
import { type Figures, figuresOf, type MeasureName, type Step, titleOf } from '../../overviews/figures.ts'
import { chartPicture, MOST_SERIES } from '../../pictures/chart-picture.ts'
import { measureInWords } from '../../words/measures.ts'
import { entryParts, lengthOf, ROOM } from './entries.ts'
import { emptySheet, type Setting, type Sheet, sheetOf } from './overview.ts'
import { pageOf } from './paging.ts'

/** Figures over time: as text with citations, and as a step plot. */
export function chartSheet(measure: MeasureName, setting: Setting): Sheet {
  const { snapshot, asOf, words } = setting
  const { overview } = words
  const name = titleOf(measure)
  const title = overview.chart(name)
  const figures = figuresOf(snapshot, measure, asOf)
  const steps = figures.series.flatMap(({ of, steps: own }) => own.map((step) => ({ ...step, of })))
  if (steps.length === 0) return emptySheet(setting, title, overview.noFiguresAsOf(asOf))
  const { items, before, ...pages } = pageOf(steps, setting.page, lengthOf, { ...ROOM, items: MOST_SERIES })
  const entries = items.map((step, index) => ({
    ...step,
    number: before + index + 1,
    heading: [step.of, measureInWords(step.measure, words)].filter(Boolean).join(': '),
  }))
  const picture = {
    name: 'chart.png',
    description: `${title}. ${words.asOf(asOf)}. ${overview.inText} ${entries
      .map(
        ({ number, heading, fact }) =>
          `${number}: ${[heading, words.period(statedPeriod(fact))].filter(Boolean).join(', ')}`,
      )
      .join('; ')}`,
    spec: () => chartPicture(ofPage(figures, items), before + 1, capital(name), asOf),
  }
  const facts = items.map(({ fact }) => fact)
  return sheetOf(pages, setting, title, (most) => entryParts(entries, setting, most), facts, picture)
}

/** The same figures with the steps of one page alone. */
function ofPage(figures: Figures, items: readonly Step[]): Figures {
  const shown = new Set(items.map(({ fact }) => fact))
  const series = figures.series.map(({ of, steps }) => ({ of, steps: steps.filter(({ fact }) => shown.has(fact)) }))
  return { ...figures, series: series.filter(({ steps }) => steps.length > 0) }
}

function capital(text: string): string {
  return text.replace(/^./u, (first) => first.toUpperCase())
}
