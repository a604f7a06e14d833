import type { Abstention, Answer, Outcome, Suggestions, TimeSaid } from '../answering/outcome.ts'
import type { Day } from '../knowledge/days.ts'
import type { Fact, Snapshot } from '../knowledge/snapshot.ts'
import { en } from '../words/en.ts'
import type { Words } from '../words/languages.ts'
import { moreInWords } from './citations.ts'
import { encodeCustomId, gapDigest } from './custom-id.ts'
import { cutAtWord } from './escape.ts'
import { factMenus, factParts, labelOf, namesOf } from './facts.ts'
import { toneOf } from './status-words.ts'
import type { Control, Part, View } from './view.ts'

/** How much of an answer is shown: what does not fit is dropped from the end, whole, and said to be missing. */
export interface Room {
  readonly facts: number
  readonly further: number
  readonly citations?: number
}

/** Who it is shown to, and how. */
export interface Presentation {
  /** The asker's language; English if not said. */
  readonly words?: Words
  /** The number under which the question is noted as a gap. */
  readonly gap?: number
  /** Seen by the asker alone, who may show it to the others. */
  readonly isShareable?: boolean
  /** Id of the person who showed it to the others. */
  readonly sharedBy?: string
  /** What a follow-up question was taken to be about. */
  readonly about?: string
}

/** The same once the language is settled. */
type Presented = Presentation & { readonly words: Words }

/** What an asker sees of an outcome, from the fullest composition to the smallest. */
export function* composeOutcome(
  outcome: Outcome,
  snapshot: Snapshot,
  { words = en, ...presentation }: Presentation = {},
): Generator<View> {
  for (const view of viewsOf(outcome, snapshot, { words, ...presentation })) {
    yield { ...view, parts: [...view.parts, ...aroundParts({ words, ...presentation })] }
  }
}

function* viewsOf(outcome: Outcome, snapshot: Snapshot, presentation: Presented): Generator<View> {
  const { words, gap } = presentation
  if (outcome.kind === 'suggestions') {
    yield composeSuggestions(outcome, 400, words)
    yield composeSuggestions(outcome, 150, words)
    return
  }
  if (outcome.kind === 'abstention') {
    yield composeAbstention(outcome, snapshot, words, gap)
    return
  }
  for (let further = outcome.further.length; further > 0; further -= 1) {
    yield composeAnswer(outcome, snapshot, { facts: outcome.facts.length, further }, presentation)
  }
  for (let facts = outcome.facts.length; facts > 0; facts -= 1) {
    yield composeAnswer(outcome, snapshot, { facts, further: 0 }, presentation)
  }
  yield composeAnswer(outcome, snapshot, { facts: 1, further: 0, citations: 1 }, presentation)
}

function composeAnswer(
  { facts, further, unanswered, asOf, time }: Answer,
  snapshot: Snapshot,
  room: Room,
  { words, isShareable = false }: Presented,
): View {
  const shown = facts.slice(0, room.facts)
  const left = facts.slice(room.facts).map(({ fact }) => fact)
  const related = further.slice(0, room.further).map(({ fact }) => fact)
  const here = shown.map(({ fact }) => fact)
  return {
    tone: toneOf(shown),
    parts: [
      ...factParts(shown, asOf, snapshot, room.citations, words),
      ...timePart(time, words),
      ...unanswered.map(
        (question) => ({ kind: 'note', text: words.notAnsweredHere(cutAtWord(question, 150)) }) as const,
      ),
      ...(left.length > 0 ? [{ kind: 'note', text: words.moreToQuestion(left.length) } as const] : []),
      ...(related.length > 0
        ? [{ kind: 'list', title: words.alsoOnRecord, items: namesOf(related), inMenu: true } as const]
        : []),
    ],
    controls: [
      { kind: 'button', customId: encodeCustomId('sources', asOf, here), label: words.buttons.sources },
      { kind: 'button', customId: encodeCustomId('wrong', asOf, here), label: words.buttons.wrong },
      ...shareButton(isShareable, asOf, here, words),
      ...factMenus('further', [...left, ...related], asOf, left.length > 0 ? words.restOfAnswer : words.openRelated),
    ],
  }
}

function composeSuggestions({ facts, asOf, time }: Suggestions, longest: number, words: Words): View {
  const near = facts.map(({ fact }) => fact)
  const names = namesOf(near)
  return {
    tone: 'neutral',
    parts: [
      { kind: 'line', text: words.notSureWhich },
      { kind: 'list', title: '', items: names.map((name) => cutAtWord(name, longest)) },
      ...asOfPart(asOf, words),
      ...timePart(time, words),
    ],
    controls: near.map((fact, index) => ({
      kind: 'button',
      customId: encodeCustomId('show', asOf, [fact]),
      label: labelOf(names[index] ?? fact.id),
    })),
  }
}

function composeAbstention(
  { reason, knownFrom, asOf, time, question }: Abstention,
  snapshot: Snapshot,
  words: Words,
  gap?: number,
): View {
  if (reason === 'no-question') {
    const parts: Part[] = [{ kind: 'line', text: words.noQuestion }, ...englishPart(words), topicsPart(snapshot, words)]
    return { tone: 'neutral', parts, controls: [] }
  }
  if (reason === 'not-yet') {
    const from = knownFrom && words.recordedFrom(knownFrom)
    return {
      tone: 'neutral',
      parts: [
        { kind: 'line', text: words.nothingYet(asOf) },
        ...(from ? [{ kind: 'line', text: from } as const] : []),
        ...timePart(time, words),
        topicsPart(snapshot, words),
      ],
      controls: [],
    }
  }
  return {
    tone: 'neutral',
    parts: [
      { kind: 'line', text: words.noFact },
      ...asOfPart(asOf, words),
      ...timePart(time, words),
      ...englishPart(words),
      ...(gap === undefined ? [] : [{ kind: 'recorded', text: words.noted } as const]),
      topicsPart(snapshot, words),
    ],
    controls: gap === undefined ? [] : [tellButton(gap, question, words)],
  }
}

function tellButton(gap: number, question: string, { buttons }: Words): Control {
  return { kind: 'button', customId: `gap|tell|${gap}|${gapDigest(question)}`, label: buttons.tellWhenAnswered }
}

/** Said of every outcome alike, after it. */
function aroundParts({ words, about, sharedBy }: Presented): Part[] {
  return [
    ...(about === undefined ? [] : [{ kind: 'note', text: words.about(cutAtWord(about, 150)) } as const]),
    ...(sharedBy === undefined ? [] : [{ kind: 'people', text: words.sharedBy, users: [sharedBy] } as const]),
  ]
}

/** Shows an answer that one person sees to the others. */
export function shareButton(isShareable: boolean, asOf: Day, facts: readonly Fact[], words: Words): Control[] {
  if (!isShareable) return []
  return [{ kind: 'button', customId: encodeCustomId('share', asOf, facts), label: words.buttons.share }]
}

function asOfPart(asOf: Day, words: Words): Part[] {
  return [{ kind: 'note', text: words.asOf(asOf) }]
}

/** How the time that the question names was understood. */
function timePart(time: TimeSaid | undefined, words: Words): Part[] {
  return time ? [{ kind: 'note', text: words.readTimeAs(cutAtWord(time.text, 50), time) }] : []
}

/** Whoever reads another language may have asked in it, and should know that this is why. */
function englishPart({ askInEnglish }: Words): Part[] {
  return askInEnglish === '' ? [] : [{ kind: 'note', text: askInEnglish }]
}

/** The topics that there are facts about; as many as a message can name. */
export function topicsPart({ topics }: Pick<Snapshot, 'topics'>, words: Words = en, most = 20): Part {
  // A topic whose first fact is yet to come answers nothing.
  const names = [...topics.values()].filter(({ facts }) => facts.length > 0).map(({ name }) => name)
  return {
    kind: 'topics',
    title: words.factsAbout,
    names: names.slice(0, most),
    more: moreInWords(names.length - most, words),
  }
}
