/** Why the database cannot do what it is asked to. */
export type FailureReason = 'full' | 'read-only' | 'locked' | 'damaged' | 'unreachable'

/**
 * The database cannot do what it is asked to, and nothing of it was done, unless it `mayBeKept`; the message tells the
 * operator what to mend.
 */
export class StoreFailure extends Error {
  readonly reason: FailureReason
  readonly mayBeKept: boolean

  constructor(reason: FailureReason, message: string, options: ErrorOptions & { mayBeKept?: boolean } = {}) {
    super(message, options)
    this.name = 'StoreFailure'
    this.reason = reason
    this.mayBeKept = options.mayBeKept ?? false
  }
}

/** By SQLite's result codes (https://sqlite.org/rescode.html): its own for what is special, else the kind in its last byte. */
const REASONS: Readonly<Record<number, FailureReason>> = {
  3: 'unreachable', // PERM
  5: 'locked', // BUSY
  6: 'locked', // LOCKED
  8: 'read-only', // READONLY
  10: 'unreachable', // IOERR
  11: 'damaged', // CORRUPT
  13: 'full', // FULL
  14: 'unreachable', // CANTOPEN
  15: 'locked', // PROTOCOL
  26: 'damaged', // NOTADB
  1032: 'unreachable', // READONLY_DBMOVED
  4874: 'full', // IOERR_SHMSIZE
}

const MENDS: Readonly<Record<FailureReason, (file: string) => string>> = {
  full: (file) => `There is no space left for the database ${file}: free some on the disk that DATA_DIR is on.`,
  'read-only': (file) =>
    `The database ${file} cannot be written to: let Footnote write to it and to its folder, which DATA_DIR names.`,
  locked: (file) =>
    `The database ${file} is locked by another program: let nothing but Footnote hold the file in DATA_DIR open for long.`,
  damaged: (file) => `The database ${file} is damaged: put a copy in its place, in the folder that DATA_DIR names.`,
  unreachable: (file) =>
    `The database ${file} cannot be read or written: look at its disk, and at the folder that DATA_DIR names.`,
}

/** An error of SQLite's as ours; one that says that a statement is wrong, or that is not SQLite's, as it is. */
export function failureOf(error: unknown, file: string): unknown {
  const reason = reasonOf(error)
  if (!reason || error instanceof StoreFailure) return error
  const { message } = error as Error
  return new StoreFailure(reason, `${MENDS[reason](file)} (${message})`, { cause: error })
}

/** Whether it is only that somebody else is writing. */
export function isLocked(error: unknown): boolean {
  return reasonOf(error) === 'locked'
}

function reasonOf(error: unknown): FailureReason | undefined {
  if (error instanceof StoreFailure) return error.reason
  const { errcode } = error as { errcode?: unknown }
  return typeof errcode === 'number' ? (REASONS[errcode] ?? REASONS[errcode & 0xff]) : undefined
}
