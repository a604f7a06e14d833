import { expect, vi } from 'vitest'
import type { Forgery } from '../../src/sandbox/people.ts'
import type { PageMessage } from '../../src/sandbox/protocol.ts'
import { type Somebody, toldOf } from '../discord/forging.ts'
import { readable } from '../discord/harness.ts'
import type { Keeping } from '../discord/keeping/scene.ts'
import { TEXTS } from './corpus.ts'
import { flawsIn, readOf } from './oracle.ts'

/** So many at a time: the bot has three seconds for each. */
const AT_ONCE = 4
const LOADING = 128
/** What the bot may link to in these tests. */
export const OWN = { links: new Set(['https://example.org/ferries']) }

/** Tries something with each text, and holds what is sent against the oracle. */
export async function withEach(
  sent: readonly unknown[],
  attempt: (text: string) => Promise<unknown>,
  texts = TEXTS,
): Promise<void> {
  const waiting = [...texts]
  const flaws: string[] = []
  const next = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      const from = sent.length
      const [name, text] = one
      try {
        await attempt(text)
      } catch (error) {
        flaws.push(`${name}: ${error}`)
      }
      flaws.push(...flawsIn(sent.slice(from), OWN).map((flaw) => `${name}: ${flaw}`))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next))
  expect([...new Set(flaws)].slice(0, 10)).toEqual([])
}

/** Sends a forgery, and resolves when the bot has answered for good: with its message, if it is a new one. */
export async function sendAs(scene: Keeping, who: Somebody, forgery: Forgery): Promise<PageMessage | undefined> {
  const told = { ...toldOf(scene, who), ...forgery.told }
  const all = () => scene.sandbox.messages(who.channel === 'dm' ? `${who.as}-dm` : who.channel)
  const find = (id: string | undefined) => all().findLast((message) => message.id === id)
  const [count, pressed] = [all().length, find(forgery.message?.id)]
  const outcome = await scene.sandbox.as(who.as).forge(who.channel, { ...forgery, told })
  if (outcome.kind === 'failed') throw new Error(outcome.text)
  const until = (isDone: () => boolean) =>
    isDone() ? undefined : vi.waitFor(() => expect(isDone()).toBe(true), { timeout: 15_000, interval: 5 })
  if (outcome.kind === 'updated' && outcome.later) {
    await until(() => all().length > count || find(pressed?.id) !== pressed)
  }
  if (outcome.kind !== 'message') return undefined
  await until(() => ((find(outcome.message.id)?.flags ?? 0) & LOADING) === 0)
  return find(outcome.message.id)
}

/** What is read in a message. */
export function textIn(message: PageMessage | undefined): string {
  return readOf(readable(message ?? {}))
}
