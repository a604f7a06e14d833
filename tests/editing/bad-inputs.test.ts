import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { folderShelf } from '../../src/editing/folder.ts'
import { type Keeper, openKeeper } from '../../src/editing/keeper.ts'
import { readForm } from '../../src/editing/read-form.ts'
import { RESERVED_NAMES } from '../../src/knowledge/reserved-names.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { GOOD } from '../knowledge/good-folder.ts'
import { BAD_FILES, BAD_FORMS, ODD_TEXTS, oddForm, saidOfFiles, saidOfForm } from './bad-inputs.ts'

const doc = readFileSync('docs/knowledge-errors.md', 'utf8')

/** The rows of the table with this heading, as input and message. */
function rows(heading: string): Map<string, string> {
  const [, table = ''] = doc.split(`| ${heading} | message |\n|---|---|\n`)
  return new Map(
    (table.split('\n\n')[0] ?? '')
      .trim()
      .split('\n')
      .map((row) => {
        const [, input = '', message = ''] = row.split(/(?<!\\)\|/)
        return [input.trim(), message.trim().replaceAll('\\|', '|')]
      }),
  )
}

const onOneLine = (text: string) => text.replaceAll('\n', ' ')

let root: string
let store: Store
let keeper: Keeper
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'footnote-inputs-'))
  for (const [path, text] of Object.entries(GOOD)) {
    mkdirSync(dirname(join(root, 'knowledge', path)), { recursive: true })
    writeFileSync(join(root, 'knowledge', path), text)
  }
  store = await openStore(join(root, 'data'))
  const now = () => new Date('2025-09-20T12:00:00Z')
  const opened = await openKeeper({
    shelf: folderShelf(join(root, 'knowledge')),
    reservedNames: RESERVED_NAMES,
    store,
    now,
  })
  if ('faults' in opened) throw new Error(JSON.stringify(opened.faults))
  keeper = opened.keeper
})
afterAll(async () => {
  await store.close()
  rmSync(root, { recursive: true })
})

test('docs/knowledge-errors.md tells of every input that was tried, and of no other', () => {
  expect([...rows('file').keys()]).toEqual(Object.keys(BAD_FILES))
  expect([...rows('form').keys()]).toEqual(Object.keys(BAD_FORMS))
  for (const name of Object.keys(ODD_TEXTS)) expect(doc).toContain(`\n- ${name}\n`)
})

test.each(Object.keys(BAD_FILES))('the file: %s', (name) => {
  expect(onOneLine(saidOfFiles(name))).toBe(rows('file').get(name))
})

test.each(Object.entries(BAD_FORMS))('the form: %s', (name, form) => {
  expect(onOneLine(saidOfForm(form, keeper))).toBe(rows('form').get(name))
  expect(rows('form').get(name)).not.toBe('accepted')
})

describe('text stays text', () => {
  test.each(Object.entries(ODD_TEXTS))('%s', (_, text) => {
    const reading = { snapshot: keeper.snapshot, today: '2025-09-20', used: new Set<string>() }
    const operation = readForm(oddForm(text), reading)
    const { snapshot } = keeper.preview(operation)
    expect(snapshot.facts.size).toBe(keeper.snapshot.facts.size + 1)
    const fact = snapshot.facts.get('id' in operation ? operation.id : '')
    const visible = text
      .toWellFormed()
      .replace(/[\p{Cc}\s]+/gu, ' ')
      .replace(/\p{Cf}/gu, '')
      .trim()
    expect(fact?.statement).toBe(`Dogs: ${visible}`)
    expect(fact?.kind).toBe('rule')
  })
})
