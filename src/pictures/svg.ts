import { Error as LOG_ERRORS, logger, parse, View } from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'

/** A picture as SVG, with a name on each mark. Nothing is loaded from anywhere: all data stands in the specification. */
export async function svgOf(spec: TopLevelSpec): Promise<string> {
  const log = logger(LOG_ERRORS)
  let failure: unknown
  // Vega notes a failure and goes on without what failed: a picture that lacks a mark would tell something else.
  log.error = (...args) => {
    failure = args[0]
    return log
  }
  const view = new View(parse(compile(spec, { logger: log }).spec), { renderer: 'none', loader: REFUSING, logger: log })
  try {
    const svg = await view.toSVG()
    if (failure !== undefined) throw failure
    return svg
  } finally {
    view.finalize()
  }
}

const REFUSING = {
  load: () => Promise.reject(new Error('pictures load nothing')),
  sanitize: () => Promise.reject(new Error('pictures link to nothing')),
  http: () => Promise.reject(new Error('pictures load nothing')),
  file: () => Promise.reject(new Error('pictures load nothing')),
}
