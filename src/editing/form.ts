import type { Fact, Measure, Snapshot } from '../knowledge/snapshot.ts'
import type { ItemChange } from './items.ts'

/** What a moderator can do to the knowledge. */
export type FormKind =
  | 'add'
  | 'edit'
  | 'supersede'
  | 'retire'
  | 'verify'
  | 'ask-as'
  | 'source'
  | 'entity'
  | 'glossary'
  | 'topic'
  | 'undo'

export type FieldName =
  | 'statement'
  | 'questions'
  | 'period'
  | 'quote'
  | 'why'
  | 'kind'
  | 'topic'
  | 'citations'
  | 'speaker'
  | 'entities'
  | 'known'
  | 'reviewBy'
  | 'measure'
  | 'title'
  | 'publisher'
  | 'date'
  | 'url'
  | 'name'
  | 'aliases'
  | 'synonyms'
  | 'description'

/** What was chosen and typed, as it was typed: nothing of it is lost while it is not right yet. */
export interface Form {
  readonly kind: FormKind
  /** The fact, source, entity, term or topic that it is about; for something new, what it will be. */
  readonly id?: string
  readonly fields: Partial<Record<FieldName, string>>
  /** What stood in the fields at first: only what differs from it is changed. */
  readonly base: Partial<Record<FieldName, string>>
  /** Fields of an open proposal that were typed and are not right yet. */
  readonly pending?: Partial<Record<FieldName, string>>
  /** Who typed those: their words, too, once somebody makes them right. */
  readonly pendingBy?: readonly string[]
  /** The author's name, for the history. */
  readonly by: string
  /** The gap that it is to close, and the complaint that it answers. */
  readonly gap?: number
  readonly complaint?: number
  /** For `undo`: the revision, and what it changed. */
  readonly revision?: number
  readonly changes?: readonly ItemChange[]
}

/** One field of a form as a moderator sees it. */
export interface Field {
  readonly name: FieldName
  readonly label: string
  readonly placeholder?: string
  readonly long?: true
  readonly required?: true
  readonly max: number
}

const FIELDS: Record<FieldName, Omit<Field, 'name'>> = {
  statement: {
    label: 'The fact, as one complete sentence',
    placeholder: 'In your own words, with full dates: “on 19 September 2025”, not “last week”.',
    long: true,
    required: true,
    max: 400,
  },
  questions: {
    label: 'How people would ask for it, one a line',
    placeholder: 'At least three, in different words.',
    long: true,
    required: true,
    max: 4000,
  },
  period: {
    label: 'When it holds or happens',
    placeholder: '1 May 2025 to 10 November 2025 · until 2025-11-10 · from May 2025 · on 19 September 2025',
    max: 100,
  },
  quote: { label: 'The very words, and who said them', placeholder: 'Fares must fall. — Jane Doe', max: 400 },
  why: { label: 'Why this change (for the history)', max: 300 },
  kind: { label: 'Kind', placeholder: 'rule, event, plan, position, estimate or unknown', required: true, max: 20 },
  topic: { label: 'Topic', required: true, max: 32 },
  citations: {
    label: 'Sources, one a line, with paragraphs',
    placeholder: 'report-2025-09-19: 16, 17',
    long: true,
    required: true,
    max: 1000,
  },
  speaker: {
    label: 'Whose claim, wish or figure it is',
    placeholder: 'An entity, for example Harbour Office',
    max: 100,
  },
  entities: {
    label: 'What it is about, separated by commas',
    placeholder: 'Entities: Harbour Office, ferries',
    max: 1000,
  },
  known: { label: 'Known since (if not since its source)', placeholder: '2025-09-19', max: 30 },
  reviewBy: { label: 'Look at it again by', placeholder: '2026-01-31', max: 30 },
  measure: { label: 'Its figure, for charts', placeholder: 'fare of Harbour Office: at most 30 euro', max: 300 },
  title: { label: 'Title', required: true, max: 200 },
  publisher: { label: 'Publisher', max: 100 },
  date: { label: 'Date of publication', placeholder: '2025-09-19', required: true, max: 30 },
  url: { label: 'Address on the web', placeholder: 'https://…', max: 500 },
  name: { label: 'Name', required: true, max: 100 },
  aliases: { label: 'Other names, one a line', long: true, max: 4000 },
  synonyms: { label: 'Words that mean the same, one a line', long: true, required: true, max: 2000 },
  description: { label: 'What it covers, in a few words', required: true, max: 100 },
}

/** The pages of a kind of form: five fields at most, as Discord has it. The first one is asked for, others on demand. */
const PAGES: Record<FormKind, readonly (readonly FieldName[])[]> = {
  add: [
    ['statement', 'questions', 'period', 'quote', 'why'],
    ['citations', 'entities', 'speaker', 'known', 'measure'],
    ['topic', 'kind', 'statement', 'questions', 'citations'],
  ],
  supersede: [
    ['statement', 'questions', 'period', 'quote', 'why'],
    ['citations', 'entities', 'speaker', 'known', 'measure'],
  ],
  edit: [
    ['statement', 'questions', 'period', 'quote', 'why'],
    ['citations', 'entities', 'speaker', 'known', 'measure'],
  ],
  retire: [['why']],
  verify: [['reviewBy', 'why']],
  'ask-as': [['questions', 'why']],
  source: [['title', 'publisher', 'date', 'url', 'why']],
  entity: [['name', 'aliases', 'why']],
  glossary: [['synonyms', 'why']],
  topic: [['title', 'description', 'why']],
  undo: [['why']],
}

/** The pages of a form by what they are for. */
export const PAGE = { first: 0, details: 1, fromNothing: 2 } as const

/** Whether a form has a page of details. */
export function hasDetails({ kind }: Pick<Form, 'kind'>): boolean {
  return PAGES[kind].length > PAGE.details
}

/** The fields on a page of a form. A text that is longer than a field can be is left out: it is edited in a file. */
export function fieldsOn({ kind, base }: Form, page: number): Field[] {
  return (PAGES[kind][page] ?? [])
    .map(
      (name): Field => ({ name, ...FIELDS[name], ...(kind === 'retire' && name === 'why' ? { required: true } : {}) }),
    )
    .filter(({ name, max }) => (base[name] ?? '').length <= max)
}

/** What stands in the fields for a fact that is there. */
export function fieldsOfFact(fact: Fact, snapshot: Snapshot): Partial<Record<FieldName, string>> {
  const nameOf = (id: string) => snapshot.entities.get(id)?.name ?? id
  const { from, until } = fact.period
  const speaker = fact.quote?.speaker ? ` — ${nameOf(fact.quote.speaker)}` : ''
  return {
    statement: fact.statement,
    questions: fact.askedAs.join('\n'),
    period:
      from !== undefined && from === until
        ? `on ${from}`
        : [from && `from ${from}`, until && `until ${until}`].filter(Boolean).join(' '),
    quote: fact.quote ? `${fact.quote.text}${speaker}` : '',
    kind: fact.kind,
    topic: fact.topic,
    citations: fact.citations
      .map(({ source, paragraphs }) => (paragraphs.length > 0 ? `${source}: ${paragraphs.join(', ')}` : source))
      .join('\n'),
    speaker: fact.speaker ? nameOf(fact.speaker) : '',
    entities: fact.entities.map((id) => (nameOf(id).includes(',') ? id : nameOf(id))).join(', '),
    known: fact.stated ?? '',
    measure: fact.measure ? measureText(fact.measure, nameOf) : '',
  }
}

const BOUNDS = { exactly: '', 'at-most': 'at most ', about: 'about ' }

function measureText({ name, of, value, unit, bound }: Measure, nameOf: (id: string) => string): string {
  return `${name}${of ? ` of ${nameOf(of)}` : ''}: ${BOUNDS[bound]}${value} ${unit}`
}
