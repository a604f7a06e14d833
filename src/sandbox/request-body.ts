/** What the bot sends, by a request or in answer to one. */
import { errors } from './api-error.ts'
import type { Upload } from './messages.ts'

const MAX_BODY = 26_214_400

export interface Sent {
  body: unknown
  files: Upload[]
}

/** All of a request; of one that is too large, enough to refuse it. */
export async function readAll(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const kept: Buffer[] = []
  let size = 0
  for await (const chunk of chunks) {
    // What goes beyond is read, so that it can be refused politely, but not kept.
    if (size <= MAX_BODY) kept.push(chunk)
    size += chunk.length
  }
  return Buffer.concat(kept)
}

/** JSON, or a form with JSON and files; throws what Discord would refuse. */
export async function parseBody(raw: Buffer, type: string): Promise<Sent> {
  if (raw.length > MAX_BODY) throw errors.tooLarge()
  if (raw.length === 0) return { body: undefined, files: [] }
  try {
    if (!type.startsWith('multipart/form-data')) return { body: JSON.parse(String(raw)), files: [] }
    const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData()
    const files: Upload[] = []
    for (const [key, value] of form) {
      const index = /^files\[(\d+)\]$/.exec(key)?.[1]
      if (index === undefined || typeof value === 'string') continue
      files.push({ index, name: value.name, type: value.type, data: Buffer.from(await value.arrayBuffer()) })
    }
    return { body: JSON.parse(String(form.get('payload_json') ?? '{}')), files }
  } catch {
    throw errors.invalidJson()
  }
}
