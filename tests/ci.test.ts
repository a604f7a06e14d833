import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'footnote-ci-'))
  mkdirSync(join(folder, 'bin'))
  cpSync('.ci', join(folder, '.ci'), { recursive: true })
  for (const tool of ['bash', 'dirname', 'grep', 'mktemp', 'rm', 'sed', 'tail', 'tee']) {
    const where = ['/bin', '/usr/bin'].find((place) => spawnSync(join(place, tool), ['--version']).status === 0)
    symlinkSync(join(where ?? '/bin', tool), join(folder, 'bin', tool))
  }
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A tool in whose place this script runs. */
function stub(tool: string, script: string) {
  const file = join(folder, 'bin', tool)
  writeFileSync(file, `#!/bin/bash\n${script}\n`)
  chmodSync(file, 0o755)
}

/** Runs `.ci/run` with an npm whose commands that match fail, and gives its last line and its status. */
function run(failing: string, tests = 'Tests  7 passed (7)', chromium = true) {
  if (chromium) stub('chromium', 'exit 0')
  stub('git', 'exit 0')
  stub('apt-get', 'exit 100')
  stub('npm', `if [[ "$*" == test ]]; then echo '      ${tests}'; fi; [[ ! "$*" =~ ^(${failing})$ ]]`)
  const { stdout, status } = spawnSync(join(folder, 'bin/bash'), ['.ci/run'], {
    cwd: folder,
    env: { PATH: join(folder, 'bin') },
    encoding: 'utf8',
  })
  return { last: stdout.trimEnd().split('\n').at(-1), status }
}

test('when all is well, it counts the tests and succeeds', () => {
  expect(run('nothing')).toEqual({ last: '7 passed, 0 failed', status: 0 })
})

test.each([
  ['npm ci', 'ci', '0 passed, 1 failed'],
  ['one step', 'run --silent lint', '7 passed, 1 failed'],
  ['the labelled questions', 'run --silent eval', '7 passed, 1 failed'],
  ['each of three steps', 'run --silent (types|check|boot)', '7 passed, 3 failed'],
  ['the test run, though no test', 'test', '7 passed, 1 failed'],
])('a failure of %s is counted', (_, failing, last) => {
  expect(run(failing)).toEqual({ last, status: 1 })
})

test('failed tests are counted once, beside failed steps', () => {
  const tests = 'Tests  2 failed | 5 passed (7)'
  expect(run('test', tests)).toEqual({ last: '5 passed, 2 failed', status: 1 })
  expect(run('test|run --silent boot', tests)).toEqual({ last: '5 passed, 3 failed', status: 1 })
})

test('a browser that cannot be installed is a failure', () => {
  expect(run('nothing', undefined, false)).toEqual({ last: '0 passed, 1 failed', status: 1 })
})

test('tests that did not run are no success', () => {
  expect(run('nothing', 'nothing to run')).toEqual({ last: '0 passed, 0 failed', status: 1 })
})
