import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dateInWords, dayIn } from '../../src/knowledge/days.ts'

const scratch = mkdtempSync(join(tmpdir(), 'footnote-ask-'))
const good = join(scratch, 'good')
const broken = join(scratch, 'broken')
const batchFile = join(scratch, 'questions.jsonl')

const POND = `topic: pond
title: The pond
description: Rules of the village pond
facts:
  - id: swimming-ban
    statement: Swimming in the village pond is forbidden until 30 April 2025.
    kind: rule
    period: { until: 2025-04-30 }
    citations: [{ source: notice, paragraph: [2, 3] }]
    verified: 2025-01-02
  - id: duck-count
    statement: Twelve ducks lived on the pond in January 2025.
    kind: estimate
    citations: [{ source: notice }]
    verified: 2025-01-02
`
const QUESTIONS = `swimming-ban:
  - May I swim in the pond?
  - is swimming allowed in the village pond
  - can we go for a dip
duck-count:
  - How many ducks live on the pond?
  - number of ducks
`

function write(folder: string, path: string, text: string): void {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

function ask(args: readonly string[], input = ''): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, ['src/cli/ask.ts', ...args], { input, encoding: 'utf8' })
}

/** What a run of the command printed, a JSON object a line. */
function lines({ stdout }: SpawnSyncReturns<string>): Record<string, unknown>[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

beforeAll(() => {
  for (const folder of [good, broken]) {
    write(folder, 'sources.yaml', '- { id: notice, title: Notice at the pond, date: 2025-01-02 }\n')
    write(folder, 'questions/pond.yaml', QUESTIONS)
  }
  write(good, 'topics/pond.yaml', POND)
  write(
    broken,
    'topics/pond.yaml',
    POND.replace('source: notice }', 'source: notise }').replace('kind: rule', 'kind: ruel'),
  )
})

afterAll(() => rmSync(scratch, { recursive: true }))

describe('ask with a question', () => {
  it('prints what an asker would see: statement, source, status on that day', () => {
    const { status, stdout, stderr } = ask(['May I swim in the pond?', '--knowledge', good, '--as-of', '2025-03-01'])
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(stdout).toContain('Swimming in the village pond is forbidden until 30 April 2025.')
    expect(stdout).toContain('Notice at the pond')
    expect(stdout).toContain('1 March 2025')
    expect(stdout).not.toContain('swimming-ban')
  })

  it('takes words without quotation marks as one question', () => {
    const { stdout } = ask(['how', 'many', 'ducks', 'live', 'on', 'the', 'pond', '--knowledge', good])
    expect(stdout).toContain('Twelve ducks')
  })

  it('explains with --explain why this and not that', () => {
    const { status, stdout } = ask(['May I swim in the vilage pond?', '--knowledge', good, '--explain'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^Why: ./m)
    expect(stdout).toMatch(/words: swim, village, pond$/m)
    expect(stdout).toMatch(/mended: vilage → village$/m)
    expect(stdout).toMatch(/^ *-?\d+\.\d\d {2}swimming-ban$/m)
    expect(stdout).toMatch(/has: .*swim/)
    expect(stdout).toMatch(/lacks: swim, village/)
  })

  it('prints one JSON object with --json', () => {
    const run = ask(['May I swim in the pond?', '--knowledge', good, '--as-of', '2025-05-01', '--json'])
    expect(run.status).toBe(0)
    const outcome = JSON.parse(run.stdout)
    expect(outcome).toMatchObject({ kind: 'answer', text: expect.stringContaining('Swimming') })
    expect(outcome.facts).toEqual([
      { id: 'swimming-ban', kind: 'rule', status: 'expired', citations: [{ source: 'notice', paragraph: [2, 3] }] },
    ])
    expect(outcome).not.toHaveProperty('why')
  })

  it('adds the reasons to it with --explain', () => {
    const { stdout } = ask(['ducks', '--knowledge', good, '--json', '--explain'])
    expect(JSON.parse(stdout).why).toMatchObject({ words: ['ducks'], decision: expect.any(String) })
  })

  it('declines what the knowledge does not hold, and names the topics', () => {
    const { status, stdout } = ask(['Who painted the Mona Lisa?', '--knowledge', good])
    expect(status).toBe(0)
    expect(stdout).toContain('/pond')
  })

  it('answers from the shipped knowledge when no folder is given', () => {
    const run = ask(['tariffs', '--as-of', '2025-09-20', '--json'])
    expect(run.status).toBe(0)
    expect(JSON.parse(run.stdout).facts.length).toBeGreaterThan(0)
  })
})

describe('ask refuses, with a message and how to use it,', () => {
  it.each([
    ['a day that does not exist', ['q', '--as-of', '2025-02-30'], '2025-02-30'],
    ['a day in another form', ['q', '--as-of', '20.9.2025'], '20.9.2025'],
    ['no question', [], 'There is no question'],
    ['an unknown flag', ['q', '--colour'], '--colour'],
    ['a flag without its value', ['q', '--as-of'], '--as-of'],
  ])('%s', (_, args, told) => {
    const { status, stdout, stderr } = ask(args)
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain(told)
    expect(stderr).toContain('usage:')
    expect(stderr).not.toMatch(/^\s+at /m)
  })
})

describe('ask with a knowledge folder', () => {
  it('that has faults tells all of them, each at its line, and answers nothing', () => {
    const { status, stdout, stderr } = ask(['May I swim in the pond?', '--knowledge', broken])
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/topics\/pond\.yaml:7:\d+/)
    expect(stderr).toMatch(/topics\/pond\.yaml:14:\d+/)
    expect(stderr).toContain('notise')
    expect(stderr).not.toMatch(/^\s+at /m)
  })

  it('that is not there says so', () => {
    const { status, stderr } = ask(['q', '--knowledge', join(scratch, 'nowhere')])
    expect(status).toBe(1)
    expect(stderr).toContain('cannot be read')
  })
})

describe('ask --batch', () => {
  const input = [
    '{"id": "one", "question": "May I swim in the pond?", "as_of": "2025-03-01"}',
    'this is not JSON',
    '{"id": 2, "question": "How many ducks live on the pond?", "as_of": "2025-03-01"}',
    '[1, 2]',
    '',
    '{"id": "no-question"}',
    '{"id": "no-day", "question": "q", "as_of": "2025-13-01"}',
    '{"id": "early", "question": "May I swim in the pond?", "as_of": "2024-06-01"}',
    '{"id": "today", "question": "May I swim in the pond?"}',
    '{"id": "odd", "question": "constructor 😀 \\u202e", "as_of": null}',
  ].join('\n')
  let run: SpawnSyncReturns<string>

  beforeAll(() => {
    run = ask(['--batch', '-', '--knowledge', good], input)
  })

  it('gives a line for each line, in order, and goes on after bad ones', () => {
    expect(run.status).toBe(0)
    expect(lines(run).map(({ id }) => id)).toEqual([
      'one',
      undefined,
      2,
      undefined,
      'no-question',
      'no-day',
      'early',
      'today',
      'odd',
    ])
  })

  it('tells bad lines by an error and nothing else', () => {
    const bad = lines(run).filter((line) => 'error' in line)
    expect(bad.map(({ error }) => error)).toEqual(Array(4).fill(expect.stringMatching(/./)))
    expect(bad.every((line) => !('kind' in line))).toBe(true)
  })

  it('tells kind, text and facts of the others', () => {
    const [one, , ducks, , , , early] = lines(run)
    expect(one).toMatchObject({ kind: 'answer', facts: [{ id: 'swimming-ban', status: 'current' }] })
    expect(one?.text).toContain('forbidden')
    expect(ducks).toMatchObject({ kind: 'answer', facts: [{ id: 'duck-count', citations: [{ source: 'notice' }] }] })
    expect(early).toMatchObject({ kind: 'abstention', facts: [] })
  })

  it('reads a file as it reads standard input, with any line endings', () => {
    writeFileSync(batchFile, input.replaceAll('\n', '\r\n'))
    expect(ask(['--batch', batchFile, '--knowledge', good]).stdout).toBe(run.stdout)
  })

  it('takes --as-of for lines without a day of their own', () => {
    const line = '{"id": 1, "question": "May I swim in the pond?"}'
    const [told] = lines(ask(['--batch', '-', '--as-of', '2025-05-01', '--knowledge', good], line))
    expect(told).toMatchObject({ facts: [{ status: 'expired' }] })
  })

  it('ends with an error when the file is not there', () => {
    const { status, stdout, stderr } = ask(['--batch', join(scratch, 'nothing.jsonl'), '--knowledge', good])
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain('nothing.jsonl')
    expect(stderr).not.toMatch(/^\s+at /m)
  })

  it('ends quietly when its reader has seen enough', async () => {
    const child = spawn(process.execPath, ['src/cli/ask.ts', '--batch', '-', '--knowledge', good])
    let complaints = ''
    child.stderr.on('data', (data) => {
      complaints += data
    })
    child.stdin.on('error', () => {})
    child.stdin.end('{"question":"ducks"}\n'.repeat(2000))
    child.stdout.once('data', () => child.stdout.destroy())
    await once(child, 'close')
    expect(complaints).toBe('')
  })

  it('of nothing prints nothing', () => {
    expect(ask(['--batch', '-', '--knowledge', good])).toMatchObject({ status: 0, stdout: '' })
  })
})

describe('without --as-of', () => {
  it.each(['Pacific/Kiritimati', 'Pacific/Midway'])('the day is the one that it is now in TIME_ZONE: %s', (zone) => {
    const today = () => dateInWords(dayIn(zone, new Date()))
    const before = today()
    const env = { ...process.env, TIME_ZONE: zone }
    const { stdout } = spawnSync(process.execPath, ['src/cli/ask.ts', 'ducks', '--knowledge', good], {
      encoding: 'utf8',
      env,
    })
    // Midnight may pass while it runs.
    expect([before, today()].some((day) => stdout.includes(`As of ${day}`))).toBe(true)
  })
})
