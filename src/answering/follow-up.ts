import type { Day } from '../knowledge/days.ts'
import type { Fact, Snapshot } from '../knowledge/snapshot.ts'
import { outcomeOfFacts } from './chosen.ts'
import type { Engine } from './engine.ts'
import type { Answer, Outcome } from './outcome.ts'

/** What somebody asked last, and got. */
export interface Previous {
  readonly question: string
  readonly asOf: Day
  readonly facts: readonly Fact[]
}

/** The outcome of a question that took its missing part from the previous one, and what it was taken to be about. */
export interface FollowedUp {
  readonly outcome: Outcome
  readonly about: string
}

/** More words than this say what they are about by themselves. */
const MOST_WORDS = 8
const MOST_ADDED = 5
const CONNECTED = /^(?:and|but|or|so|also|then|what about|how about|and what about|and how about)\b[\s,:]*/i
const START = '(?:(?:and|but|so|ok) )?'
/** Asks whose a fact is, or where it stands: every fact shows that. */
const ASKS_WHOSE = new RegExp(
  `^${START}(?:(?:who|which source) (?:said|says|claims|claimed|told|reported|wrote|states|stated)(?: (?:that|it|this|so))?|says who|(?:according to|by) whom|(?:what|which) is the source|sources?)$`,
)
/** Asks for a day: what happens, is planned, holds or was said has one. */
const ASKS_WHEN = new RegExp(`^${START}when(?: (?:is|was|does|did) (?:it|that|this)(?: happen)?)?$`)
/** Asks from when, until when, and whether still: shown of what holds or is planned. */
const ASKS_HOW_LONG = new RegExp(
  `^${START}(?:(?:since|until|till|from) when(?: on)?|(?:until|since) when (?:is|does|was|did) (?:it|that|this) (?:hold|last|apply|valid|in force|run)|when does (?:it|that|this) (?:end|start|begin|expire)|(?:is|does|was) (?:it|that|this) still (?:hold|true|valid|so|current|apply|in force|the case)|still true|for how long|how long)$`,
)
const POINTING = /\b(?:it|its|that|this|they|them|their|those|these|he|she|his|her|him|there|one)\b/i
/** Words that say nothing of what is asked about. */
const EMPTY =
  /^(?:and|but|or|so|also|then|ok|okay|well|exactly|really|please|who|whom|whose|what|when|where|why|which|how|much|many|often|long|far|high|big|is|are|was|were|be|been|do|does|did|has|have|had|will|would|can|could|should|may|might|must|the|a|an|of|for|in|on|at|to|by|from|with|about|since|until|till|still|say|says|said|more|else|not|no|yes)$/i

/**
 * Answers a question that makes sense only after another one, such as “and until when?”; undefined for a question that
 * stands by itself. Only what surely belongs to both is answered: a fact is never taken for the answer because it was
 * the previous one.
 */
export function answerFollowUp(
  text: string,
  previous: Previous,
  engine: Pick<Engine, 'ask'>,
  snapshot: Snapshot,
  asOf: Day,
): FollowedUp | undefined {
  const plain = text
    .toLowerCase()
    .replace(/[?!.,;:]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const words = plain.split(' ')
  if (plain === '' || words.length > MOST_WORDS || previous.question === '') return undefined
  const showing = previous.facts.filter((fact) => isShown(plain, fact))
  if (showing.length > 0) return { outcome: again({ ...previous, facts: showing }, snapshot), about: previous.question }
  const named = mentionsIn(text, snapshot)
  const added = withoutEnd(text.replace(CONNECTED, ''))
  const isConnected = added.length < withoutEnd(text).length && added.split(/\s+/).length <= MOST_ADDED
  const isPointing = named.length === 0 && (POINTING.test(plain) || words.every((word) => EMPTY.test(word)))
  if (isConnected && named.length > 0) return instead(added, named, previous, engine, snapshot, asOf)
  if (!isConnected && !isPointing) return undefined
  const question = `${withoutEnd(previous.question)} ${isPointing ? plain : added}?`
  const outcome = engine.ask(question, asOf)
  return { outcome: isPointing ? related(outcome, previous) : unsureOf(outcome, previous), about: question }
}

/** Without the marks that end a question. */
function withoutEnd(text: string): string {
  let end = text.length
  while (end > 0 && /[?!.\s]/.test(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}

/** Whether a fact shows of itself what is asked. */
function isShown(plain: string, { kind }: Fact): boolean {
  if (ASKS_WHOSE.test(plain)) return true
  if (ASKS_WHEN.test(plain)) return kind !== 'unknown'
  return ASKS_HOW_LONG.test(plain) && (kind === 'rule' || kind === 'plan')
}

/** “And the other?”: the previous question, asked of another. */
function instead(
  added: string,
  named: readonly Mention[],
  previous: Previous,
  engine: Pick<Engine, 'ask'>,
  snapshot: Snapshot,
  asOf: Day,
): FollowedUp {
  const ids = new Set(named.map(({ id }) => id))
  const before = mentionsIn(previous.question, snapshot)
  const name = (id: string) => snapshot.entities.get(id)?.name ?? id
  const [newcomer = ''] = ids
  const old =
    before.find(({ id }) => !ids.has(id) && isAlike(id, newcomer, snapshot)) ?? before.find(({ id }) => !ids.has(id))
  const question = old
    ? // Who was named in the other place before goes to the place that became free.
      replaced(previous.question, before, (mention) =>
        mention.id === old.id ? name(newcomer) : ids.has(mention.id) ? name(old.id) : mention.text,
      )
    : `${withoutEnd(previous.question)} ${added}?`
  const outcome = unsureOf(engine.ask(question, asOf), previous)
  const isAbout = (fact: Fact) =>
    [...fact.entities, fact.speaker, fact.measure?.of].some((id) => id !== undefined && ids.has(id))
  const [first] = outcome.kind === 'answer' ? outcome.facts : []
  const isGuess = outcome.kind === 'answer' && first && !isAbout(first.fact)
  return { outcome: isGuess ? asSuggestions(outcome, previous) : outcome, about: question }
}

/** The previous facts, as what they are now on their day. */
function again({ facts, asOf, question }: Previous, snapshot: Snapshot): Outcome {
  const [first, ...others] = facts.flatMap((fact) => snapshot.facts.get(fact.id) ?? [])
  const told: Outcome = first
    ? outcomeOfFacts([first, ...others], asOf, snapshot)
    : { kind: 'abstention', reason: 'nothing-near', question, asOf, why: GONE }
  return { ...told, question }
}

const GONE = { decision: 'the facts have been withdrawn', words: [], repaired: [], entities: [], candidates: [] }

/** What repeats the previous answer does not answer why or where; what is about something else is a guess. */
function related(outcome: Outcome, previous: Previous): Outcome {
  if (outcome.kind !== 'answer') return outcome
  const { facts, question, asOf, why } = outcome
  if (facts.every(({ fact }) => isPrevious(fact, previous))) {
    return { kind: 'abstention', reason: 'nothing-near', question, asOf, why }
  }
  const first = facts[0]?.fact
  const isNear = previous.facts.some(
    ({ topic, entities }) => topic === first?.topic || entities.some((id) => first?.entities.includes(id)),
  )
  return isNear && !isPrevious(first, previous) ? outcome : asSuggestions(outcome, previous)
}

/** What was asked of another and yields the same, or that first of all, is not sure to be of the other. */
function unsureOf(outcome: Outcome, previous: Previous): Outcome {
  const isSame = outcome.kind === 'answer' && isPrevious(outcome.facts[0]?.fact, previous)
  return isSame ? asSuggestions(outcome, previous) : outcome
}

function isPrevious(fact: Fact | undefined, previous: Previous): boolean {
  return previous.facts.some(({ id }) => id === fact?.id)
}

/** What is new comes first: the rest has been shown. */
function asSuggestions({ facts, further, question, asOf, time, why }: Answer, previous: Previous): Outcome {
  const all = [...facts, ...further].slice(0, 5)
  const [shown = [], fresh = []] = [true, false].map((known) =>
    all.filter(({ fact }) => isPrevious(fact, previous) === known),
  )
  return { kind: 'suggestions', question, asOf, ...(time ? { time } : {}), why, facts: [...fresh, ...shown] }
}

interface Mention {
  readonly id: string
  readonly text: string
  readonly start: number
}

/** Where entities are named in a text, from left to right; a longer name goes before a shorter one within it. */
function mentionsIn(text: string, { entities }: Snapshot): Mention[] {
  const names = [...entities.values()]
    .flatMap(({ id, name, aliases }) => [name, ...aliases].map((alias) => ({ id, alias })))
    .sort((one, other) => other.alias.length - one.alias.length)
  const lower = text.toLowerCase()
  const found: Mention[] = []
  for (const { id, alias } of names) {
    const wanted = alias.toLowerCase()
    for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, at + 1)) {
      const end = at + wanted.length
      const isWord = !/[\p{L}\p{N}]/u.test(lower[at - 1] ?? ' ') && !/[\p{L}\p{N}]/u.test(lower[end] ?? ' ')
      const isFree = found.every(({ start, text: { length } }) => end <= start || at >= start + length)
      if (isWord && isFree) found.push({ id, text: text.slice(at, end), start: at })
    }
  }
  return found.sort((one, other) => one.start - other.start)
}

function replaced(text: string, mentions: readonly Mention[], by: (mention: Mention) => string): string {
  let [result, at] = ['', 0]
  for (const mention of mentions) {
    result += text.slice(at, mention.start) + by(mention)
    at = mention.start + mention.text.length
  }
  return result + text.slice(at)
}

/** Whether two entities play the same part in the knowledge: both speak, or figures are told of both. */
function isAlike(one: string, other: string, { facts }: Snapshot): boolean {
  const parts = (id: string) => {
    const own = [...facts.values()]
    return [own.some(({ speaker }) => speaker === id), own.some(({ measure }) => measure?.of === id)]
  }
  const theirs = parts(other)
  return parts(one).some((plays, index) => plays && theirs[index])
}
