import { isMap, isSeq, type Node, type YAMLMap } from 'yaml'
import { UserError } from '../errors.ts'
import { partOf } from '../knowledge/parse.ts'
import { documentOf } from '../knowledge/yaml-tree.ts'
import { endsLine, keyOf, lineRange, lineStart, pairLines, splice } from './splice.ts'

/** What a change is about: each is a piece of one file, with a name of its own there. */
export type ItemPart = 'fact' | 'questions' | 'source' | 'entity' | 'glossary' | 'topic'

/** A piece of a file, as it stands there. */
export interface Item {
  readonly part: ItemPart
  readonly file: string
  /** A fact's, source's or entity's id, a glossary term, a topic's name; for questions the fact's id. */
  readonly key: string
  /** Its whole lines. */
  readonly text: string
  readonly start: number
  readonly end: number
  /** How it stands among its neighbours. */
  readonly place: Place
}

/** Where an item stands, so that it can be put back there. */
export interface Place {
  /** The keys of the items before and after it, where only blank lines are between. */
  readonly behind?: string
  readonly ahead?: string
  /** The blank line before or after it that goes when it goes. */
  readonly lead: string
  readonly trail: string
}

/** A piece before and after a change; missing where it was not there yet or is no more. */
export interface ItemChange {
  readonly part: ItemPart
  readonly file: string
  readonly key: string
  /** Missing if it never stood anywhere. */
  readonly place?: Place
  readonly before?: string
  readonly after?: string
}

/** The texts of a knowledge folder by their paths in it. */
export type Texts = ReadonlyMap<string, string>

/** The keys in the order in which a fact is written. */
export const FACT_KEYS = [
  ...['id', 'statement', 'kind', 'entities', 'speaker', 'period', 'known', 'citations', 'quote', 'measure'],
  ...['supersedes', 'contrasts', 'verified', 'reviewBy'],
] as const

const PART = {
  topics: 'fact',
  questions: 'questions',
  sources: 'source',
  entities: 'entity',
  glossary: 'glossary',
} as const

/** One change looks at the same few texts again and again, and to parse one takes longest of all. */
const MOST_KEPT = 12
const kept = new Map<string, readonly Item[]>()

/** Every item of a file. A text that cannot be read as YAML has none. */
export function itemsOf(file: string, text: string): readonly Item[] {
  const name = `${file}\n${text}`
  const known = kept.get(name)
  const items = known ?? readItems(file, text)
  kept.delete(name)
  kept.set(name, items)
  for (const [oldest] of kept) if (kept.size > MOST_KEPT) kept.delete(oldest)
  return items
}

function readItems(file: string, text: string): Item[] {
  const folder = partOf(file)
  if (!folder) return []
  const contents = contentsOf(text)
  if (!contents) return []
  const entries = entriesOf(PART[folder], text, contents)
  return entries.map(({ part, key, start, end }) => {
    const siblings = entries.filter((entry) => entry.part === part)
    const index = siblings.findIndex((entry) => entry.start === start)
    const place = placeOf(text, { start, end }, siblings[index - 1], siblings[index + 1])
    return { part, file, key, place, start, end, text: text.slice(start, end) }
  })
}

function placeOf(text: string, { start, end }: Pick<Entry, 'start' | 'end'>, last?: Entry, next?: Entry): Place {
  const isBlank = (from: number, to: number) => text.slice(from, to).trim() === ''
  const before = /(?<=\n)\r?\n$/.exec(text.slice(0, start))?.[0]
  const after = /^\r?\n/.exec(text.slice(end))?.[0]
  const isLast = isBlank(end, text.length)
  return {
    ...(last && isBlank(last.end, start) ? { behind: last.key } : {}),
    ...(next && isBlank(end, next.start) ? { ahead: next.key } : {}),
    lead: before && (after || isLast) ? before : '',
    trail: !before && after ? after : '',
  }
}

/** Whether a text can be read as YAML, so that its items are all there are. */
export function isReadable(text: string): boolean {
  return contentsOf(text) !== undefined
}

/** The nodes of a text, null where there are none; undefined when it cannot be read. */
function contentsOf(text: string): Node | null | undefined {
  if (text.trim() === '') return null
  try {
    const { contents, errors } = documentOf(text)
    return errors.length > 0 ? undefined : contents
  } catch {
    return undefined
  }
}

type Entry = Pick<Item, 'part' | 'key' | 'start' | 'end'>

function entriesOf(part: ItemPart, text: string, contents: Node): Entry[] {
  if (part === 'questions') {
    const pairs = isMap(contents) ? contents.items : []
    return pairs.map((pair) => ({ part, key: keyOf(pair), ...pairLines(text, pair) }))
  }
  if (part !== 'fact') return listEntries(part, text, contents)
  return isMap(contents) ? [...topicEntry(text, contents), ...listEntries(part, text, contents.get('facts'))] : []
}

function listEntries(part: ItemPart, text: string, list: unknown): Entry[] {
  if (!isSeq(list) || list.flow) return []
  const name = part === 'glossary' ? 'term' : 'id'
  return list.items.flatMap((node) => {
    if (!isMap(node)) return []
    const { start, end } = lineRange(text, node)
    const dash = text.lastIndexOf('-', (node.range?.[0] ?? 0) - 1)
    return { part, key: String(node.get(name)), start: Math.min(start, lineStart(text, dash)), end }
  })
}

/** A topic's own lines: all before its facts. */
function topicEntry(text: string, contents: YAMLMap): Entry[] {
  const facts = contents.items.find((pair) => keyOf(pair) === 'facts')
  const end = facts ? lineStart(text, (facts.key as Node).range?.[0] ?? 0) : text.length
  return [{ part: 'topic', key: String(contents.get('topic') ?? ''), start: 0, end }]
}

/** What differs between two states of a folder, item by item. Comments between items are nobody's. */
export function changesBetween(before: Texts, after: Texts): ItemChange[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path))
  return paths.flatMap((path) => {
    const old = byName(itemsOf(path, before.get(path) ?? ''))
    const now = byName(itemsOf(path, after.get(path) ?? ''))
    const names = [...new Set([...old.keys(), ...now.keys()])]
    return names.flatMap((name): ItemChange[] => {
      const [one, other] = [old.get(name), now.get(name)]
      const { part, file, key } = (other ?? one) as Item
      if (one?.text.trimEnd() === other?.text.trimEnd()) return []
      return [
        {
          part,
          file,
          key,
          place: (other ?? (one as Item)).place,
          ...(one ? { before: one.text } : {}),
          ...(other ? { after: other.text } : {}),
        },
      ]
    })
  })
}

function byName(items: readonly Item[]): Map<string, Item> {
  return new Map(items.map((item) => [`${item.part} ${item.key}`, item]))
}

/** The item of a part and key, wherever it is. */
export function findItem(texts: Texts, part: ItemPart, key: string): Item | undefined {
  for (const [file, text] of texts) {
    if (!text.includes(key)) continue
    const found = itemsOf(file, text).find((item) => item.part === part && item.key === key)
    if (found) return found
  }
  return undefined
}

/** An item's data as the parser reads it. */
export function dataOf({ part, key, text }: Pick<Item, 'part' | 'key' | 'text'>): Record<string, unknown> | string[] {
  const data: unknown = documentOf(text).toJS()
  if (part === 'questions') return ((data as Record<string, string[]>)[key] ?? []) as string[]
  if (part === 'topic') return data as Record<string, unknown>
  return ((data as unknown[])[0] ?? {}) as Record<string, unknown>
}

/** Something else stands there than when the change was thought of. */
export class Conflict extends UserError {
  readonly changes: readonly ItemChange[]
  constructor(changes: readonly ItemChange[]) {
    const named = changes.map(({ part, key }) => `${part} ${key}`).join(', ')
    super(`This has been changed since: ${named}.`)
    this.changes = changes
  }
}

/**
 * A folder with changes made in it. What has been made already is left as it is, so that changes can be made again after
 * a crash. Throws a Conflict where something else stands than before the change, and changes nothing then.
 */
export function applyChanges(texts: Texts, changes: readonly ItemChange[]): Map<string, string> {
  const conflicts = changes.filter((change) => {
    const now = itemIn(texts, change)?.text.trimEnd()
    return now !== change.after?.trimEnd() && now !== change.before?.trimEnd()
  })
  if (conflicts.length > 0) throw new Conflict(conflicts)
  const done = new Map(texts)
  for (const change of inOrder(changes)) {
    const item = itemIn(done, change)
    if (item?.text.trimEnd() === change.after?.trimEnd()) continue
    const text = done.get(change.file)
    if (change.after === undefined) {
      if (item && text !== undefined) remove(done, item, text)
    } else if (item && text !== undefined) {
      done.set(change.file, splice(text, item.start, item.end, change.after))
    } else done.set(change.file, inserted(text, change, change.after))
  }
  return done
}

/** Topics come before their facts, and go after them. */
function inOrder(changes: readonly ItemChange[]): ItemChange[] {
  const rank = ({ part, after }: ItemChange) => (part !== 'topic' ? 1 : after === undefined ? 2 : 0)
  return changes.toSorted((one, other) => rank(one) - rank(other))
}

function itemIn(texts: Texts, { part, file, key }: Pick<Item, 'part' | 'file' | 'key'>): Item | undefined {
  const text = texts.get(file)
  return text === undefined ? undefined : itemsOf(file, text).find((item) => item.part === part && item.key === key)
}

function remove(texts: Map<string, string>, item: Item, text: string): void {
  if (item.part === 'topic') {
    if (itemsOf(item.file, text).length > 1) throw new UserError(`The topic ${item.key} still has facts.`)
    texts.delete(item.file)
    return
  }
  const last = itemsOf(item.file, text).filter(({ part }) => part === item.part).length === 1
  const { lead, trail } = item.place
  const rest = splice(text, item.start - lead.length, item.end + trail.length, '')
  texts.set(item.file, last ? emptied(item, rest) : rest)
}

/** A list without entries has to say that it is one. */
function emptied({ part }: Item, text: string): string {
  if (part === 'fact') return text.replace(/^facts:[ \t]*$/m, 'facts: []')
  if (part === 'questions') return text
  return `${text}${endsLine(text, text.length) ? '' : '\n'}[]\n`
}

/** A file with a new item: where it stood, else at the end. */
function inserted(text: string | undefined, { part, file, place }: ItemChange, block: string): string {
  if (text === undefined) return part === 'topic' ? `${block}facts: []\n` : schemaLine(file) + block
  const items = itemsOf(file, text).filter((item) => item.part === part)
  const behind = items.find(({ key }) => key === place?.behind)
  const ahead = items.find(({ key }) => key === place?.ahead)
  if (place && !behind && ahead) return splice(text, ahead.start, ahead.start, block + place.lead + place.trail)
  const sibling = behind ?? items.at(-1)
  if (!sibling) return intoEmpty(text, part, block)
  const isSpaced = items.length > 1 && /^\r?\n/.test(text.slice(items[0]?.end ?? 0))
  const isBlock = part === 'fact' || part === 'questions' || isSpaced
  const lead = behind && place ? place.lead : isBlock ? '\n' : ''
  const put = (endsLine(text, sibling.end) ? '' : '\n') + lead + block + (behind ? (place?.trail ?? '') : '')
  return splice(text, sibling.end, sibling.end, put)
}

function intoEmpty(text: string, part: ItemPart, block: string): string {
  const body = text.replace(/^(\[\]|\{\}|null|~)[ \t]*\r?\n?$/m, '')
  if (part !== 'fact') return `${body}${endsLine(body, body.length) ? '' : '\n'}${block}`
  const found = /^facts:[ \t]*(?:\[[ \t]*\])?[ \t]*$/m.exec(text)
  if (!found) throw new UserError('This topic’s facts are not written one below the other: add the fact in an editor.')
  const end = found.index + found[0].length
  return splice(text, found.index, Math.min(text.length, end + 1), `facts:\n${block}`)
}

/** Editors with the YAML language server complete and check a file that names its schema. */
export function schemaLine(file: string): string {
  const [, folder, name] = /^(?:(\w+)\/)?(.*)\.yaml$/.exec(file) ?? []
  const schema = folder === 'topics' ? 'topic' : (folder ?? name)
  return `# yaml-language-server: $schema=${folder ? '../' : ''}schema/${schema}.json\n`
}
