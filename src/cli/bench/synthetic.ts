import { type Day, shiftDay } from '../../knowledge/days.ts'
import type { Entity, Fact, Snapshot, Topic } from '../../knowledge/snapshot.ts'
import { type Attribute, attributes } from './attributes.ts'
import { createRandom, type Random } from './random.ts'
import { fill, type Whose } from './templates.ts'
import { curatorsVoices, glossary, strangersVoices } from './voices.ts'
import { inventedName, realWord, withTypo } from './words.ts'

/** Knowledge that nobody wrote, and strangers' questions whose facts are known. */
export interface Synthetic {
  readonly snapshot: Snapshot
  readonly probes: readonly { readonly text: string; readonly fact: string }[]
}

const DAY: Day = '2025-01-01'
const FACTS_A_BODY = 8
const FACTS_A_TOPIC = 500
const TYPOS = 0.2
const BODIES = 'Council, Institute, Society, Office, Museum, Works, Trust, School'.split(', ')
const PAPERS = 'passport, licence, letter of consent, proof of address, certificate'.split(', ')

/**
 * Facts about invented bodies, each with so many questions, and strangers' questions in words and voices that no curator
 * used: another way to ask, one time in five with a slip of the pen. The same for the same numbers, on any machine.
 */
export function synthetic(facts: number, questions: number, probes: number): Synthetic {
  const random = createRandom(facts * 31 + questions)
  const stories = storiesOf(facts, random)
  const list = stories.map((story, i) => factOf(story, i, questions, random))
  const told = new Map(list.map((fact) => [fact.id, fact]))
  const asked = Array.from({ length: probes }, () => {
    const at = random.below(stories.length)
    const text = questionOf(stories[at] as Story, 'stranger', random)
    return { text: random.chance(TYPOS) ? withTypo(text, random) : text, fact: (list[at] as Fact).id }
  })
  const topics = Map.groupBy(list, ({ topic }) => topic)
  return {
    snapshot: {
      facts: told,
      topics: new Map([...topics].map(([name, facts]) => [name, topicOf(name, facts)])),
      sources: new Map([['notice', { id: 'notice', title: 'Notices', date: DAY }]]),
      entities: new Map(stories.map(({ body }) => [body.id, body])),
      glossary,
    },
    probes: asked,
  }
}

/** The same knowledge with one fact rewritten. */
export function withOneChanged(snapshot: Snapshot, at: number): Snapshot {
  const fact = [...snapshot.facts.values()][at] as Fact
  const changed = {
    ...fact,
    statement: `${fact.statement} This was confirmed in round ${at}.`,
    askedAs: [...fact.askedAs.slice(1), `was it confirmed in round ${at}`],
  }
  return { ...snapshot, facts: new Map(snapshot.facts).set(fact.id, changed) }
}

interface Story {
  readonly body: Entity
  readonly attribute: Attribute
  readonly values: Readonly<Record<string, string>>
}

function storiesOf(count: number, random: Random): Story[] {
  const bodies = Array.from({ length: Math.ceil(count / FACTS_A_BODY) }, (_, i): Entity => {
    const name = `${inventedName(random)} ${random.pick(BODIES)}`
    return { id: `body-${i}`, name, aliases: [name.split(' ')[0] as string] }
  })
  return Array.from({ length: count }, (_, i): Story => {
    const body = bodies[Math.floor(i / FACTS_A_BODY)] as Entity
    // Neighbours share the subject now and then: near misses are what makes it hard.
    const values = {
      e: body.name,
      s: realWord(random),
      v: String(2 + random.below(900)),
      d: shiftDay(DAY, random.below(700)),
      p: `${inventedName(random)} ${inventedName(random)}`,
      o: random.pick(bodies).name,
      t: inventedName(random),
      r: `${realWord(random)} and ${realWord(random)}`,
      c: random.pick(PAPERS),
    }
    return { body, attribute: random.pick(attributes), values }
  })
}

function factOf({ body, attribute, values }: Story, at: number, questions: number, random: Random): Fact {
  const story = { body, attribute, values }
  return {
    id: `fact-${at}`,
    topic: `topic-${Math.floor(at / FACTS_A_TOPIC)}`,
    statement: fill(random.pick(attribute.statements), values, random),
    kind: attribute.kind,
    entities: [body.id],
    period: {},
    known: DAY,
    citations: [{ source: 'notice', paragraphs: [] }],
    supersedes: [],
    contrasts: [],
    supersededBy: [],
    verified: DAY,
    reviewBy: shiftDay(DAY, 365),
    askedAs: Array.from({ length: questions }, () => questionOf(story, 'curator', random)),
  }
}

function questionOf({ attribute, values }: Story, whose: Whose, random: Random): string {
  // Half of the strangers ask in a way that no curator foresaw, half in a foreseen way with other words.
  const ways = whose === 'stranger' && random.chance(0.5) ? attribute.held : attribute.asks
  const q = fill(random.pick(ways), values, random, whose)
  const voices = whose === 'stranger' ? strangersVoices : curatorsVoices
  return fill(random.pick(voices), { q, w: realWord(random) }, random)
}

function topicOf(name: string, facts: readonly Fact[]): Topic {
  return { name, title: name, description: name, facts }
}
