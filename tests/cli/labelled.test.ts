import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readLabelled } from '../../src/cli/labelled.ts'
import { loadKnowledge } from '../../src/knowledge/load.ts'

const scratch = mkdtempSync(join(tmpdir(), 'footnote-labelled-'))
afterAll(() => rmSync(scratch, { recursive: true }))

function folderWith(name: string, text: string): string {
  const folder = mkdtempSync(join(scratch, 'set-'))
  writeFileSync(join(folder, name), text)
  return folder
}

describe('labelled questions', () => {
  it('are read a line each, blank lines left out', async () => {
    const folder = folderWith(
      'a.jsonl',
      '{"q":"one","type":"list","facts":["x","y"],"all":true}\n\n{"q":"two","type":"off-topic","facts":[]}\n',
    )
    expect(await readLabelled(folder)).toEqual([
      { q: 'one', type: 'list', facts: ['x', 'y'], all: true },
      { q: 'two', type: 'off-topic', facts: [] },
    ])
  })

  it('are none where there is no folder, nor in other files', async () => {
    expect(await readLabelled(join(scratch, 'nowhere'))).toEqual([])
    expect(await readLabelled(folderWith('notes.txt', 'not JSON'))).toEqual([])
  })

  it.each([
    ['an unknown type', '{"q":"one","type":"odd","facts":[]}'],
    ['an unknown key', '{"q":"one","type":"list","facts":[],"fact":"x"}'],
    ['a day that does not exist', '{"q":"one","type":"temporal","facts":[],"asOf":"2025-02-30"}'],
    ['broken JSON', '{"q":"one"'],
  ])('are refused with %s', async (_, line) => {
    await expect(readLabelled(folderWith('a.jsonl', line))).rejects.toThrow()
  })

  it('that are shipped name facts that exist, and ask each thing once', async () => {
    const loaded = await loadKnowledge('knowledge', { reservedNames: [] })
    const labelled = await readLabelled('tests/answering/labelled')
    expect(labelled.length).toBeGreaterThan(200)
    const missing = labelled.flatMap(({ facts }) => facts).filter((id) => loaded.ok && !loaded.snapshot.facts.has(id))
    expect(loaded.ok).toBe(true)
    expect(missing).toEqual([])
    const asked = labelled.map(({ q, asOf = '' }) => `${q} ${asOf}`)
    expect(asked.filter((text, i) => asked.indexOf(text) !== i)).toEqual([])
  })

  it('that are shipped name a fact wherever they say that one answers', async () => {
    const labelled = await readLabelled('tests/answering/labelled')
    const answerable = labelled.filter(({ type }) => ['answerable', 'list', 'double', 'false-premise'].includes(type))
    expect(answerable.filter(({ facts }) => facts.length === 0)).toEqual([])
  })
})
