import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { databaseFindings } from '../../../src/cli/doctor/database.ts'
import type { Finding } from '../../../src/cli/doctor/finding.ts'
import { folderFindings } from '../../../src/cli/doctor/folders.ts'
import { parseEnv } from '../../../src/env.ts'
import { openStore } from '../../../src/store/store.ts'

/** Looks at files that may not be read or written, as somebody for whom that counts; says the problems, as JSON. */
const root = process.argv[2] ?? ''
const NOBODY = 65_534
// Everything is imported by now: where the project is, nobody may have no right to read.
if (process.getuid?.() === 0) {
  process.setgid?.(NOBODY)
  process.setuid?.(NOBODY)
}

mkdirSync(join(root, 'knowledge', 'topics'), { recursive: true })
const data = join(root, 'data')
const file = join(data, 'footnote.db')
await (await openStore(data)).close()
const env = parseEnv({ DATA_DIR: data, KNOWLEDGE_DIR: join(root, 'knowledge'), MODERATORS_GUILD_ID: '1'.repeat(18) })
const said: Record<string, string[]> = {}

async function look(name: string, path: string, mode: number, find: () => Finding[] | Promise<Finding[]>) {
  chmodSync(path, mode)
  const findings = await find()
  said[name] = findings.filter(({ level }) => level === 'problem').map(({ what }) => what)
  chmodSync(path, path === file ? 0o644 : 0o755)
}

const folders = () => folderFindings(env)
const database = () => databaseFindings(data)
await look('well', file, 0o644, async () => [...(await folders()), ...database()])
await look('readOnlyFile', file, 0o444, database)
await look('readOnlyFolder', data, 0o555, folders)
await look('noFolder', root, 0o555, () => folderFindings({ ...env, DATA_DIR: join(root, 'not', 'there') }))
await look('readOnlyKnowledge', join(root, 'knowledge', 'topics'), 0o555, folders)
await look('unreadable', file, 0o000, database)
console.log(JSON.stringify(said))
