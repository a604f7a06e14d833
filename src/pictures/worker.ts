import { enableCompileCache } from 'node:module'
import { parentPort } from 'node:worker_threads'
import type { TopLevelSpec } from 'vega-lite'

enableCompileCache()

/** Draws what it is sent, one after the other, in a thread of its own. */
parentPort?.on('message', async ({ id, spec }: { id: number; spec: TopLevelSpec }) => {
  try {
    const [{ svgOf }, { pngOf }] = await Promise.all([import('./svg.ts'), import('./png.ts')])
    parentPort?.postMessage({ id, png: await pngOf(await svgOf(spec)) })
  } catch (error) {
    parentPort?.postMessage({ id, failure: error instanceof Error ? error.message : String(error) })
  }
})
