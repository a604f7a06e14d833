import type { Day, PartialDate } from './days.ts'

/** What a fact is: see the words in CONTRIBUTING.md. */
export type Kind = 'rule' | 'event' | 'plan' | 'position' | 'estimate' | 'unknown'

export interface Citation {
  /** Id of a source. */
  readonly source: string
  /** Numbers of the paragraphs; empty when the source as a whole is meant. */
  readonly paragraphs: readonly number[]
}

export interface Measure {
  readonly name: string
  /** Id of the entity whose figure it is. */
  readonly of?: string
  readonly value: number
  readonly unit: string
  readonly bound: 'exactly' | 'at-most' | 'about'
}

export interface Period {
  readonly from?: PartialDate
  readonly until?: PartialDate
}

/** The unit of knowledge: one dated, cited statement. Checked; every id in it leads somewhere. */
export interface Fact {
  readonly id: string
  /** Name of its topic. */
  readonly topic: string
  readonly statement: string
  readonly kind: Kind
  /** Ids of entities. */
  readonly entities: readonly string[]
  /** Id of the entity whose claim, wish or figure it is. */
  readonly speaker?: string
  readonly period: Period
  /** Before this day the fact is `not-yet`; the default is already filled in. Of a month or year it is the last day. */
  readonly known: Day
  /** The date that the file gives for `known`, for people to read; absent where that is the default. */
  readonly stated?: PartialDate
  readonly citations: readonly Citation[]
  /** Its speaker is the id of an entity. */
  readonly quote?: { readonly text: string; readonly speaker?: string }
  readonly measure?: Measure
  /** Ids of the facts that it replaces. */
  readonly supersedes: readonly string[]
  /** Ids of the facts that replace it: the other direction of `supersedes`. */
  readonly supersededBy: readonly string[]
  /** Ids of the facts in which others say something else on the same point; whichever of them the files say it of. */
  readonly contrasts: readonly string[]
  readonly verified: Day
  /** After this day it is shown as unverified; the default is already filled in. */
  readonly reviewBy: Day
  /** Questions that it answers, in people's words; the first one names it on buttons. */
  readonly askedAs: readonly string[]
}

/** A file of facts. Its name is its slash command. */
export interface Topic {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly facts: readonly Fact[]
}

export interface Source {
  readonly id: string
  readonly title: string
  readonly publisher?: string
  readonly date: PartialDate
  readonly url?: string
}

export interface Entity {
  readonly id: string
  readonly name: string
  /** Id of the body that a person belongs to or speaks for. */
  readonly body?: string
  readonly aliases: readonly string[]
}

/** Words of the domain that mean the same. */
export interface GlossaryEntry {
  readonly term: string
  readonly synonyms: readonly string[]
}

/** All knowledge at one moment, checked and never changed: an edit makes another snapshot. Maps keep the files' order. */
export interface Snapshot {
  readonly topics: ReadonlyMap<string, Topic>
  readonly facts: ReadonlyMap<string, Fact>
  readonly sources: ReadonlyMap<string, Source>
  readonly entities: ReadonlyMap<string, Entity>
  readonly glossary: readonly GlossaryEntry[]
}
