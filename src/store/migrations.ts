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
  // Moderation: what was proposed and changed, what became of gaps and complaints, and who wants to be told.
  `ALTER TABLE gap ADD COLUMN state TEXT NOT NULL DEFAULT 'open';
   CREATE INDEX gap_by_state ON gap (state);
   CREATE TABLE gap_waiter (
     gap INTEGER NOT NULL REFERENCES gap (id),
     user TEXT NOT NULL,
     PRIMARY KEY (gap, user)
   ) STRICT;
   ALTER TABLE complaint ADD COLUMN state TEXT NOT NULL DEFAULT 'open';
   ALTER TABLE complaint ADD COLUMN tell INTEGER NOT NULL DEFAULT 0;
   CREATE TABLE proposal (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     state TEXT NOT NULL,
     form TEXT NOT NULL,
     changes TEXT NOT NULL,
     authors TEXT NOT NULL,
     at TEXT NOT NULL,
     decider TEXT,
     reason TEXT
   ) STRICT;
   CREATE INDEX proposal_by_state ON proposal (state);
   CREATE TABLE revision (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     proposal INTEGER UNIQUE REFERENCES proposal (id),
     author TEXT,
     approver TEXT,
     why TEXT NOT NULL,
     at TEXT NOT NULL,
     changes TEXT NOT NULL,
     in_git INTEGER NOT NULL DEFAULT 0
   ) STRICT;
   CREATE TABLE revision_item (
     revision INTEGER NOT NULL REFERENCES revision (id),
     part TEXT NOT NULL,
     key TEXT NOT NULL,
     PRIMARY KEY (revision, part, key)
   ) STRICT;
   CREATE INDEX revision_by_item ON revision_item (key, revision);
   CREATE TABLE knowledge_file (
     path TEXT PRIMARY KEY,
     text TEXT NOT NULL
   ) STRICT;
   CREATE TABLE setting (
     guild TEXT NOT NULL,
     name TEXT NOT NULL,
     value TEXT NOT NULL,
     PRIMARY KEY (guild, name)
   ) STRICT;`,
  // Following: what is followed where, what has been told of it, and what waits to be sent.
  `CREATE TABLE follow (
     place TEXT NOT NULL,
     topic TEXT NOT NULL,
     user TEXT,
     guild TEXT,
     locale TEXT NOT NULL,
     since TEXT NOT NULL,
     told TEXT NOT NULL,
     told_on TEXT,
     PRIMARY KEY (place, topic)
   ) STRICT;
   CREATE TABLE reminder (
     place TEXT NOT NULL,
     topic TEXT NOT NULL,
     fact TEXT NOT NULL,
     date TEXT NOT NULL,
     stage INTEGER NOT NULL,
     PRIMARY KEY (place, topic, fact, date, stage)
   ) STRICT;
   CREATE TABLE notice (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     place TEXT NOT NULL,
     topic TEXT NOT NULL,
     body TEXT NOT NULL
   ) STRICT;`,
  // Privacy: pseudonyms stand for those who ask and complain, and an id for those alone who want to be told. What can be
  // deleted has numbers that are never given again, as buttons carry them. The ids that are there get their pseudonyms
  // when the store is opened, which takes the key.
  `CREATE TABLE next_gap (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     question TEXT NOT NULL,
     as_of TEXT NOT NULL,
     guild TEXT,
     at TEXT NOT NULL,
     state TEXT NOT NULL DEFAULT 'open',
     asker TEXT
   ) STRICT;
   INSERT INTO next_gap (id, question, as_of, guild, at, state) SELECT id, question, as_of, guild, at, state FROM gap;
   CREATE TABLE next_gap_waiter (
     gap INTEGER NOT NULL REFERENCES next_gap (id),
     user TEXT NOT NULL,
     PRIMARY KEY (gap, user)
   ) STRICT;
   INSERT INTO next_gap_waiter (gap, user) SELECT gap, user FROM gap_waiter;
   DROP TABLE gap_waiter;
   DROP TABLE gap;
   ALTER TABLE next_gap RENAME TO gap;
   ALTER TABLE next_gap_waiter RENAME TO gap_waiter;
   CREATE INDEX gap_by_state ON gap (state);
   CREATE INDEX gap_by_asker ON gap (asker);
   CREATE INDEX gap_by_time ON gap (at);
   CREATE INDEX gap_waiter_by_user ON gap_waiter (user);
   CREATE TABLE next_complaint (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     facts TEXT NOT NULL,
     as_of TEXT NOT NULL,
     note TEXT NOT NULL,
     sender TEXT NOT NULL,
     user TEXT,
     guild TEXT,
     at TEXT NOT NULL,
     state TEXT NOT NULL DEFAULT 'open'
   ) STRICT;
   INSERT INTO next_complaint (id, facts, as_of, note, sender, user, guild, at, state)
     SELECT id, facts, as_of, note, 'id:' || user, CASE WHEN tell = 1 AND state = 'open' THEN user END, guild, at, state
     FROM complaint;
   DROP TABLE complaint;
   ALTER TABLE next_complaint RENAME TO complaint;
   CREATE INDEX complaint_by_state ON complaint (state);
   CREATE INDEX complaint_by_sender ON complaint (sender);
   CREATE INDEX complaint_by_time ON complaint (at);`,
  // Notices of every kind, each sent by one process at a time.
  `ALTER TABLE notice ADD COLUMN kind TEXT NOT NULL DEFAULT 'follow';
   ALTER TABLE notice ADD COLUMN user TEXT;
   ALTER TABLE notice ADD COLUMN locale TEXT;
   ALTER TABLE notice ADD COLUMN added INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE notice ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE notice ADD COLUMN claimed_until INTEGER NOT NULL DEFAULT 0;
   UPDATE notice SET
     user = (SELECT f.user FROM follow f WHERE f.place = notice.place AND f.topic = notice.topic),
     locale = (SELECT f.locale FROM follow f WHERE f.place = notice.place AND f.topic = notice.topic);
   CREATE INDEX notice_by_place ON notice (place, id);`,
  // The knowledge files themselves, where the database is their place: each with the number of the change that it comes
  // from. One that is no more keeps its row, without a text, so that the highest number tells of every change.
  `CREATE TABLE next_knowledge_file (
     path TEXT PRIMARY KEY,
     text TEXT,
     revision INTEGER NOT NULL
   ) STRICT;
   INSERT INTO next_knowledge_file (path, text, revision) SELECT path, text, 0 FROM knowledge_file;
   DROP TABLE knowledge_file;
   ALTER TABLE next_knowledge_file RENAME TO knowledge_file;`,
  // Whose turn it is to do what one process may do at a time.
  `CREATE TABLE turn (
     name TEXT PRIMARY KEY,
     free_from INTEGER NOT NULL
   ) STRICT;`,
  // What Discord delivered, so that what is delivered again is not kept again.
  `ALTER TABLE gap ADD COLUMN delivery TEXT;
   CREATE UNIQUE INDEX gap_by_delivery ON gap (delivery);
   ALTER TABLE complaint ADD COLUMN delivery TEXT;
   CREATE UNIQUE INDEX complaint_by_delivery ON complaint (delivery);
   ALTER TABLE proposal ADD COLUMN delivery TEXT;
   CREATE UNIQUE INDEX proposal_by_delivery ON proposal (delivery);`,
  // What is put off holds nothing up, unlike what is being sent; and the next one is found without looking at all of them.
  `ALTER TABLE notice ADD COLUMN put_off INTEGER NOT NULL DEFAULT 0;
   CREATE INDEX notice_by_tries ON notice (tries, id);`,
]
