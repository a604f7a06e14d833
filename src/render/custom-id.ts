import { createHash } from 'node:crypto'
import { type Day, isDay } from '../knowledge/days.ts'
import type { Fact, Snapshot } from '../knowledge/snapshot.ts'
import { visible } from './escape.ts'

/** What a button, menu or form is for. */
const ACTIONS = ['show', 'further', 'sources', 'wrong', 'share'] as const
export type Action = (typeof ACTIONS)[number]

/** What a press tells: everything needed to handle it, so that it works after a restart. */
export interface Pressed {
  readonly action: Action
  readonly asOf: Day
  /** Facts that the press is about; empty when a menu tells them as its values. */
  readonly facts: readonly Fact[]
  /** How many facts it named that are no longer there. */
  readonly withdrawn: number
}

/** Discord's limit. */
export const LONGEST = 100
/** Whose digests fit into it. */
const MOST_FACTS = 10

/** `action|as-of|fact ids`. Ids that together are too long are replaced by short digests, so ten facts always fit. */
export function encodeCustomId(action: Action, asOf: Day, facts: readonly Pick<Fact, 'id'>[]): string {
  const inFull = [action, asOf, facts.map(({ id }) => id).join(',')].join('|')
  if (inFull.length <= LONGEST) return inFull
  return [action, asOf, facts.map(({ id }) => digest(id)).join(',')].join('|')
}

/** For a menu, whose values are the facts; the page tells several menus of one message apart. */
export function encodeMenuId(action: Action, asOf: Day, page = 0): string {
  return [action, asOf, '', page].join('|')
}

/** Undefined when it is not one of ours: a custom id comes back from outside, so nothing in it is trusted. */
export function decodeCustomId(customId: string, snapshot: Pick<Snapshot, 'facts'>): Pressed | undefined {
  const [name, asOf = '', ids, page = '0', ...rest] = customId.split('|')
  const action = ACTIONS.find((one) => one === name)
  if (!action || !isDay(asOf) || ids === undefined || !/^\d{1,2}$/.test(page) || rest.length > 0) return undefined
  const named = ids === '' ? [] : ids.split(',')
  if (named.length > MOST_FACTS) return undefined
  const facts = named.flatMap((id) => factFor(id, snapshot) ?? [])
  return { action, asOf, facts, withdrawn: named.length - facts.length }
}

function factFor(id: string, snapshot: Pick<Snapshot, 'facts'>): Fact | undefined {
  return id.startsWith('#') ? digestsOf(snapshot.facts).get(id) : snapshot.facts.get(id)
}

// Whoever presses a hundred times should not make each fact be digested a hundred times.
const digested = new WeakMap<Snapshot['facts'], ReadonlyMap<string, Fact>>()

function digestsOf(facts: Snapshot['facts']): ReadonlyMap<string, Fact> {
  const known = digested.get(facts) ?? new Map(Array.from(facts.values(), (fact) => [digest(fact.id), fact]))
  digested.set(facts, known)
  return known
}

/** A question as it is noted when no fact answers it. */
export function asNoted(question: string): string {
  return visible(question).slice(0, 500)
}

/** For a button to be told of an answer. It names the question, so that whoever counts gaps learns nothing of others. */
export function gapDigest(question: string): string {
  return digest(asNoted(question))
}

/** An id, short enough to stand in a custom id beside others. */
export function shortened(id: string): string {
  return id.length <= 20 && !id.startsWith('#') ? id : digest(id)
}

// Six characters of base64url are 36 bits: among 10,000 facts two alike are a 1-in-1,400 chance.
export function digest(id: string): string {
  return `#${createHash('sha256').update(id).digest('base64url').slice(0, 6)}`
}
