import type { Answer, Outcome, StandingFact } from '../../src/answering/outcome.ts'
import type { Day } from '../../src/knowledge/days.ts'
import type { Fact, Snapshot, Source } from '../../src/knowledge/snapshot.ts'
import { standingOf } from '../../src/knowledge/status.ts'

/** A small knowledge of its own subject, so that no test depends on the knowledge that is shipped. */
export function sampleFact(changes: Partial<Fact> = {}): Fact {
  return {
    id: 'bicycle-lane-speed',
    topic: 'cycling',
    statement: 'The city caps the speed in bicycle lanes at 25 km/h.',
    kind: 'rule',
    entities: ['city'],
    period: { until: '2025-11-10' },
    known: '2025-09-19',
    citations: [{ source: 'gazette', paragraphs: [3] }],
    supersedes: [],
    supersededBy: [],
    contrasts: [],
    verified: '2025-09-19',
    reviewBy: '2025-12-18',
    askedAs: ['How fast may I cycle in a bicycle lane?'],
    ...changes,
  }
}

export const gazette: Source = { id: 'gazette', title: 'City Gazette', publisher: 'City Press', date: '2025-09-19' }

export function sampleSnapshot(
  facts: readonly Fact[] = [sampleFact()],
  sources: readonly Source[] = [gazette],
): Snapshot {
  const topics = Map.groupBy(facts, ({ topic }) => topic)
  return {
    topics: new Map(
      [...topics].map(([name, some]) => [
        name,
        { name, title: `All on ${name}`, description: `Facts on ${name}`, facts: some },
      ]),
    ),
    facts: new Map(facts.map((fact) => [fact.id, fact])),
    sources: new Map(sources.map((source) => [source.id, source])),
    entities: new Map([
      ['city', { id: 'city', name: 'The City', aliases: [] }],
      ['mayor', { id: 'mayor', name: 'Mayor Jane Roe', aliases: ['the mayor'] }],
    ]),
    glossary: [],
  }
}

export function standing(snapshot: Snapshot, facts: readonly Fact[], asOf: Day): StandingFact[] {
  return facts.map((fact) => ({ fact, standing: standingOf(snapshot, fact, asOf) }))
}

const why = { decision: 'for the test', words: [], repaired: [], entities: [], candidates: [] }

export function answerWith(
  snapshot: Snapshot,
  facts: readonly Fact[],
  asOf: Day,
  further: readonly Fact[] = [],
): Answer {
  return {
    kind: 'answer',
    question: 'how fast',
    asOf,
    why,
    facts: standing(snapshot, facts, asOf),
    further: standing(snapshot, further, asOf),
    unanswered: [],
  }
}

export function suggestionsOf(snapshot: Snapshot, facts: readonly Fact[], asOf: Day): Outcome {
  return { kind: 'suggestions', question: 'how fast', asOf, why, facts: standing(snapshot, facts, asOf) }
}

export function abstentionFor(reason: 'nothing-near' | 'not-yet' | 'no-question', asOf: Day, knownFrom?: Day): Outcome {
  return { kind: 'abstention', question: 'how fast', asOf, why, reason, ...(knownFrom ? { knownFrom } : {}) }
}
