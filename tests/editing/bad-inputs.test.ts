import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readForm } from '../../src/editing/read-form.ts'
import { proposeChange } from '../faults/keeping.ts'
import { BAD_FILES, BAD_FORMS, ODD_TEXTS, oddForm, saidOfFiles, saidOfForm } from './bad-inputs.ts'
import { SHELVES, useLibraries } from './shelves.ts'

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

const newLibrary = useLibraries()

test('docs/knowledge-errors.md tells of every input that was tried, and of no other', () => {
  expect([...rows('file').keys()]).toEqual(Object.keys(BAD_FILES))
  expect([...rows('form').keys()]).toEqual(Object.keys(BAD_FORMS))
  for (const name of Object.keys(ODD_TEXTS)) expect(doc).toContain(`\n- ${name}\n`)
})

test.each(Object.keys(BAD_FILES))('the file: %s', (name) => {
  expect(onOneLine(saidOfFiles(name))).toBe(rows('file').get(name))
})

describe.each(SHELVES)('in $where', ({ engine, inTable }) => {
  test('every bad form is refused with its words', async () => {
    const { keeper } = await (await newLibrary(engine, inTable)).open()
    for (const [name, form] of Object.entries(BAD_FORMS)) {
      expect(onOneLine(saidOfForm(form, keeper)), name).toBe(rows('form').get(name))
      expect(rows('form').get(name)).not.toBe('accepted')
    }
  })

  test.each(Object.entries(ODD_TEXTS))(
    'text stays text, also when it is written and read again: %s',
    async (_, text) => {
      const library = await newLibrary(engine, inTable)
      const desk = await library.open()
      const { keeper } = desk
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
      await keeper.approve(await proposeChange(desk, operation), { approver: '2', secondPerson: true })
      expect((await library.open()).keeper.snapshot.facts.get(fact?.id ?? '')).toEqual(fact)
    },
  )
})
