import { mkdir, writeFile } from 'node:fs/promises'
import { jsonSchemas } from '../knowledge/json-schema.ts'

/** Writes the schemas for editors beside the knowledge that comes with Footnote. */
const FOLDER = 'knowledge/schema'

await mkdir(FOLDER, { recursive: true })
for (const [name, schema] of Object.entries(jsonSchemas())) {
  await writeFile(`${FOLDER}/${name}.json`, `${JSON.stringify(schema, null, 2)}\n`)
}
console.log(FOLDER)
