import type { Sighting } from './candidates.ts'
import { has, type IndexedFact } from './fact-index.ts'
import type { Question, Unit } from './question.ts'

const REACH = 1e-4
/** Rivals further down, or further below in score, are hardly ever meant. */
const NEAREST_RIVALS = 4
const RIVALS_WITHIN = 2

/** Reasons for a fact, each a number that grows with its fitness. To add one, add it here and calibrate. */
export const RANKING_SIGNALS = {
  /** Shares rare words with the question, in any of its texts. */
  bm25: ({ bm25, bestBm25 }: Sighting) => bm25 / (bestBm25 || 1),
  /** Its askedAs questions taken together sound most like the question. */
  chance: ({ chance }: Sighting) => Math.log(chance + REACH) - Math.log(REACH),
  /** Somebody was foreseen to ask almost this. */
  bestQuestion: ({ likenesses }: Sighting) => likenesses[0] ?? 0,
  /** Somebody was foreseen to ask just this. */
  foreseen: ({ likenesses }: Sighting) => ((likenesses[0] ?? 0) > 0.97 ? 1 : 0),
  /** Several foreseen questions resemble it: less of an accident than one. */
  goodQuestions: ({ likenesses }: Sighting) => ((likenesses[0] ?? 0) + (likenesses[1] ?? 0) + (likenesses[2] ?? 0)) / 3,
  /** The statement itself speaks of it. */
  statement: ({ statement }: Sighting) => statement,
  /** Its texts use the question's words, the rare ones above all. */
  coverage: ({ question, indexed }: Sighting) => share(question.units, (unit) => covers(indexed, unit), telling),
  /** The most alike askedAs question has the asker's words. */
  asksTheSame: (sighting: Sighting) => 1 - bestQuestionGap(sighting),
  /** And asks for little else. */
  asksNoMore: ({ excess }: Sighting) => 1 - excess,
  /** It is asked for with the same question words. */
  askedThisWay: ({ manner }: Sighting) => manner,
  /** The names in the question are its names. */
  names: ({ question, indexed }: Sighting) => share(question.entities, ({ feature }) => has(indexed, feature)),
  /** Figures in the question stand in it (or in a question that it corrects). */
  figures: ({ question, indexed }: Sighting) => share(question.numbers, ({ feature }) => has(indexed, feature)),
  /** It holds the type of thing asked for. */
  wanted: ({ question, indexed }: Sighting) => (gives(indexed, question.wanted) ? 1 : 0),
  /** It says that something is not known. */
  unknown: ({ indexed }: Sighting) => (indexed.fact.kind === 'unknown' ? 1 : 0),
  /** Who says little wants what is known first. */
  unknownToFew: ({ question, indexed }: Sighting) =>
    indexed.fact.kind === 'unknown' ? 1 / (1 + question.units.length) : 0,
} satisfies Record<string, (sighting: Sighting) => number>

/** What is known of the best candidate when it is decided whether it answers at all. */
export interface Verdict extends Sighting {
  /** Its ranking score, and that of the best candidate that asks for another thing. */
  readonly score: number
  readonly runnerUp: number
  /** The candidates that are not shown, best first. */
  readonly rivals: readonly (Sighting & { readonly score: number })[]
  /** What is not known is said before what is known. */
  readonly hedged: boolean
}

/** Reasons to trust the best fact or not. To add one, add it here and calibrate. */
export const ACCEPTING_SIGNALS = {
  ...RANKING_SIGNALS,
  /** It stands out from the next one. */
  margin: ({ score, runnerUp }: Verdict) => Math.min(6, score - runnerUp),
  score: ({ score }: Verdict) => score,
  /** General talk that no knowledge would answer. */
  talk: ({ talk, likenesses }: Verdict) => -Math.max(0, talk - (likenesses[0] ?? 0)),
  /** A name that it lacks. */
  nameGap: ({ question, indexed }: Verdict) =>
    -Math.min(3, gaps(question, indexed).filter((unit) => unit.capital).length),
  /** Words that the whole knowledge never uses. */
  foreign: ({ foreign }: Verdict) =>
    -Math.min(
      4,
      foreign.reduce((sum, { rarity }) => sum + rarity, 0),
    ),
  /** A telling word that it lacks and a rival has: that rival may be meant. */
  rivalCovers: ({ question, indexed, rivals }: Verdict) => {
    const lacking = gaps(question, indexed)
    return -Math.max(
      0,
      ...rivals
        .slice(0, NEAREST_RIVALS)
        .flatMap((rival) => lacking.filter((unit) => covers(rival.indexed, unit)).map(({ rarity }) => rarity)),
    )
  },
  /** That the very thing is not known may be the truth. */
  unknownRival: ({ score, rivals }: Verdict) =>
    rivals
      .slice(0, NEAREST_RIVALS)
      .some((rival) => rival.indexed.fact.kind === 'unknown' && score - rival.score < RIVALS_WITHIN)
      ? -1
      : 0,
  /** What is not known is said with it, so that it claims less. */
  hedged: ({ hedged }: Verdict) => (hedged ? 1 : 0),
  /** Its chance as it is: from the middle up it says more than its logarithm. */
  plainChance: ({ chance }: Verdict) => chance,
  /** Little was said. */
  brevity: ({ question }: Verdict) => 1 / (1 + question.units.length),
} satisfies Record<string, (verdict: Verdict) => number>

/** Signals that are no better high than low in themselves; how the others point is given, and calibration holds it. */
export const EITHER_WAY: ReadonlySet<string> = new Set(['unknown', 'unknownToFew', 'hedged', 'brevity'])

/** Whether any text of the fact uses this word or name, or one that means the same. */
export function covers(indexed: IndexedFact, unit: Unit): boolean {
  return unit.features.some((feature) => has(indexed, feature))
}

function gaps(question: Question, indexed: IndexedFact): Unit[] {
  return question.units.filter((unit) => !covers(indexed, unit))
}

const telling = (unit: Unit) => 0.2 + unit.rarity

function share<T>(list: readonly T[], test: (item: T) => boolean, weight: (item: T) => number = () => 1): number {
  let all = 0
  let held = 0
  for (const item of list) {
    all += weight(item)
    if (test(item)) held += weight(item)
  }
  // Nothing to cover is neither for nor against.
  return all === 0 ? 0.5 : held / all
}

/** Share of the question's words that the most alike askedAs question lacks. */
function bestQuestionGap({ question, indexed: { texts }, likeliest }: Sighting): number {
  if (likeliest === undefined) return 1
  // The statement is the first of the texts.
  const said = texts.ids.subarray(texts.ends[likeliest], texts.ends[likeliest + 1])
  return 1 - share(question.units, (unit) => unit.features.some((feature) => said.includes(feature)), telling)
}

function gives({ fact }: IndexedFact, wanted: Question['wanted']): boolean {
  if (wanted === 'when')
    return fact.period.from !== undefined || fact.period.until !== undefined || /\b\d{4}\b/.test(fact.statement)
  if (wanted === 'number') return fact.measure !== undefined || /\d/.test(fact.statement)
  if (wanted === 'who') return fact.speaker !== undefined || /\p{L} \p{Lu}/u.test(fact.statement)
  return true
}
