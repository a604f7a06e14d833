import type { Snapshot } from '../../knowledge/snapshot.ts'
import type { CrowdAnswer, CrowdRequest } from '../../sandbox/crowd.ts'
import type { PageMessage } from '../../sandbox/protocol.ts'
import type { Sandbox } from '../../sandbox/sandbox.ts'

const PEOPLE = 20_000
const SERVERS = 500
/** Answers whose buttons can still be pressed. */
const PRESSABLE = 500

export interface Sent {
  readonly kind: string
  readonly answer: CrowdAnswer
}

/** Sends what people send, in the shares in which a busy evening might have them, each by somebody at random. */
export function createMix(sandbox: Sandbox, { facts, topics }: Snapshot): () => Promise<Sent> {
  const people = Array.from({ length: PEOPLE }, (_, index) => String(1_200_000_000_000_000_000n + BigInt(index)))
  const servers = Array.from({ length: SERVERS }, () => sandbox.crowd.guild())
  const questions = [...facts.values()].flatMap(({ askedAs }) => askedAs).sort(() => Math.random() - 0.5)
  const names = [...topics.values()].map(({ name }) => name)
  const ids = [...facts.keys()]
  const pressable: PageMessage[] = []

  const question = () => often(questions)
  const kinds: readonly Kind[] = [
    [35, () => ({ kind: 'command', name: 'ask', options: { question: question() } })],
    [
      25,
      () => {
        const typed = question()
        const options = { question: typed.slice(0, 3 + Math.floor(Math.random() * typed.length)) }
        return { kind: 'autocomplete', name: 'ask', options, focused: 'question' }
      },
    ],
    [10, () => ({ kind: 'command', name: draw(names) })],
    [10, () => ({ kind: 'command', name: 'fact', options: { fact: draw(ids) } })],
    [
      10,
      () => {
        const message = pressable.pop()
        return message && { kind: 'button', message, customId: sourcesOf(message) }
      },
    ],
    [4, () => ({ kind: 'command', name: 'timeline' })],
    [3, () => ({ kind: 'menu', name: 'Answer from facts', content: question() })],
    [3, () => ({ kind: 'command', name: 'upcoming' })],
  ]
  const whole = kinds.reduce((sum, [share]) => sum + share, 0)

  return async () => {
    const [, make] = pick(kinds, Math.random() * whole)
    const request = make() ?? { kind: 'command', name: 'ask', options: { question: question() } }
    const answer = await sandbox.crowd.send({ user: draw(people), guild: draw(servers), ...request })
    if (answer.message && sourcesOf(answer.message) && pressable.length < PRESSABLE) pressable.push(answer.message)
    return { kind: request.kind, answer }
  }
}

/** The id of its button for sources; empty if it has none. */
function sourcesOf({ components }: PageMessage): string {
  return /"custom_id":"(sources\|[^"]*)"/.exec(JSON.stringify(components ?? []))?.[1] ?? ''
}

type Kind = readonly [share: number, make: () => Request | undefined]

function pick([first, ...others]: readonly Kind[], at: number): Kind {
  if (!first) throw new RangeError('there is nothing to pick')
  const [share] = first
  return at < share || others.length === 0 ? first : pick(others, at - share)
}

type Request = Extract<CrowdRequest, { kind: 'command' | 'autocomplete' | 'menu' | 'button' }>

/** One of them, as people ask: half of all questions are among the hundred that are asked most. */
function often<Item>(items: readonly Item[]): Item {
  return items[Math.floor(items.length ** Math.random()) - 1] as Item
}

function draw<Item>(items: readonly Item[]): Item {
  return items[Math.floor(Math.random() * items.length)] as Item
}
