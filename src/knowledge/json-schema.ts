import * as z from 'zod'
import { entitiesShape, glossaryShape, questionsShape, sourcesShape, topicShape } from './shapes.ts'

/** A JSON Schema, as editors with the YAML language server read it. */
export type JsonSchema = Record<string, unknown>

const SHAPES = {
  topic: topicShape,
  questions: questionsShape,
  sources: sourcesShape,
  entities: entitiesShape,
  glossary: glossaryShape,
}

const TITLES: Record<keyof typeof SHAPES, string> = {
  topic: 'A topic and its facts',
  questions: 'How people ask: questions under the ids of their facts',
  sources: 'The documents that facts cite',
  entities: 'People, bodies, places and things, with their other names',
  glossary: 'Words that mean the same',
}

/** What editors show of a key. */
const DESCRIPTIONS: Record<string, string> = {
  topic: 'The name of the slash command, and of this file: lower case, digits and hyphens.',
  description: 'What the topic covers, in a few words.',
  facts: 'The facts on the topic.',
  id: 'Lower-case words joined by hyphens. It never changes, and is never used again.',
  statement: 'The sentence that the fact asserts: your own words, complete by itself, absolute dates only.',
  kind: 'rule: in force over a period · event: happened · plan: announced for a date · position: what its speaker says, wants or opposes · estimate: somebody’s figure · unknown: left open by the source',
  entities: 'Ids of the entities that it is about.',
  speaker: 'Id of the entity whose claim, wish or figure it is; a position needs one.',
  period: 'The days on which it holds or happens, both included.',
  from: 'The first day, month or year. Missing: since it became known.',
  until: 'The last day, month or year. Missing: no end is stated.',
  known: 'The day from which it is known. Missing: an event’s own day, else that of its earliest source.',
  citations: 'Where it stands: at least one.',
  source: 'Id of a source in sources.yaml.',
  paragraph: 'The number of a paragraph, or a list of such.',
  quote: 'At most 25 words that somebody really said or wrote.',
  text: 'The very words.',
  measure: 'The figure in the fact.',
  supersedes: 'Ids of the facts that it replaces.',
  contrasts: 'Ids of facts in which others say something else on the same point. Once is enough: it holds both ways.',
  body: 'Id of the body that a person belongs to or speaks for.',
  verified: 'The day on which somebody last looked whether it holds.',
  reviewBy: 'After this day it is shown as unverified. Missing: 90 days after verified.',
  title: 'As people read it.',
  publisher: 'Who published it.',
  name: 'What it is called; of a measure, what is measured.',
  of: 'Id of the entity whose figure it is.',
  value: 'The number by itself.',
  unit: '%, euro, days …',
  bound: 'Whether it is exactly, at-most or about that.',
  term: 'The word that facts use.',
  aliases: 'Other names that people use.',
  synonyms: 'Other words for it.',
  date: 'The day, month or year of publication.',
  url: 'Its address, from https:// on.',
}

const ID = '^[a-z0-9]+(?:-[a-z0-9]+)*$'
const DAY = '^\\d{4}-\\d{2}-\\d{2}$'
const PARTIAL_DATE = '^\\d{4}(?:-\\d{2}(?:-\\d{2})?)?$'

/** What the shapes check by rules of ours, as far as a schema can say it. */
const RULES: Record<string, JsonSchema> = {
  id: { pattern: ID },
  topic: { pattern: "^[-_'\\p{Ll}\\p{Lo}\\p{Lm}\\p{N}]{1,32}$" },
  verified: { pattern: DAY },
  reviewBy: { pattern: DAY },
  url: { pattern: '^[hH][tT][tT][pP][sS]?://' },
  // YAML reads a year as a number.
  ...Object.fromEntries(
    ['from', 'until', 'known', 'date'].map((key) => [
      key,
      { type: ['string', 'integer'], pattern: PARTIAL_DATE, minimum: 1000, maximum: 9999 },
    ]),
  ),
}

/** The schema of each kind of file, by name. */
export function jsonSchemas(): Record<keyof typeof SHAPES, JsonSchema> {
  const schemas = Object.entries(SHAPES).map(([name, shape]) => {
    const { $schema, ...schema } = z.toJSONSchema(shape, { io: 'input', target: 'draft-7', override: explain })
    return [name, { $schema, title: TITLES[name as keyof typeof SHAPES], ...schema }]
  })
  return Object.fromEntries(schemas)
}

function explain({ jsonSchema, path }: { jsonSchema: JsonSchema; path: (string | number)[] }): void {
  const key = path.at(-2) === 'properties' ? String(path.at(-1)) : ''
  const description = DESCRIPTIONS[key]
  if (description) jsonSchema.description = description
  Object.assign(jsonSchema, RULES[key])
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
}
