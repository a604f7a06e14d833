import { faultText } from '../knowledge/fault.ts'
import { loadKnowledge } from '../knowledge/load.ts'
import { RESERVED_NAMES } from '../knowledge/reserved-names.ts'
import { contents, counted } from './counts.ts'

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
