import Fuse from 'fuse.js'
import MiniSearch from 'minisearch'
import { createEngine, type Engine } from '../../answering/engine.ts'
import type { Snapshot } from '../../knowledge/snapshot.ts'
import { createBm25 } from './bm25.ts'

/** Finds facts for a question: ids, best first. */
export type Finder = (question: string) => readonly string[]

export const AS_OF = '2025-06-01'
const MOST = 3

/** What is measured, by name. All get the same texts: the statement and the askedAs questions. */
export const ENGINES: Readonly<Record<string, (snapshot: Snapshot) => Finder>> = {
  footnote: (snapshot) => finderOf(createEngine(snapshot)),
  bm25: (snapshot) => {
    const find = createBm25(documentsOf(snapshot))
    return (question) => find(question, MOST)
  },
  minisearch: (snapshot) => {
    const index = new MiniSearch({ fields: ['statement', 'askedAs'] })
    index.addAll([...snapshot.facts.values()].map((fact) => ({ ...fact, askedAs: fact.askedAs.join('\n') })))
    return (question) =>
      index
        .search(question)
        .slice(0, MOST)
        .map(({ id }) => id)
  },
  'fuse token search': (snapshot) => fuseOn(snapshot, { useTokenSearch: true }),
  'fuse default': (snapshot) => fuseOn(snapshot, {}),
}

/** What an asker of the engine sees first: the facts of an answer or of an offer. */
export function finderOf(engine: Engine): Finder {
  return (question) => {
    const outcome = engine.ask(question, AS_OF)
    return outcome.kind === 'abstention' ? [] : outcome.facts.map(({ fact }) => fact.id)
  }
}

function fuseOn(snapshot: Snapshot, options: { useTokenSearch?: boolean }): Finder {
  const fuse = new Fuse([...snapshot.facts.values()], { keys: ['statement', 'askedAs'], ...options })
  return (question) => fuse.search(question, { limit: MOST }).map(({ item }) => item.id)
}

function documentsOf({ facts }: Snapshot): Map<string, string> {
  return new Map([...facts.values()].map(({ id, statement, askedAs }) => [id, [statement, ...askedAs].join(' ')]))
}
