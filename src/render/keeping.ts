import type { WhatIf } from '../answering/what-if.ts'
import type { FormKind } from '../editing/form.ts'
import { dataOf, type ItemChange } from '../editing/items.ts'
import type { Fault } from '../knowledge/fault.ts'
import { cutAtWord } from './escape.ts'
import type { Control, DifferenceLine, Part, View } from './view.ts'

/** What moderators see of changes. Discord's limits are kept by cutting, and what is cut is said. */

const MOST_LINES = 40
const MOST_CHARACTERS = 1_900

const NAMES: Record<FormKind, string> = {
  add: 'Add a fact',
  edit: 'Edit a fact',
  supersede: 'Replace a fact by a newer one',
  retire: 'Retire a fact',
  verify: 'Verify a fact',
  'ask-as': 'Add questions to a fact',
  source: 'Source',
  entity: 'Entity',
  glossary: 'Glossary',
  topic: 'Topic',
  undo: 'Undo',
}

export function nameOfKind(kind: FormKind): string {
  return NAMES[kind]
}

/** The difference that changes make, in the words of the files' keys. */
export function differencePart(changes: readonly ItemChange[], most = MOST_CHARACTERS): Part {
  const all = changes.flatMap(linesOf)
  const lines: DifferenceLine[] = []
  let characters = 0
  for (const line of all) {
    characters += line.text.length + 3
    if (lines.length === MOST_LINES || characters > most) break
    lines.push(line)
  }
  const left = all.length - lines.length
  return {
    kind: 'difference',
    lines: left > 0 ? [...lines, { sign: ' ', text: `… and ${left} more lines` }] : lines,
  }
}

const WHAT = {
  fact: 'fact',
  questions: 'questions for',
  source: 'source',
  entity: 'entity',
  glossary: 'glossary',
  topic: 'topic',
}

function linesOf(change: ItemChange): DifferenceLine[] {
  const { part, key, before, after } = change
  const old = before === undefined ? {} : fieldsOf(change, before)
  const now = after === undefined ? {} : fieldsOf(change, after)
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((name) => old[name] !== now[name])
  const lines = names.flatMap((name): DifferenceLine[] => [
    ...(old[name] === undefined ? [] : [{ sign: '-', text: old[name] } as const]),
    ...(now[name] === undefined ? [] : [{ sign: '+', text: now[name] } as const]),
  ])
  return [{ sign: ' ', text: `${WHAT[part]} ${key}` }, ...lines]
}

/** Each value as a line, by a name that tells values apart. */
function fieldsOf({ part, key }: ItemChange, text: string): Record<string, string> {
  const data = dataOf({ part, key, text })
  if (Array.isArray(data)) return Object.fromEntries(data.map((question) => [question, `“${question}”`]))
  return Object.fromEntries(Object.entries(data ?? {}).map(([name, value]) => [name, `${name}: ${plain(value)}`]))
}

function plain(value: unknown): string {
  if (Array.isArray(value)) return value.map(plain).join(', ')
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, inner]) => `${name} ${plain(inner)}`)
      .join(', ')
  }
  return String(value).replace(/\s+/g, ' ').trim()
}

/** What would become of questions. */
export function whatIfParts({ answered, missed, moved, double }: WhatIf): Part[] {
  const all = answered.length + missed.length
  const instead = (fact: { askedAs: readonly string[]; statement: string } | undefined) =>
    fact ? `would get “${cutAtWord(fact.askedAs[0] ?? fact.statement, 80)}”` : 'would get no sure answer'
  return [
    ...(double
      ? [
          {
            kind: 'line',
            text: `A fact says nearly the same: “${cutAtWord(double.statement, 200)}” (${double.id})`,
          } as const,
        ]
      : []),
    ...(all > 0
      ? [{ kind: 'line', text: `${answered.length} of ${all} questions would be answered with it.` } as const]
      : []),
    ...(missed.length > 0
      ? [
          {
            kind: 'list',
            title: 'Not yet answered with it',
            items: missed
              .slice(0, 6)
              .map(({ question, instead: fact }) => `“${cutAtWord(question, 100)}” ${instead(fact)}`),
          } as const,
        ]
      : []),
    ...(moved.length > 0
      ? [
          {
            kind: 'list',
            title: 'Questions that would go elsewhere',
            items: moved.slice(0, 6).map(({ question, to }) => `“${cutAtWord(question, 100)}” ${instead(to)}`),
          } as const,
        ]
      : all > 0
        ? [{ kind: 'note', text: 'No question of a neighbouring fact would go elsewhere.' } as const]
        : []),
  ]
}

/** Faults of the files, in words for somebody who does not write YAML; from the fullest composition to the smallest. */
export function* composeFaults(faults: readonly Fault[]): Generator<View> {
  const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`
  for (const most of [8, 3, 1]) {
    const items = faults
      .slice(0, most)
      .map(({ file, line, message, hint }) =>
        cutAtWord(`${withinFolder(file)}, line ${line}: ${message}. ${hint}`, 400),
      )
    const more = faults.length > most ? [`and ${faults.length - most} more`] : []
    yield {
      tone: 'ended',
      parts: [
        {
          kind: 'line',
          text: `The knowledge files have ${count}. Until they are mended, answers come from the last good knowledge.`,
        },
        { kind: 'list', title: '', items: [...items, ...more] },
      ],
      controls: [],
    }
  }
}

/** Where the folder is on the machine is for the operator to know. */
function withinFolder(file: string): string {
  return /(?:(?:topics|questions)[\\/])?[^\\/]*$/.exec(file)?.[0] ?? file
}

export function composeMended(): View {
  return {
    tone: 'holds',
    parts: [{ kind: 'line', text: 'The knowledge files are in order again, and answers come from them.' }],
    controls: [],
  }
}

export function button(customId: string, label: string, style?: 'main' | 'danger'): Control {
  return { kind: 'button', customId, label, ...(style ? { style } : {}) }
}
