import * as z from 'zod'
import { isDay, isPartialDate } from './days.ts'
import type { FaultCode } from './fault.ts'

/** What a rule of ours puts into a zod issue, beside its message. */
export interface RuleParams {
  readonly code: FaultCode
  readonly hint: string
}

export const LIMITS = {
  id: 60,
  statement: 400,
  question: 200,
  description: 100,
  title: 200,
  name: 100,
  url: 500,
  quoteWords: 25,
  topic: 32,
} as const

/** Text on one line: line breaks and runs of spaces come from folding in the YAML, not from the curator. */
function text(max: number) {
  return z
    .string()
    .overwrite((value) => (TIDY.test(value) ? value : value.replace(/\s+/g, ' ').trim()))
    .refine((value) => TIDY.test(value) || /[^\p{C}\p{Z}]/u.test(value), {
      error: 'here is no text',
      params: rule('empty-text', 'Write the text, or remove the key if it may be missing.'),
      abort: true,
    })
    .refine((value) => TIDY.test(value) || !CONTROL.test(value), {
      error: 'the text holds control characters',
      params: rule('control-character', 'Type the text anew: something invisible was pasted with it.'),
    })
    .max(max)
}

// ASCII words one blank apart: nearly every text, for which no other question has to be asked.
const TIDY = /^[!-~]+(?: [!-~]+)*$/
// Also halves of a surrogate pair, and marks that turn the direction of writing round.
const CONTROL = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u

const id = z
  .string()
  .max(LIMITS.id)
  .refine((value) => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(value), {
    error: ({ input }) => `${JSON.stringify(input)} cannot be an id`,
    params: rule(
      'bad-id',
      'An id is lower-case letters a-z and digits, in words joined by single hyphens: price-cap-2025.',
    ),
  })

/** An id that has to lead somewhere: whether it does is looked at where all files are known. */
const reference = z.string()

/** YAML reads 2025 as a number. */
function dateText(exists: (value: string) => boolean, pattern: RegExp, form: string) {
  return z.preprocess(
    (value) => (typeof value === 'number' ? String(value) : value),
    z
      .string()
      .refine((value) => pattern.test(value), {
        error: ({ input }) => `${JSON.stringify(input)} is not a date in the form of ${form}`,
        params: rule('bad-date', `Write it as ${form}.`),
        abort: true,
      })
      .refine(exists, {
        error: ({ input }) => `there is no day ${input}`,
        params: rule('impossible-date', 'Look the date up: the calendar does not have this one.'),
      }),
  )
}

const day = dateText(isDay, /^\d{4}-\d{2}-\d{2}$/, '2025-09-19')
const partialDate = dateText(isPartialDate, /^\d{4}(-\d{2}(-\d{2})?)?$/, '2025-09-19, 2025-09 or 2025')

const paragraph = z.int().min(1)
const citation = z.strictObject({
  source: reference,
  paragraph: z
    .union([paragraph, z.array(paragraph)], { error: 'it should be the number of a paragraph, or a list of such' })
    .exactOptional(),
})

const quoteText = text(LIMITS.statement).refine((value) => value.split(' ').length <= LIMITS.quoteWords, {
  error: ({ input }) => `the quote has ${String(input).split(' ').length} words; the limit is ${LIMITS.quoteWords}`,
  params: rule('long-quote', 'Keep the few words that matter; the statement says the rest in your own words.'),
})

const fact = z.strictObject({
  id,
  statement: text(LIMITS.statement),
  kind: z.enum(['rule', 'event', 'plan', 'position', 'estimate', 'unknown']),
  entities: z.array(reference).default([]),
  speaker: reference.exactOptional(),
  period: z.strictObject({ from: partialDate.exactOptional(), until: partialDate.exactOptional() }).default({}),
  known: partialDate.exactOptional(),
  citations: z.array(citation).min(1),
  quote: z.strictObject({ text: quoteText, speaker: reference.exactOptional() }).exactOptional(),
  measure: z
    .strictObject({
      name: text(LIMITS.name),
      of: reference.exactOptional(),
      value: z.number(),
      unit: text(LIMITS.name),
      bound: z.enum(['exactly', 'at-most', 'about']).default('exactly'),
    })
    .exactOptional(),
  supersedes: z.array(reference).default([]),
  contrasts: z.array(reference).default([]),
  verified: day,
  reviewBy: day.exactOptional(),
})

export const topicShape = z.strictObject({
  topic: text(LIMITS.name),
  title: text(LIMITS.title),
  description: text(LIMITS.description),
  /** Empty while the first fact of a new topic is yet to come. */
  facts: z.array(fact),
})

export const questionsShape = z.record(z.string(), z.array(text(LIMITS.question))).nullable()

export const sourcesShape = z.array(
  z.strictObject({
    id,
    title: text(LIMITS.title),
    publisher: text(LIMITS.name).exactOptional(),
    date: partialDate,
    url: text(LIMITS.url)
      .refine(isWebAddress, {
        error: ({ input }) => `${JSON.stringify(input)} is not an http or https address`,
        params: rule('bad-url', 'Give the whole address, from https:// on, or leave the key out.'),
      })
      .exactOptional(),
  }),
)

export const entitiesShape = z
  .array(
    z.strictObject({
      id,
      name: text(LIMITS.name),
      body: reference.exactOptional(),
      aliases: z.array(text(LIMITS.name)).default([]),
    }),
  )
  .nullable()

export const glossaryShape = z
  .array(z.strictObject({ term: text(LIMITS.name), synonyms: z.array(text(LIMITS.name)).min(1) }))
  .nullable()

export type TopicData = z.output<typeof topicShape>
export type FactData = TopicData['facts'][number]
export type QuestionsData = z.output<typeof questionsShape>
export type SourcesData = z.output<typeof sourcesShape>
export type EntitiesData = z.output<typeof entitiesShape>
export type GlossaryData = z.output<typeof glossaryShape>

function rule(code: FaultCode, hint: string): RuleParams & Record<string, unknown> {
  return { code, hint }
}

function isWebAddress(value: string): boolean {
  return /^https?:\/\//i.test(value) && URL.canParse(value)
}
