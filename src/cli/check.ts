import { faultText } from '../knowledge/fault.ts'
import { loadKnowledge } from '../knowledge/load.ts'
import { RESERVED_NAMES } from '../knowledge/reserved-names.ts'
import type { Snapshot } from '../knowledge/snapshot.ts'

const USAGE = 'Usage: npm run check [-- DIR]'

const [folder = 'knowledge', ...rest] = process.argv.slice(2)
if (['--help', '-h'].includes(folder)) {
  console.log(USAGE)
} else if (rest.length > 0 || folder.startsWith('-')) {
  console.error(USAGE)
  process.exitCode = 2
} else {
  await check(folder)
}

async function check(folder: string): Promise<void> {
  const start = performance.now()
  const loaded = await loadKnowledge(folder, { reservedNames: RESERVED_NAMES })
  if (loaded.ok) {
    console.log(`${folder}: ${contents(loaded.snapshot)}. Loaded in ${Math.round(performance.now() - start)} ms.`)
    return
  }
  const { faults } = loaded
  console.log(faults.map(faultText).join('\n\n'))
  const files = new Set(faults.map(({ file }) => file)).size
  const what = `${counted(faults.length, 'fault')} in ${counted(files, 'file')}`
  console.log(`\n${what}; nothing is loaded until all are mended. docs/knowledge-errors.md explains each code.`)
  process.exitCode = 1
}

function contents({ topics, facts, sources, entities }: Snapshot): string {
  const all = [...facts.values()]
  const unknown = all.filter(({ kind }) => kind === 'unknown').length
  const questions = all.reduce((sum, { askedAs }) => sum + askedAs.length, 0)
  return [
    counted(topics.size, 'topic'),
    `${counted(facts.size, 'fact')} (${unknown} of them unknown)`,
    counted(questions, 'question'),
    counted(sources.size, 'source'),
    counted(entities.size, 'entity', 'entities'),
  ].join(', ')
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
