import type { Revisions } from '../store/revisions.ts'
import type { Texts } from './items.ts'
import type { Files } from './texts.ts'

/** Where the knowledge files are. */
export type Shelf = FolderShelf | TableShelf

/** Goes on until it is closed. */
export interface Watch {
  close(): void
}

interface AnyShelf {
  /** What stands before the paths of its files where faults are told. */
  readonly name: string
  /** The files as they are, and the number of their state where it has one. */
  read(): Promise<{ readonly files: Files; readonly revision: number }>
  /**
   * Calls when the files may have changed and have been left alone since, one call at a time and once at first. When the
   * call fails, it is made again with the next look.
   */
  watch(changed: () => Promise<void>): Watch
}

/** A folder, apart from the store and open to anybody's editor. */
export interface FolderShelf extends AnyShelf {
  /** What is written here may be cut off before the store is told, so that an approval takes two steps. */
  readonly isApart: true
  /** Tells one folder from another. */
  identity(): Promise<string>
  /** Removes what a killed process had begun to write. Only for who is alone. */
  clear(): Promise<void>
  /** Writes what differs between two states: all of it, or nothing. Refused where the files are not as before. */
  write(before: Texts, after: Texts): Promise<void>
}

/** A table of the store: what is written is noted, at once. */
export interface TableShelf extends AnyShelf {
  readonly isApart: false
  /** Refuses a change that is based on another state of the files than is there, before it is noted. */
  expect(revision: number, alone: Revisions): Promise<void>
  /** Lets all processes know that something was written. */
  announce(): Promise<void>
}
