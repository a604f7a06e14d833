/**
 * The database's history: each step runs once, in order, and is never changed afterwards. `user_version` counts the
 * steps that a database has taken.
 */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE gap (
     id INTEGER PRIMARY KEY,
     question TEXT NOT NULL,
     as_of TEXT NOT NULL,
     guild TEXT,
     at TEXT NOT NULL
   ) STRICT;
   CREATE TABLE complaint (
     id INTEGER PRIMARY KEY,
     facts TEXT NOT NULL,
     as_of TEXT NOT NULL,
     note TEXT NOT NULL,
     user TEXT NOT NULL,
     guild TEXT,
     at TEXT NOT NULL
   ) STRICT;`,
]
