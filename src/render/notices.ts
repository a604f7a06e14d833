import { type Day, daysBetween } from '../knowledge/days.ts'
import type { Snapshot } from '../knowledge/snapshot.ts'
import { standingOf } from '../knowledge/status.ts'
import type { NewsItem, Reminder } from '../overviews/news.ts'
import type { Words } from '../words/languages.ts'
import { moreInWords } from './citations.ts'
import { cutAtWord } from './escape.ts'
import { factMenus } from './facts.ts'
import { type Entry, entryParts, factsOf, withoutRepeated } from './overviews/entries.ts'
import type { Part, View } from './view.ts'

/** What followers of a topic are told. */
export interface NoticeBody {
  readonly kind: 'news' | 'reminder'
  readonly items: readonly (NewsItem | Reminder)[]
}

/** A message to followers, as of the day on which it is sent, from the fullest composition to the smallest. */
export function* composeNotice(
  { kind, items }: NoticeBody,
  topic: string,
  snapshot: Snapshot,
  asOf: Day,
  words: Words,
): Generator<View> {
  const { follow } = words
  const title = snapshot.topics.get(topic)?.title ?? topic
  const entries = items.flatMap((item): Entry[] => {
    const fact = snapshot.facts.get(item.fact)
    return fact ? [{ fact, standing: standingOf(snapshot, fact, asOf), heading: headingOf(item, asOf, words) }] : []
  })
  // What was taken back while it waited to be told is gone too.
  const gone = items.filter(({ fact }) => !snapshot.facts.has(fact)).map(({ name }) => cutAtWord(name, 100))
  for (const most of [6, 4, 2, 1]) {
    const left = [entries, gone].reduce((sum, { length }) => sum + Math.max(0, length - most), 0)
    const more = moreInWords(left, words)
    const parts: Part[] = [
      { kind: 'heading', text: cutAtWord((kind === 'news' ? follow.changed : follow.reminder)(title), 200) },
      ...(entries.length > 0
        ? entryParts(withoutRepeated(entries.slice(0, most)), { asOf, snapshot, words }, most)
        : []),
      ...(gone.length > 0 ? [{ kind: 'list', title: follow.withdrawn, items: gone.slice(0, most) } as const] : []),
      ...(more ? [{ kind: 'note', text: more } as const] : []),
      { kind: 'note', text: follow.stop },
    ]
    const controls = factMenus('further', factsOf(entries).slice(0, 25), asOf, words.overview.open)
    yield { tone: 'neutral', parts, controls }
  }
}

function headingOf(item: NewsItem | Reminder, asOf: Day, { follow, overview }: Words): string {
  if ('stage' in item) {
    return `${overview.daysLeft(Math.max(0, daysBetween(asOf, item.date)), true)}: ${overview[item.what](item.date)}`
  }
  return follow[item.what]
}
