/** The files of a small folder in which nothing is wrong; each test spoils what it is about. */
export const GOOD: Readonly<Record<string, string>> = {
  'sources.yaml': `- id: report
  title: A report on ferries
  publisher: The Harbour News
  date: 2025-09-19
  url: https://example.org/ferries
- { id: notice, title: A notice, date: 2025-04 }
`,
  'entities.yaml': `- { id: harbour-office, name: Harbour Office, aliases: [the port, HO] }
- { id: jane-doe, name: Jane Doe }
`,
  'glossary.yaml': `- { term: fare, synonyms: [ticket price, charge] }
`,
  'topics/ferries.yaml': `topic: ferries
title: Ferries
description: What a crossing costs and when
facts:
  - id: fare-cap
    statement: A crossing costs at most 30 euros until 10 November 2025.
    kind: rule
    entities: [harbour-office]
    period: { from: 2025, until: 2025-11-10 }
    citations: [{ source: report, paragraph: [3, 4] }, { source: notice }]
    measure: { name: fare, of: harbour-office, value: 30, unit: euro, bound: at-most }
    verified: 2025-09-19
  - id: old-fare
    statement: A crossing cost 20 euros.
    kind: rule
    citations: [{ source: notice, paragraph: 1 }]
    verified: 2025-09-19
    reviewBy: 2026-01-01
  - id: wish
    statement: Jane Doe of the Harbour Office wants lower fares.
    kind: position
    speaker: jane-doe
    quote: { text: Fares must fall, speaker: jane-doe }
    supersedes: [old-fare]
    citations: [{ source: report, paragraph: 5 }]
    verified: 2025-09-19
`,
  'topics/piers.yaml': `topic: piers
title: Piers
description: Where ferries land
facts:
  - id: pier-opened
    statement: Pier 4 opened in April 2025.
    kind: event
    period: { from: 2025-04 }
    citations: [{ source: report }]
    verified: 2025-09-19
`,
  'questions/ferries.yaml': `fare-cap:
  - How much is a crossing?
  - Ferry price?
wish:
  - Ferry price?
`,
}

export interface TextFile {
  path: string
  content: string | Uint8Array
}

/** The good folder as files, some of them replaced, added, or (undefined) left out. */
export function folderWith(changes: Record<string, string | Uint8Array | undefined> = {}): TextFile[] {
  return Object.entries<string | Uint8Array | undefined>({ ...GOOD, ...changes }).flatMap(([path, content]) =>
    content === undefined ? [] : [{ path, content }],
  )
}

/** The good folder with one text in one file put in place of another one, which has to be there once. */
export function spoiled(path: string, from: string, to: string): TextFile[] {
  const parts = (GOOD[path] ?? '').split(from)
  if (parts.length !== 2) throw new Error(`${JSON.stringify(from)} is in ${path} ${parts.length - 1} times`)
  return folderWith({ [path]: parts.join(to) })
}
