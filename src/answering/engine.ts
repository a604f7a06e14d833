import type { Day } from '../knowledge/days.ts'
import type { Snapshot } from '../knowledge/snapshot.ts'
import { type Span, timeAsked } from './asked-time.ts'
import calibration from './calibration.json' with { type: 'json' }
import { look } from './candidates.ts'
import { cleanText, sentencesOf } from './clean.ts'
import { type Decision, decide } from './decide.ts'
import generalTalk from './off-topic.json' with { type: 'json' }
import type { Candidate, Explanation, Outcome } from './outcome.ts'
import { type Part, partsOf, standsAlone } from './parts.ts'
import type { Question } from './question.ts'
import { type Ranked, rank } from './ranking.ts'
import { type Reading, readKnowledge } from './reading.ts'
import { covers } from './signals.ts'

/** Answers questions from one snapshot of the knowledge. */
export interface Engine {
  /** The outcome for a question, asked for a day. Never throws, whatever the text. */
  ask(text: string, asOf: Day): Outcome
  /** An engine for the snapshot that follows: only what has changed is read. This one must not be asked any more. */
  updated(snapshot: Snapshot): Engine
}

/** In a text with more words than this the question is looked for among its sentences. */
const RAMBLING = 40
const MOST_SENTENCES = 12
const MOST_FACTS = 10
const MOST_FURTHER = 5

/** Reads the knowledge for questions: about 15 microseconds a statement or askedAs question. */
export function createEngine(snapshot: Snapshot): Engine {
  return engineOn(readKnowledge(snapshot, generalTalk))
}

/** Outcomes that are kept: what many people ask at a time is mostly the same. Longer questions are hardly asked twice. */
const KEPT = 2_000
const LONGEST_KEPT = 200

function engineOn(reading: Reading): Engine {
  const kept = new Map<string, Outcome>()
  return {
    ask(text, asOf) {
      const key = `${asOf} ${text}`
      const known = kept.get(key)
      const outcome = known ?? ask(text, asOf, reading)
      // The one that was wanted last goes last.
      kept.delete(key)
      if (text.length <= LONGEST_KEPT) kept.set(key, outcome)
      const [oldest] = kept.keys()
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
      return outcome
    },
    updated: (snapshot) => engineOn(readKnowledge(snapshot, generalTalk, reading)),
  }
}

function ask(raw: string, today: Day, reading: Reading): Outcome {
  const text = cleanText(raw)
  if (!/[\p{L}\p{N}]/u.test(text)) {
    const why = { decision: 'There is no word to read.', words: [], repaired: [], entities: [], candidates: [] }
    return { kind: 'abstention', reason: 'no-question', question: text, asOf: today, why }
  }
  const { asOf, said } = timeAsked(text, today)
  const day = { asOf, knownBy: asOf < today ? asOf : today }
  const read = (part: string) => consider(part, day, timeAsked(part, today).during, reading)
  const best = asked(text)
    .map(read)
    .reduce((best, next) => (next.decision.trust > best.decision.trust ? next : best))
  const { question, ranked } = best
  const { decision, unanswered } = together(
    best,
    partsOf(question.text).map((part) => ({ part, ...read(part.question) })),
  )
  const told = {
    question: question.text,
    asOf,
    ...(said && { time: said }),
    why: explain(question, ranked, decision, reading.snapshot),
  }
  switch (decision.kind) {
    case 'answer':
      return { kind: 'answer', ...told, facts: decision.facts, further: decision.further, unanswered }
    case 'suggestions':
      return { kind: 'suggestions', ...told, facts: decision.facts }
    case 'abstention': {
      const { knownFrom } = decision
      return {
        kind: 'abstention',
        ...told,
        ...(knownFrom === undefined ? { reason: 'nothing-near' } : { reason: 'not-yet', knownFrom, asOf: day.knownBy }),
      }
    }
  }
}

interface Consideration {
  readonly question: Question
  readonly ranked: readonly Ranked[]
  readonly decision: Decision
}

/** Several questions in one get an answer each; what has none is told as unanswered. */
function together(
  whole: Consideration,
  read: readonly (Consideration & { part: Part })[],
): { decision: Decision; unanswered: string[] } {
  const answers = read.flatMap(({ decision }) => (decision.kind === 'answer' ? [decision] : []))
  const [first] = answers
  if (!first) return { decision: whole.decision, unanswered: [] }
  const open = read.filter(({ decision, part }) => decision.kind !== 'answer' && standsAlone(part))
  const unanswered = open.map(({ part }) => part.text)
  if (answers.length === 1 && whole.decision.kind === 'answer') return { decision: whole.decision, unanswered }
  const facts = new Map(answers.flatMap(({ facts }) => facts).map((one) => [one.fact.id, one]))
  const further = new Map(
    [
      ...read.flatMap(({ decision }) => (decision.kind === 'suggestions' ? decision.facts.slice(0, 2) : [])),
      ...first.further,
    ]
      .filter(({ fact }) => !facts.has(fact.id))
      .map((one) => [one.fact.id, one]),
  )
  const because = `The text asks ${read.length} questions; ${answers.length} of them have an answer. ${first.because}`
  return {
    decision: {
      ...first,
      facts: [...facts.values()].slice(0, MOST_FACTS),
      further: [...further.values()].slice(0, MOST_FURTHER),
      because,
    },
    unanswered,
  }
}

/** The text itself or, of a rambling one, the sentences that ask: those with a question mark, else all. */
function asked(text: string): string[] {
  if (text.split(' ').length <= RAMBLING) return [text]
  const sentences = sentencesOf(text)
  const asking = sentences.filter((sentence) => sentence.includes('?'))
  return (asking.length > 0 ? asking : sentences).slice(-MOST_SENTENCES)
}

/** One question all the way from its words to a decision. */
function consider(
  text: string,
  day: { asOf: Day; knownBy: Day },
  during: Span | undefined,
  reading: Reading,
): Consideration {
  const { question, sightings } = look(text, reading)
  const ranked = rank(sightings, calibration.ranking, during)
  return { question, ranked, decision: decide(ranked, day, reading.snapshot, calibration) }
}

function explain(question: Question, ranked: readonly Ranked[], decision: Decision, snapshot: Snapshot): Explanation {
  return {
    decision: decision.because,
    words: question.units.map(({ text }) => text),
    repaired: question.repaired,
    entities: question.entities.map(({ id }) => snapshot.entities.get(id)?.name ?? id),
    candidates: ranked.slice(0, 5).map(
      ({ indexed, score }): Candidate => ({
        id: indexed.fact.id,
        score,
        matched: question.units.filter((unit) => covers(indexed, unit)).map(({ text }) => text),
        missing: question.units.filter((unit) => !covers(indexed, unit)).map(({ text }) => text),
      }),
    ),
  }
}
