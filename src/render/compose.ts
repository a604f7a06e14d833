import type { Abstention, Answer, Outcome, Suggestions, TimeSaid } from '../answering/outcome.ts'
import { type Day, dateInWords, daysInWords } from '../knowledge/days.ts'
import type { Snapshot } from '../knowledge/snapshot.ts'
import { encodeCustomId } from './custom-id.ts'
import { cutAtWord } from './escape.ts'
import { factMenus, factParts, labelOf, namesOf } from './facts.ts'
import { toneOf } from './status-words.ts'
import type { Part, View } from './view.ts'

/** How much of an answer is shown: what does not fit is dropped from the end, whole, and said to be missing. */
export interface Room {
  readonly facts: number
  readonly further: number
  readonly citations?: number
}

/** What an asker sees of an outcome, from the fullest composition to the smallest. */
export function* composeOutcome(outcome: Outcome, snapshot: Snapshot, gap?: number): Generator<View> {
  if (outcome.kind === 'suggestions') {
    yield composeSuggestions(outcome, 400)
    yield composeSuggestions(outcome, 150)
    return
  }
  if (outcome.kind === 'abstention') {
    yield composeAbstention(outcome, snapshot, gap)
    return
  }
  for (let further = outcome.further.length; further > 0; further -= 1) {
    yield composeAnswer(outcome, snapshot, { facts: outcome.facts.length, further })
  }
  for (let facts = outcome.facts.length; facts > 0; facts -= 1) {
    yield composeAnswer(outcome, snapshot, { facts, further: 0 })
  }
  yield composeAnswer(outcome, snapshot, { facts: 1, further: 0, citations: 1 })
}

function composeAnswer({ facts, further, unanswered, asOf, time }: Answer, snapshot: Snapshot, room: Room): View {
  const shown = facts.slice(0, room.facts)
  const left = facts.slice(room.facts).map(({ fact }) => fact)
  const related = further.slice(0, room.further).map(({ fact }) => fact)
  const here = shown.map(({ fact }) => fact)
  return {
    tone: toneOf(shown),
    parts: [
      ...factParts(shown, asOf, snapshot, room.citations),
      ...timePart(time),
      ...unanswered.map(
        (question) => ({ kind: 'note', text: `Not answered here: “${cutAtWord(question, 150)}”` }) as const,
      ),
      ...(left.length > 0
        ? [{ kind: 'note', text: `${left.length} more to this question: choose below.` } as const]
        : []),
      ...(related.length > 0 ? [{ kind: 'list', title: 'Also on record', items: namesOf(related) } as const] : []),
    ],
    controls: [
      { kind: 'button', customId: encodeCustomId('sources', asOf, here), label: 'Sources' },
      { kind: 'button', customId: encodeCustomId('wrong', asOf, here), label: 'Wrong or out of date?' },
      ...factMenus(
        'further',
        [...left, ...related],
        asOf,
        left.length > 0 ? 'The rest of the answer' : 'Open a related question',
      ),
    ],
  }
}

function composeSuggestions({ facts, asOf, time }: Suggestions, longest: number): View {
  const near = facts.map(({ fact }) => fact)
  const names = namesOf(near)
  return {
    tone: 'neutral',
    parts: [
      { kind: 'line', text: 'I am not sure which of these you mean:' },
      { kind: 'list', title: '', items: names.map((name) => cutAtWord(name, longest)) },
      ...asOfPart(asOf),
      ...timePart(time),
    ],
    controls: near.map((fact, index) => ({
      kind: 'button',
      customId: encodeCustomId('show', asOf, [fact]),
      label: labelOf(names[index] ?? fact.id),
    })),
  }
}

function composeAbstention({ reason, knownFrom, asOf, time }: Abstention, snapshot: Snapshot, gap?: number): View {
  if (reason === 'no-question') {
    const text = 'I found no question in that. Ask in a sentence or a few words, for example with /ask.'
    return { tone: 'neutral', parts: [{ kind: 'line', text }, topicsPart(snapshot)], controls: [] }
  }
  if (reason === 'not-yet') {
    const from = knownFrom && `Something is on record from ${dateInWords(knownFrom)} on: ask as of that day or later.`
    return {
      tone: 'neutral',
      parts: [
        { kind: 'line', text: `Nothing about this was on record yet on ${dateInWords(asOf)}.` },
        ...(from ? [{ kind: 'line', text: from } as const] : []),
        ...timePart(time),
        topicsPart(snapshot),
      ],
      controls: [],
    }
  }
  return {
    tone: 'neutral',
    parts: [
      { kind: 'line', text: 'No recorded fact answers this question, so I give no answer.' },
      ...asOfPart(asOf),
      ...timePart(time),
      { kind: 'recorded', text: 'Questions like this are noted as gaps, so that facts can be added.' },
      topicsPart(snapshot),
    ],
    controls:
      gap === undefined
        ? []
        : [{ kind: 'button', customId: `gap|tell|${gap}`, label: 'Tell me when this is answered' }],
  }
}

function asOfPart(asOf: Day): Part[] {
  return [{ kind: 'note', text: `As of ${dateInWords(asOf)}` }]
}

/** How the time that the question names was understood. */
function timePart(time: TimeSaid | undefined): Part[] {
  return time ? [{ kind: 'note', text: `Read “${cutAtWord(time.text, 50)}” as ${daysInWords(time)}.` }] : []
}

/** The topics that there are facts about; as many as a message can name. */
export function topicsPart({ topics }: Pick<Snapshot, 'topics'>, most = 20): Part {
  // A topic whose first fact is yet to come answers nothing.
  const names = [...topics.values()].filter(({ facts }) => facts.length > 0).map(({ name }) => name)
  return {
    kind: 'topics',
    title: 'There are facts about',
    names: names.slice(0, most),
    more: Math.max(0, names.length - most),
  }
}
