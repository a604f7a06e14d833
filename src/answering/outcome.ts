import type { Day } from '../knowledge/days.ts'
import type { Fact } from '../knowledge/snapshot.ts'
import type { Standing } from '../knowledge/status.ts'

/** A fact together with what it is on the as-of date. */
export interface StandingFact {
  readonly fact: Fact
  readonly standing: Standing
}

/** Why the engine decided as it did; for `--explain` and for moderators. */
export interface Explanation {
  /** One sentence: why it answered, suggested or declined. */
  readonly decision: string
  /** The question's words as the engine read them. */
  readonly words: readonly string[]
  /** Typos that it mended, as `wrote → read`. */
  readonly repaired: readonly string[]
  /** Names of the entities that it recognised. */
  readonly entities: readonly string[]
  /** The best candidates with their scores and reasons, best first. */
  readonly candidates: readonly Candidate[]
}

export interface Candidate {
  readonly id: string
  /** Higher is nearer; comparable only within one question. */
  readonly score: number
  /** Words of the question that the fact covers and that it lacks. */
  readonly matched: readonly string[]
  readonly missing: readonly string[]
}

/** Words for a time, and the days that they were taken for; an open end is missing. */
export interface TimeSaid {
  readonly text: string
  readonly from?: Day
  readonly until?: Day
}

interface Told {
  /** The question as it was understood: without mark-up, mentions and invisible characters. */
  readonly question: string
  /** The day that it is told for: the one that the question names, else the one that it was asked for. */
  readonly asOf: Day
  /** The time that the question names, and how it was understood. */
  readonly time?: TimeSaid
  readonly why: Explanation
}

/** The engine is sure: these facts answer, best first. */
export interface Answer extends Told {
  readonly kind: 'answer'
  /** One to ten; never `superseded` (the newer fact stands in its place) nor `not-yet`. */
  readonly facts: readonly StandingFact[]
  /** Related facts that the asker may want next; they claim nothing here. At most five. */
  readonly further: readonly StandingFact[]
  /** Of several questions in one, those that these facts do not answer, as written. */
  readonly unanswered: readonly string[]
}

/** Not sure, but these are near: the asker picks. One to five. */
export interface Suggestions extends Told {
  readonly kind: 'suggestions'
  readonly facts: readonly StandingFact[]
}

export interface Abstention extends Told {
  readonly kind: 'abstention'
  /**
   * `nothing-near`: no fact answers it · `not-yet`: the facts that would answer were not known on the as-of date
   * · `no-question`: nothing that could be read as a question.
   */
  readonly reason: 'nothing-near' | 'not-yet' | 'no-question'
  /** For `not-yet`: the first day on which something of it was known. */
  readonly knownFrom?: Day
}

/** The three outcomes of a question. */
export type Outcome = Answer | Suggestions | Abstention
