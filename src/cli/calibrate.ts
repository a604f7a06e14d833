import { writeFile } from 'node:fs/promises'
import current from '../answering/calibration.json' with { type: 'json' }
import { cleanText } from '../answering/clean.ts'
import { type Calibration, MOST_OFFERED } from '../answering/decide.ts'
import { fitChoices, fitJudgements } from '../answering/fitting.ts'
import offTopic from '../answering/off-topic.json' with { type: 'json' }
import { type Ranked, rank, shownOf, trustIn, verdictOn, type Weights } from '../answering/ranking.ts'
import { type About, type Case, rehearse, seer } from '../answering/rehearsal.ts'
import { ACCEPTING_SIGNALS, EITHER_WAY, RANKING_SIGNALS } from '../answering/signals.ts'
import type { Fact } from '../knowledge/snapshot.ts'
import { knowledgeOrExit } from './knowledge.ts'
import { type Labelled, readLabelled } from './labelled.ts'

/** Facts this near the best one in score are shown together with it. */
const TOGETHER = 0.5
const FOLDS = 5
/** Questions a fact in knowledge that is younger than ours. */
const FEW = 3
/** A rehearsed case counts this much beside a labelled question, of which there are fewer. */
const REHEARSED = 0.1
/** A line of general talk counts this much, as there are few beside so many questions. */
const TALK = 1
/** Of all questions, at most this share may be answered with a fact that does not answer them. */
const MOST_MISLEADING = 0.03
/** Of the questions that a fact answers, at most this share may get neither the answer nor an offer. */
const MOST_LOST = 0.01
/** The same for knowledge with few questions a fact. */
const MOST_LOST_YOUNG = 0.03
const REHEARSAL: Labelled = { q: '', type: 'answerable', facts: [] }

const folder = process.argv[2] ?? 'knowledge'
const snapshot = await knowledgeOrExit(folder)
const young = [...rehearse(snapshot, offTopic, FEW)]
const rehearsed = [...rehearse(snapshot, offTopic), ...young]
const labelled = await readLabelled('tests/answering/labelled')
const see = seer(snapshot, offTopic)
// Of a temporal question the day decides, not the words; what is learnt here is words.
const real = labelled
  .filter(({ asOf, type }) => asOf === undefined && type !== 'temporal')
  .map((item) => ({ item, seen: see(cleanText(item.q), new Set(item.facts), aboutOf(item)) }))
console.log(`${rehearsed.length} rehearsed and ${real.length} labelled questions`)

/** Each labelled question judged by weights that never saw it. */
const outOfFold = Array.from({ length: FOLDS }, (_, fold) => {
  const weights = learn([...real.filter((_, i) => i % FOLDS !== fold).map(({ seen }) => seen)])
  return real.filter((_, i) => i % FOLDS === fold).map(({ item, seen }) => judge(item, seen, weights))
}).flat()
const answerFrom = lowestTrust(outOfFold, MOST_MISLEADING)
const weights = learn(real.map(({ seen }) => seen))
const fromYoung = young.filter(({ about }) => about === 'answered').map((seen) => judge(REHEARSAL, seen, weights))
const offerFrom = Math.min(lowestNearness(outOfFold, MOST_LOST), lowestNearness(fromYoung, MOST_LOST_YOUNG))
report(outOfFold, answerFrom, offerFrom)

const calibration: Calibration = { ...weights, answerFrom, offerFrom, together: TOGETHER }
await writeFile('src/answering/calibration.json', `${JSON.stringify(calibration, null, 2)}\n`)
console.log(`was: answer from ${current.answerFrom}, offer from ${current.offerFrom}`)

interface Learnt {
  readonly ranking: Weights
  readonly accepting: Weights
  readonly offering: Weights
}

function learn(real: readonly Case[]): Learnt {
  const cases = [
    ...rehearsed.map((seen) => ({ seen, weight: seen.about === 'nothing' ? TALK : REHEARSED })),
    ...real.map((seen) => ({ seen, weight: 1 })),
  ]
  const choices = cases.flatMap(({ seen: { sightings, right }, weight }) => {
    const hits = sightings.map(({ indexed }) => right.has(indexed.fact.id))
    const count = hits.filter(Boolean).length
    if (count === 0) return []
    const rows = sightings.map((sighting) => Object.values(RANKING_SIGNALS).map((signal) => signal(sighting)))
    return [{ rows, shares: hits.map((hit) => (hit ? 1 / count : 0)), weight }]
  })
  const ranking = fitChoices(Object.keys(RANKING_SIGNALS), choices, EITHER_WAY)
  const judgements = cases.flatMap(({ seen, weight }) => {
    const ranked = rank(seen.sightings, ranking)
    if (ranked.length === 0) return []
    const shown = shownOf(ranked, TOGETHER)
    const right = isRight(shown, seen.right)
    // An honest "not recorded" in place of nothing at all neither helps nor harms.
    if (!right && seen.right.size === 0 && isUnknown(shown)) return []
    const verdict = verdictOn(ranked, shown)
    return [{ row: Object.values(ACCEPTING_SIGNALS).map((signal) => signal(verdict)), right, weight }]
  })
  const offers = cases.flatMap(({ seen, weight }) => {
    const ranked = rank(seen.sightings, ranking)
    const near = isRight(ranked.slice(0, MOST_OFFERED), seen.right)
    if (ranked.length === 0 || (!near && seen.about !== 'nothing')) return []
    const verdict = verdictOn(ranked, shownOf(ranked, TOGETHER))
    const row = Object.values(ACCEPTING_SIGNALS).map((signal) => signal(verdict))
    return [{ row, right: near, weight: near ? weight : TALK }]
  })
  const names = Object.keys(ACCEPTING_SIGNALS)
  return {
    ranking,
    accepting: fitJudgements(names, judgements, EITHER_WAY),
    offering: fitJudgements(names, offers, EITHER_WAY),
  }
}

interface Judged {
  readonly item: Labelled
  readonly trust: number
  /** How likely it is that the question is about these facts at all. */
  readonly nearness: number
  readonly right: boolean
  /** Says first of all that something is not recorded. */
  readonly unknown: boolean
  /** A right fact is among those that would be offered. */
  readonly near: boolean
}

function judge(item: Labelled, seen: Case, { ranking, accepting, offering }: Learnt): Judged {
  const ranked = rank(seen.sightings, ranking)
  if (ranked.length === 0) return { item, trust: 0, nearness: 0, right: false, unknown: false, near: false }
  const shown = shownOf(ranked, TOGETHER)
  const verdict = verdictOn(ranked, shown)
  return {
    item,
    trust: trustIn(verdict, accepting),
    nearness: trustIn(verdict, offering),
    right: isRight(shown, seen.right),
    unknown: isUnknown(shown),
    near: isRight(ranked.slice(0, MOST_OFFERED), seen.right),
  }
}

/** Whether one of the facts was noted as right, or tells what stands in the same place of the source as one that was. */
function isRight(shown: readonly Ranked[], right: ReadonlySet<string>): boolean {
  const places = new Set([...right].flatMap((id) => placesOf(snapshot.facts.get(id))))
  return shown.some(({ indexed: { fact } }) => right.has(fact.id) || placesOf(fact).some((place) => places.has(place)))
}

function placesOf(fact: Fact | undefined): string[] {
  if (!fact || fact.kind === 'unknown') return []
  return fact.citations.flatMap(({ source, paragraphs }) => paragraphs.map((paragraph) => `${source} ${paragraph}`))
}

function isUnknown([first]: readonly Ranked[]): boolean {
  return first?.indexed.fact.kind === 'unknown'
}

function aboutOf({ type, facts }: Labelled): About {
  return type === 'off-topic' ? 'nothing' : facts.length > 0 ? 'answered' : 'near'
}

function unanswerable({ type }: Labelled): boolean {
  return type === 'near-miss' || type === 'off-topic'
}

function misleads({ item, right, unknown }: Judged): boolean {
  return unanswerable(item) ? !right && !unknown : !right
}

function lowestTrust(judged: readonly Judged[], most: number): number {
  const wrong = judged
    .filter(misleads)
    .map(({ trust }) => trust)
    .sort((a, b) => b - a)
  return Math.ceil((wrong[Math.floor(judged.length * most)] ?? 0) * 100) / 100
}

function lowestNearness(judged: readonly Judged[], most: number): number {
  const near = judged
    .filter(({ item, near }) => !unanswerable(item) && near)
    .map(({ nearness }) => nearness)
    .sort((a, b) => a - b)
  return Math.floor((near[Math.floor(near.length * most)] ?? 0) * 1000) / 1000
}

function report(judged: readonly Judged[], answerFrom: number, offerFrom: number): void {
  console.log(`answer from ${answerFrom}, offer from ${offerFrom}; out of fold:`)
  for (const type of [...new Set(judged.map(({ item }) => item.type)), 'all']) {
    const some = judged.filter(({ item }) => type === 'all' || item.type === type)
    const share = (test: (one: Judged) => boolean) => interval(some.filter(test).length, some.length)
    const answered = ({ trust }: Judged) => trust >= answerFrom
    console.log(
      `${type.padEnd(14)} ${String(some.length).padStart(4)}  right ${share((one) => answered(one) && one.right)}  within a click ${share((one) => (answered(one) ? one.right : one.near && one.nearness >= offerFrom))}  misleading ${share((one) => answered(one) && misleads(one))}  silent ${share((one) => !answered(one) && one.nearness < offerFrom)}`,
    )
  }
}

/** A share in percent with its 95% confidence interval (Wilson). */
function interval(part: number, whole: number): string {
  if (whole === 0) return '–'
  const z = 1.96
  const share = part / whole
  const middle = (share + (z * z) / (2 * whole)) / (1 + (z * z) / whole)
  const half = (z / (1 + (z * z) / whole)) * Math.sqrt((share * (1 - share)) / whole + (z * z) / (4 * whole * whole))
  const percent = (value: number) => (100 * value).toFixed(1)
  return `${percent(share).padStart(5)} (${percent(middle - half)}–${percent(middle + half)})`
}
