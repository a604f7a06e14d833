import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { jsonSchemas } from '../../src/knowledge/json-schema.ts'
import { GOOD } from './good-folder.ts'

const read = (file: string) => readFileSync(file, 'utf8')
const ajv = new Ajv({ strict: false })
const schemas = jsonSchemas()
const validators = new Map(Object.entries(schemas).map(([name, schema]) => [name, ajv.compile(schema)]))

/** Which schema a file of a knowledge folder has. */
function nameOf(file: string): keyof typeof schemas {
  const name = file.includes('topics/')
    ? 'topic'
    : file.includes('questions/')
      ? 'questions'
      : file.replace(/^.*\/|\.yaml$/g, '')
  return name as keyof typeof schemas
}

test('the schemas beside the shipped knowledge are those of now; else: npm run schema', () => {
  for (const [name, schema] of Object.entries(schemas)) {
    expect(JSON.parse(read(`knowledge/schema/${name}.json`)), name).toEqual(schema)
  }
})

describe.each(globSync('knowledge/{*,topics/*,questions/*}.yaml'))('%s', (file) => {
  test('names its schema in its first line, and keeps to it', () => {
    const [, path = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(read(file)) ?? []
    expect(join(dirname(file), path)).toBe(`knowledge/schema/${nameOf(file)}.json`)
    const validate = validators.get(nameOf(file))
    expect(validate?.(parse(read(file))), JSON.stringify(validate?.errors)).toBe(true)
  })
})

test.each(Object.entries(GOOD))('the good %s keeps to its schema', (file, text) => {
  const validate = validators.get(nameOf(file))
  expect(validate?.(parse(text)), JSON.stringify(validate?.errors)).toBe(true)
})

test.each([
  ['topics/ferries.yaml', 'kind: rule', 'kind: ruel'],
  ['topics/ferries.yaml', 'statement: A crossing cost 20', 'statment: A crossing cost 20'],
  ['topics/ferries.yaml', '    verified: 2025-09-19\n    reviewBy', '    reviewBy'],
  ['topics/ferries.yaml', 'verified: 2025-09-19', 'verified: 19 September'],
  ['topics/ferries.yaml', 'id: old-fare', 'id: Old Fare'],
  ['topics/ferries.yaml', 'citations: [{ source: notice, paragraph: 1 }]', 'citations: []'],
  ['topics/ferries.yaml', 'paragraph: 1 }', 'paragraph: one }'],
  ['topics/ferries.yaml', 'from: 2025,', 'from: 99,'],
  ['sources.yaml', 'date: 2025-09-19', 'date: yesterday'],
  ['sources.yaml', 'https://example.org/ferries', 'example.org'],
  ['entities.yaml', 'aliases: [the port, HO]', 'aliases: the port'],
  ['glossary.yaml', 'synonyms: [ticket price, charge]', 'synonyms: []'],
  ['questions/ferries.yaml', '  - Ferry price?\nwish', '  - 1\nwish'],
])('in %s, %s turned into %s is marked', (file, from, to) => {
  const text = GOOD[file] ?? ''
  expect(text).toContain(from)
  expect(validators.get(nameOf(file))?.(parse(text.replace(from, to)))).toBe(false)
})
