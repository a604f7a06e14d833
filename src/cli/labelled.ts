import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { isDay } from '../knowledge/days.ts'

const LABELLED = z.strictObject({
  q: z.string(),
  type: z.enum(['answerable', 'list', 'double', 'false-premise', 'temporal', 'near-miss', 'off-topic']),
  /** Ids of the facts that answer; for a near miss those that say so. */
  facts: z.array(z.string()),
  /** All of the facts are asked for. */
  all: z.boolean().optional(),
  asOf: z.string().refine(isDay).optional(),
  /** The half of a double question that no fact answers. */
  declined: z.string().optional(),
})

/** A question whose right answers people noted down. */
export type Labelled = z.infer<typeof LABELLED>

/** The labelled questions of a folder's `.jsonl` files, a JSON object a line; none if there is no such folder. */
export async function readLabelled(folder: string): Promise<Labelled[]> {
  const files = await readdir(folder).catch(() => [])
  const texts = await Promise.all(
    files
      .filter((file) => file.endsWith('.jsonl'))
      .sort()
      .map((file) => readFile(join(folder, file), 'utf8')),
  )
  return texts.flatMap((text) =>
    text
      .split('\n')
      .filter((line) => line.trim())
      .map((line) => LABELLED.parse(JSON.parse(line))),
  )
}
