import type { Form } from '../../src/editing/form.ts'
import type { Keeper } from '../../src/editing/keeper.ts'
import { readForm } from '../../src/editing/read-form.ts'
import { UserError } from '../../src/errors.ts'
import { parseKnowledge } from '../../src/knowledge/parse.ts'
import { folderWith, GOOD, spoiled } from '../knowledge/good-folder.ts'

const FERRIES = GOOD['topics/ferries.yaml'] ?? ''

/** Files as somebody left them, and what they were. */
export const BAD_FILES: Readonly<Record<string, ReturnType<typeof folderWith>>> = {
  'a topic cut off in the middle of a line': folderWith({ 'topics/ferries.yaml': FERRIES.slice(0, 150) }),
  'an empty topic': folderWith({ 'topics/ferries.yaml': '' }),
  'a topic with the marks of an unfinished merge': folderWith({ 'topics/ferries.yaml': `<<<<<<< HEAD\n${FERRIES}` }),
  'no sources.yaml': folderWith({ 'sources.yaml': undefined }),
  'a topic saved as Latin-1': folderWith({
    'topics/ferries.yaml': Uint8Array.from(Buffer.from(FERRIES.replace('Ferries', 'F\xe9rries'), 'latin1')),
  }),
  'a file of 1.2 megabytes': folderWith({ 'questions/ferries.yaml': `# ${'x'.repeat(1_200_000)}` }),
  'zero bytes in a topic': folderWith({ 'topics/ferries.yaml': `\0\0\0${FERRIES}` }),
  'tabs instead of blanks': spoiled(
    'topics/ferries.yaml',
    '    period: { from: 2025, until',
    '\tperiod: { from: 2025, until',
  ),
  'a misspelt key': spoiled('topics/ferries.yaml', 'reviewBy', 'reviewby'),
  'a word for a kind that is none': spoiled('topics/piers.yaml', 'kind: event', 'kind: fact'),
  'the 30th of February': spoiled('topics/ferries.yaml', 'reviewBy: 2026-01-01', 'reviewBy: 2026-02-30'),
  'an id that is there already': spoiled('topics/piers.yaml', 'id: pier-opened', 'id: fare-cap'),
  'a source that is not there': spoiled(
    'topics/ferries.yaml',
    '{ source: notice, paragraph: 1 }',
    '{ source: notcie, paragraph: 1 }',
  ),
  'facts that replace each other': spoiled(
    'topics/ferries.yaml',
    '    reviewBy: 2026-01-01\n',
    '    supersedes: [wish]\n',
  ),
}

/** The first thing that is said of such files. */
export function saidOfFiles(name: string): string {
  const loaded = parseKnowledge(BAD_FILES[name] ?? [], { reservedNames: [] })
  if (loaded.ok) return 'accepted'
  const [first] = loaded.faults
  return first ? `${first.file}: ${first.message}. ${first.hint}` : ''
}

const ADD: Form = {
  kind: 'add',
  by: 'jo',
  base: {},
  fields: {
    topic: 'ferries',
    kind: 'rule',
    citations: 'report: 3',
    statement: 'Dogs travel free of charge.',
    questions: 'Do dogs pay?\nticket for a dog\nis my dog free',
  },
}
const adding = (fields: Form['fields'], form: Partial<Form> = {}): Form => ({
  ...ADD,
  ...form,
  fields: { ...ADD.fields, ...fields },
})
const other = (kind: Form['kind'], id: string | undefined, fields: Form['fields'], base: Form['base'] = {}): Form => ({
  kind,
  by: 'jo',
  base,
  fields,
  ...(id === undefined ? {} : { id }),
})

/** Forms as somebody sent them, and what was typed. */
export const BAD_FORMS: Readonly<Record<string, Form>> = {
  'a statement of blanks and invisible characters': adding({ statement: ' \u200b\u2060 ' }),
  'a statement with a relative date': adding({ statement: 'Dogs travel free since last week.' }),
  'a statement of 4,000 characters': adding({ statement: 'Dogs travel free. '.repeat(222).trim() }),
  'two questions': adding({ questions: 'Do dogs pay?\nticket for a dog' }),
  'the same question three times': adding({ questions: 'Do dogs pay?\ndo dogs pay\n- DO DOGS PAY!' }),
  'a question of 250 characters': adding({ questions: `${ADD.fields.questions}\n${'Do dogs pay '.repeat(21)}` }),
  'a period that is no date': adding({ period: 'for a while' }),
  'a period with an impossible day': adding({ period: 'until 2025-02-30' }),
  'a period that ends before it begins': adding({ period: '10 November 2025 to 1 May 2025' }),
  'a source that is not there': adding({ citations: 'reprot: 3' }),
  'no source': adding({ citations: '' }),
  'paragraph 0': adding({ citations: 'report: 0' }),
  'an entity that is not there': adding({ entities: 'Harbour Ofice' }),
  'a position without its speaker': adding({ kind: 'position' }),
  'a kind that is none': adding({ kind: 'rumour' }),
  'a topic that is not there': adding({ topic: 'trains' }),
  'a topic that is a path': adding({ topic: '../../etc/passwd' }),
  'a quote of 30 words': adding({ quote: `${'word '.repeat(30)}— Jane Doe` }),
  'a quote by nobody known': adding({ quote: 'Dogs pay nothing. — John Roe' }),
  '“known since yesterday”': adding({ known: 'yesterday' }),
  'a figure without a number': adding({ measure: 'fare: a lot' }),
  'a month as the day of review': other('verify', 'wish', { reviewBy: 'May 2026' }),
  'a review in the past': other('verify', 'wish', { reviewBy: '2020-01-01' }),
  'a topic name with capitals and a blank': other('topic', 'My Topic', { title: 'T', description: 'D' }),
  'a topic name that leads out of the folder': other('topic', '../evil', { title: 'T', description: 'D' }),
  'a topic name that a command has': other('topic', 'help', { title: 'T', description: 'D' }),
  'an address that runs a script': other('source', undefined, { title: 'T', date: '2025', url: 'javascript:alert(1)' }),
  'a source without a date': other('source', undefined, { title: 'T', date: '' }),
  'an alias that another entity has': other('entity', 'jane-doe', { name: 'Jane Doe', aliases: 'the port' }),
  'a new term without other words': other('glossary', 'boat', { synonyms: ' ' }),
  'an edit that changes nothing': other('edit', 'wish', { statement: 'Same.' }, { statement: 'Same.' }),
  'a fact that is no longer there': other('retire', 'gone', { why: 'old' }),
}

/** Forms whose text looks like something else and is taken as what it is: text. */
export const ODD_TEXTS: Readonly<Record<string, string>> = {
  'YAML that would begin another fact': 'x\n  - id: evil\n    kind: rule',
  'a key and a comment': 'statement: {a: [b, *c]} # &d !e',
  'quotes and backslashes': '"\\"\'\'"\\n',
  'mentions and mark-up': '@everyone <@1> **bold** [link](https://x.example) ||spoiler|| `code`',
  'a fence of code': '```diff\n+ approved\n```',
  'the end of a document': '--- ... %YAML 1.2',
  'letters that turn the direction of writing': 'abc\u202edef\u2066ghi',
  'control characters': 'a\u0000b\u001b[31mc\u0007d',
  'half a surrogate pair': 'a\ud83db',
  'an emoji and other scripts': '🚢 漢字 العربية',
}

/** What is said of a form. */
export function saidOfForm(form: Form, keeper: Keeper, today = '2025-09-20'): string {
  try {
    keeper.preview(readForm(form, { snapshot: keeper.snapshot, today, used: new Set() }))
    return 'accepted'
  } catch (error) {
    if (error instanceof UserError) return error.message
    throw error
  }
}

/** An odd text as the statement and a question of a new fact. */
export function oddForm(text: string): Form {
  return adding({ statement: `Dogs: ${text}`, questions: `${ADD.fields.questions}\n${text}` })
}
