import type { Words } from '../words/languages.ts'
import { cutAtWord } from './escape.ts'
import { button } from './keeping.ts'
import type { Part, View } from './view.ts'

interface Newest<Thing> {
  readonly count: number
  readonly newest: readonly Thing[]
}

export interface NoticeToThem {
  readonly kind: keyof Words['privacy']['onItsWay']
  readonly about: string
}

/** What is kept of one person, as far as they are told. */
export interface Kept {
  readonly gaps: Newest<{ readonly question: string; readonly at: Date }>
  readonly waits: Newest<{ readonly question: string; readonly at: Date }>
  readonly complaints: Newest<{ readonly note: string; readonly at: Date; readonly user?: string }>
  /** Titles. */
  readonly topics: readonly string[]
  /** Messages on their way to them, each with what it is about. */
  readonly notices: Newest<NoticeToThem>
  /** Questions that are in memory only. */
  readonly remembered: readonly string[]
  /** Their numbers. */
  readonly drafts: Newest<number>
  readonly proposals: Newest<number>
  readonly decisions: Newest<number>
  readonly revisions: Newest<number>
}

/** How much there is, or was, of what somebody can have deleted. */
export interface Deletable {
  readonly gaps: number
  readonly waits: number
  readonly complaints: number
  readonly topics: number
  readonly notices: number
  readonly drafts: number
  readonly remembered: number
}

/** All that is kept of one person, from the fullest composition to the smallest. */
export function* composeKept(kept: Kept, retentionDays: number, words: Words): Generator<View> {
  const { privacy } = words
  const isDeletable = Object.values(countsOf(kept)).some(Boolean)
  if (!isDeletable && !hasModerated(kept)) {
    yield lineView(privacy.nothing)
    return
  }
  const notes = [
    ...(kept.gaps.count + kept.complaints.count > 0 ? [privacy.pseudonym, privacy.until(retentionDays)] : []),
    ...(hasModerated(kept) ? [privacy.staysModerated] : []),
    ...(isDeletable ? [privacy.how] : []),
  ]
  for (const [most, longest] of [
    [10, 500],
    [10, 100],
    [4, 100],
    [1, 80],
  ] as const) {
    yield {
      tone: 'neutral',
      parts: [
        { kind: 'heading', text: privacy.kept },
        ...listsOf(kept, most, longest, words),
        { kind: 'break' },
        ...notes.map((text): Part => ({ kind: 'note', text })),
      ],
      controls: [],
    }
  }
}

/** Asks whether it is to be deleted; says it if there is nothing. */
export function composeDeletion(kept: Kept, words: Words): View {
  const { privacy, buttons } = words
  const items = itemsOf(countsOf(kept), words)
  if (items.length === 0) return deletedView([], kept, words)
  return {
    tone: 'doubtful',
    parts: [{ kind: 'line', text: privacy.confirm }, { kind: 'list', title: '', items }, ...staysParts(kept, words)],
    controls: [button('privacy|delete', buttons.delete, 'danger')],
  }
}

/** What has been deleted of it, what stays and why. */
export function composeDeleted(deleted: Deletable, kept: Kept, words: Words): View {
  return deletedView(itemsOf(deleted, words), kept, words)
}

/** How much of it can be deleted. */
function countsOf({ gaps, waits, complaints, topics, notices, drafts, remembered }: Kept): Deletable {
  return {
    gaps: gaps.count,
    waits: waits.count,
    complaints: complaints.count,
    topics: topics.length,
    notices: notices.count,
    drafts: drafts.count,
    remembered: remembered.length,
  }
}

function hasModerated({ proposals, decisions, revisions }: Kept): boolean {
  return proposals.count + decisions.count + revisions.count > 0
}

function listsOf(kept: Kept, most: number, longest: number, { privacy, andMore }: Words): Part[] {
  const list = (title: string, count: number, items: readonly string[]): Part[] => {
    if (count === 0) return []
    const more = count > most ? [andMore(count - most)] : []
    return [{ kind: 'list', title, items: [...items.slice(0, most), ...more] }]
  }
  const written = (text: string, at: Date) => privacy.written(at.toISOString().slice(0, 10), cutAtWord(text, longest))
  const numbered = (words: string, { count, newest }: Newest<number>) =>
    count === 0 ? [] : [`${words} (${newest.slice(0, most).join(', ')}${count > most ? ', …' : ''})`]
  const { gaps, waits, complaints, topics, notices, remembered, drafts, proposals, decisions, revisions } = kept
  const moderated = [
    ...numbered(privacy.drafts(drafts.count), drafts),
    ...numbered(privacy.proposals(proposals.count), proposals),
    ...numbered(privacy.decisions(decisions.count), decisions),
    ...numbered(privacy.revisions(revisions.count), revisions),
  ]
  return [
    ...list(
      privacy.gaps(gaps.count),
      gaps.count,
      gaps.newest.map(({ question, at }) => written(question, at)),
    ),
    ...list(
      privacy.waits(waits.count),
      waits.count,
      waits.newest.map(({ question, at }) => written(question, at)),
    ),
    ...list(
      privacy.complaints(complaints.count),
      complaints.count,
      complaints.newest.map(({ note, at, user }) => written(note, at) + (user ? ` (${privacy.toBeTold})` : '')),
    ),
    ...list(
      privacy.topics(topics.length),
      topics.length,
      topics.map((title) => cutAtWord(title, longest)),
    ),
    ...list(
      privacy.notices(notices.count),
      notices.count,
      notices.newest.map(({ kind, about }) => privacy.onItsWay[kind](cutAtWord(about, longest))),
    ),
    ...list(
      privacy.remembered(remembered.length),
      remembered.length,
      remembered.map((question) => cutAtWord(question, longest)),
    ),
    ...(moderated.length > 0 ? [{ kind: 'list', title: privacy.moderated, items: moderated } as const] : []),
  ]
}

function itemsOf(
  { gaps, waits, complaints, topics, notices, drafts, remembered }: Deletable,
  { privacy }: Words,
): string[] {
  return [
    ...(gaps > 0 ? [privacy.gaps(gaps)] : []),
    ...(waits > 0 ? [privacy.waits(waits)] : []),
    ...(complaints > 0 ? [privacy.complaints(complaints)] : []),
    ...(topics > 0 ? [privacy.topics(topics)] : []),
    ...(notices > 0 ? [privacy.notices(notices)] : []),
    ...(drafts > 0 ? [privacy.drafts(drafts)] : []),
    ...(remembered > 0 ? [privacy.remembered(remembered)] : []),
  ]
}

function deletedView(items: readonly string[], kept: Kept, words: Words): View {
  const { privacy } = words
  const first: Part[] =
    items.length === 0
      ? [{ kind: 'line', text: privacy.nothingToDelete }]
      : [
          { kind: 'line', text: privacy.deleted },
          { kind: 'list', title: '', items },
        ]
  return { tone: 'neutral', parts: [...first, ...staysParts(kept, words)], controls: [] }
}

function staysParts(kept: Kept, { privacy }: Words): Part[] {
  const { stays, staysModerated, staysInDiscord, staysInCopies } = privacy
  const items = [...(hasModerated(kept) ? [staysModerated] : []), staysInDiscord, staysInCopies]
  return [{ kind: 'list', title: stays, items }]
}

function lineView(text: string): View {
  return { tone: 'neutral', parts: [{ kind: 'line', text }], controls: [] }
}
