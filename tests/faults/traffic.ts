import { setTimeout as wait } from 'node:timers/promises'
import type { CrowdAnswer, CrowdRequest } from '../../src/sandbox/crowd.ts'
import type { PageMessage } from '../../src/sandbox/protocol.ts'
import type { Sandbox } from '../../src/sandbox/sandbox.ts'
import { readable } from '../discord/harness.ts'

/** What many people send at once, and what they were told. The knowledge is that of the ferries. */
export interface Traffic {
  /** Every interaction of the crowd. */
  readonly sent: readonly { readonly what: string; readonly answer: CrowdAnswer }[]
  readonly mentions: readonly { readonly guild: string; readonly at: number; readonly answer: CrowdAnswer }[]
  /** What was said to be noted, followed, received and in force. */
  readonly confirmed: Readonly<Record<'gaps' | 'follows' | 'complaints' | 'changes', readonly string[]>>
  /** What moderators were told where they could not go on with a change. */
  readonly refused: readonly string[]
  /** Resolves when everything has come to its end. */
  stop(): Promise<void>
}

export const QUESTION = 'How much is a crossing at most?'
/** Milliseconds for what follows a deferral. */
const PATIENCE = 20_000

/** Sends some twenty interactions and five mentions a second, without waiting for what was sent before. */
export function startTraffic({ crowd, ids, as }: Sandbox): Traffic {
  const sent: { what: string; answer: CrowdAnswer }[] = []
  const mentions: { guild: string; at: number; answer: CrowdAnswer }[] = []
  const confirmed = {
    gaps: [] as string[],
    follows: [] as string[],
    complaints: [] as string[],
    changes: [] as string[],
  }
  const refused: string[] = []
  const failures: unknown[] = []
  let isOver = false

  async function send(what: string, request: CrowdRequest): Promise<CrowdAnswer> {
    const answer = await crowd.send({ patience: PATIENCE, ...request })
    sent.push({ what, answer })
    return answer
  }

  async function every(milliseconds: number, act: (count: number) => Promise<unknown>): Promise<void> {
    const all: Promise<unknown>[] = []
    for (let count = 0; !isOver; count += 1) {
      all.push(act(count).catch((error) => failures.push(error)))
      await wait(milliseconds)
    }
    await Promise.all(all)
  }

  const ask = (question: string) => ({ kind: 'command', name: 'ask', options: { question } }) as const

  async function note(count: number): Promise<void> {
    const question = `Who painted lighthouse ${count}?`
    const { message } = await send('gap', ask(question))
    if (customIdIn(message, /^gap\|tell/) !== '') confirmed.gaps.push(question)
  }

  async function follow(count: number): Promise<void> {
    const user = String(1_310_000_000_000_000_000n + BigInt(count))
    const request = { kind: 'command', name: 'follow', options: { topic: 'ferries' } } as const
    const { text } = await send('follow', { ...request, user, guild: null })
    if (text.includes('I will tell you')) confirmed.follows.push(user)
  }

  async function complain(count: number): Promise<void> {
    const user = String(1_320_000_000_000_000_000n + BigInt(count))
    const { message } = await send('ask', { ...ask(QUESTION), user })
    const customId = customIdIn(message, /^wrong/)
    // Whoever was asked to come again has nothing to press.
    if (customId === '') return
    const { modal } = await send('form', { kind: 'button', message, customId, user })
    const text = `This is wrong, says number ${count}.`
    const told = modal && (await send('complaint', { kind: 'modal', modal, user, fields: { note: text } }))
    if (told?.text.includes('Thank you')) confirmed.complaints.push(text)
  }

  const [moderator, colleague] = [as('moderator'), as('colleague')]
  async function change(count: number): Promise<void> {
    const statement = `Night boat ${count} costs ${100 + count} euros.`
    const questions = `What does night boat ${count} cost?\nfare of night boat ${count}\nnight boat ${count} price`
    const add = { topic: 'ferries', kind: 'rule', source: 'report', paragraphs: '4' }
    try {
      const { modal } = await moderator.slash('moderators', 'knowledge add', add)
      const draft = await moderator.submit(modal, { statement, questions, period: 'from 1 May 2025', why: 'News' })
      const proposed = readable((await moderator.press(draft.message, 'Propose')).message)
      const [, proposal] = /Proposal (\d+)/.exec(proposed) ?? []
      if (!proposal) throw new Error(proposed)
      const shown = await colleague.slash('moderators', 'knowledge review', { proposal: Number(proposal) })
      const approved = readable((await colleague.press(shown.message, 'Approve')).message)
      if (!approved.includes('It is in force')) throw new Error(approved)
      confirmed.changes.push(statement)
    } catch (error) {
      refused.push(String(error))
    }
  }

  async function changes(): Promise<void> {
    for (let count = 0; !isOver; count += 1) {
      await change(count)
      await wait(500)
    }
  }

  const typing = { kind: 'autocomplete', name: 'ask', options: { question: 'how mu' }, focused: 'question' } as const
  const all = [
    every(100, () => send('ask', ask(QUESTION))),
    every(250, () => send('typing', typing)),
    every(300, note),
    every(400, follow),
    every(800, complain),
    every(1_000, () => send('timeline', { kind: 'command', name: 'timeline' })),
    changes(),
    ...ids.guilds.map((guild) =>
      every(400, async () => {
        const at = performance.now()
        mentions.push({ guild, at, answer: await crowd.send({ kind: 'mention', guild, content: QUESTION }) })
      }),
    ),
  ]
  return {
    ...{ sent, mentions, confirmed, refused },
    async stop() {
      isOver = true
      await Promise.all(all)
      if (failures.length > 0) throw new AggregateError(failures, 'what was sent could not be')
    },
  }
}

/** The id of the first button whose id matches; empty if there is none. */
export function customIdIn(message: PageMessage | undefined, pattern: RegExp): string {
  const ids = JSON.stringify(message?.components ?? []).matchAll(/"custom_id":"([^"]*)"/g)
  return [...ids].map(([, id = '']) => id).find((id) => pattern.test(id)) ?? ''
}
