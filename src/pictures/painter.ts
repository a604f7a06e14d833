import { createHash } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import type { TopLevelSpec } from 'vega-lite'

/** Draws pictures, away from the thread that answers. */
export interface Painter {
  /** A specification as PNG; rejects when it cannot be drawn, or not soon enough. */
  paint(spec: TopLevelSpec): Promise<Buffer>
  /** How many pictures are waited for. */
  waiting(): number
  close(): Promise<void>
}

export interface PainterOptions {
  /** Milliseconds after which a picture is given up. */
  readonly patience?: number
  /** Milliseconds without work after which the thread ends, with the hundred megabytes that it takes. */
  readonly idle?: number
}

/** Pictures kept; each is some 60 kB. */
const KEPT = 64
/** More are not waited for: whoever asks then gets the text alone. */
const MOST_WAITING = 16

interface Job {
  readonly resolve: (png: Buffer) => void
  readonly reject: (error: Error) => void
}

export function createPainter({ patience = 8_000, idle = 60_000 }: PainterOptions = {}): Painter {
  const kept = new Map<string, Promise<Buffer>>()
  const jobs = new Map<number, Job>()
  let worker: Worker | undefined
  let resting: NodeJS.Timeout | undefined
  let next = 0

  function start(): Worker {
    const started = new Worker(new URL('./worker.ts', import.meta.url))
    started.on('message', ({ id, png, failure }: { id: number; png?: Uint8Array; failure?: string }) => {
      const job = jobs.get(id)
      if (png) job?.resolve(Buffer.from(png.buffer, png.byteOffset, png.byteLength))
      else job?.reject(new Error(`a picture could not be drawn: ${failure}`))
    })
    started.on('error', (error) => giveUp(started, error instanceof Error ? error : new Error(String(error))))
    started.on('exit', () => giveUp(started, new Error('the thread that draws ended')))
    return started
  }

  /** The thread goes, with all that waits for it; the next picture has a new one. */
  function giveUp(failed: Worker | undefined, error: Error): void {
    if (!failed || failed !== worker) return
    worker = undefined
    void failed.terminate()
    for (const { reject } of jobs.values()) reject(error)
  }

  async function draw(spec: TopLevelSpec): Promise<Buffer> {
    if (jobs.size >= MOST_WAITING) throw new Error('too many pictures are waiting to be drawn')
    clearTimeout(resting)
    worker ??= start()
    const [id, used] = [next++, worker]
    const late = setTimeout(() => giveUp(used, new Error(`a picture was not drawn within ${patience} ms`)), patience)
    try {
      return await new Promise<Buffer>((resolve, reject) => {
        jobs.set(id, { resolve, reject })
        used.postMessage({ id, spec })
      })
    } finally {
      clearTimeout(late)
      jobs.delete(id)
      if (jobs.size === 0) resting = setTimeout(() => void close(), idle).unref()
    }
  }

  async function close(): Promise<void> {
    clearTimeout(resting)
    const ending = worker
    giveUp(ending, new Error('drawing has ended'))
    await ending?.terminate()
  }

  return {
    paint(spec) {
      const key = createHash('sha256').update(JSON.stringify(spec)).digest('base64')
      const known = kept.get(key)
      kept.delete(key)
      const drawn = known ?? draw(spec)
      kept.set(key, drawn)
      drawn.catch(() => kept.delete(key))
      const [oldest] = kept.keys()
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
      return drawn
    },
    waiting: () => jobs.size,
    close,
  }
}
