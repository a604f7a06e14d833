import { parseKnowledge } from '../../src/knowledge/parse.ts'
import type { Snapshot } from '../../src/knowledge/snapshot.ts'

/** A knowledge folder of a subject that the bot was not made for: a town library. Two notices, two years. */
const LIBRARY: Readonly<Record<string, string>> = {
  'sources.yaml': `
- { id: notice-2024, title: House rules, publisher: Town library, date: 2024-01-10 }
- { id: notice-2025, title: New house rules, publisher: Town library, date: 2025-03-01 }
`,
  'entities.yaml': `
- { id: town-library, name: Town Library, aliases: [the library] }
- { id: union, name: Union of Students, aliases: [US] }
- { id: mara-lind, name: Mara Lind, aliases: [Lind, the director] }
- { id: mayor, name: Otto Berg, aliases: [the mayor] }
`,
  'glossary.yaml': `
- { term: overdue, synonyms: [late, tardy] }
- { term: fee, synonyms: [charge, price] }
- { term: membership card, synonyms: [reader's pass] }
`,
  'topics/hours.yaml': `
topic: hours
title: Opening hours
description: When the town library is open
facts:
  - id: weekday-hours
    statement: The Town Library is open from 9 am to 7 pm on weekdays.
    kind: rule
    entities: [town-library]
    citations: [{ source: notice-2024, paragraph: 1 }]
    verified: 2025-03-01
  - id: sunday-hours
    statement: The Town Library is open from 1 pm to 5 pm on Sundays.
    kind: rule
    entities: [town-library]
    citations: [{ source: notice-2025, paragraph: 2 }]
    verified: 2025-03-01
  - id: garden-branch
    statement: The Town Library plans to open a branch in the Rose Garden on 1 September 2026.
    kind: plan
    entities: [town-library]
    period: { from: 2026-09-01 }
    citations: [{ source: notice-2025, paragraph: 3 }]
    verified: 2025-03-01
`,
  'topics/fees.yaml': `
topic: fees
title: Fees
description: What the town library charges
facts:
  - id: late-fee-2024
    statement: An overdue book costs 10 cents a day.
    kind: rule
    citations: [{ source: notice-2024, paragraph: 4 }]
    verified: 2024-01-10
  - id: late-fee-2025
    statement: An overdue book costs 20 cents a day from 1 June 2025.
    kind: rule
    period: { from: 2025-06-01 }
    supersedes: [late-fee-2024]
    citations: [{ source: notice-2025, paragraph: 4 }]
    verified: 2025-03-01
  - id: card-price
    statement: A membership card costs 5 euros until 31 December 2025.
    kind: rule
    period: { until: 2025-12-31 }
    citations: [{ source: notice-2024, paragraph: 5 }]
    verified: 2025-03-01
  - id: film-fee
    statement: Borrowing a film costs 1 euro.
    kind: rule
    citations: [{ source: notice-2025, paragraph: 6 }]
    verified: 2025-03-01
`,
  'topics/people.yaml': `
topic: people
title: People and money
description: Who runs the town library, and with what
facts:
  - id: director
    statement: Mara Lind became director of the Town Library in 2019.
    kind: event
    entities: [mara-lind, town-library]
    period: { from: 2019 }
    citations: [{ source: notice-2024, paragraph: 7 }]
    verified: 2025-03-01
  - id: mayor-wish
    statement: Otto Berg, the mayor, wants the Town Library to lend musical instruments.
    kind: position
    speaker: mayor
    entities: [mayor, town-library]
    quote: { text: "Let every child try a violin", speaker: mayor }
    citations: [{ source: notice-2025, paragraph: 8 }]
    verified: 2025-03-01
  - id: budget-unknown
    statement: How large the yearly budget of the Town Library is has not been disclosed.
    kind: unknown
    entities: [town-library]
    citations: [{ source: notice-2025 }]
    verified: 2025-03-01
`,
  'questions/all.yaml': `
weekday-hours:
  - When is the library open on weekdays?
  - opening hours monday to friday
  - Until what time can I visit on a Tuesday?
  - is the library open wednesday morning
  - When are you open?
sunday-hours:
  - Is the library open on Sundays?
  - sunday opening hours
  - Can I come on a Sunday afternoon?
  - what time does it close on sunday
  - When are you open?
garden-branch:
  - When does the Rose Garden branch open?
  - Is a second branch planned?
  - will there be a new library building
  - what is planned for the rose garden
late-fee-2024:
  - How much is an overdue book?
  - what do I pay if I return a book late
  - fine for bringing books back after the due date
late-fee-2025:
  - How much is the new fine for overdue books?
  - late return penalty per day
  - cost of returning a book too late
  - What does the library charge?
card-price:
  - How much is a membership card?
  - price of a library card
  - what do I pay to become a member
  - What does the library charge?
film-fee:
  - What does it cost to borrow a film?
  - dvd rental price
  - are movies free to take home
  - What does the library charge?
director:
  - Who runs the library?
  - Who is the director of the library?
  - who is in charge there
  - what does Mara Lind do
mayor-wish:
  - What does the mayor want from the library?
  - should the library lend instruments
  - Who wants violins to be lent?
  - has Otto Berg said anything about music
budget-unknown:
  - How big is the library's budget?
  - how much money does the library get a year
  - what is the yearly funding
`,
}

/** The library's knowledge, loaded as any folder is; more files can be added or put in place of others. */
export function libraryKnowledge(changes: Readonly<Record<string, string>> = {}): Snapshot {
  const files = Object.entries({ ...LIBRARY, ...changes }).map(([path, content]) => ({ path, content }))
  const loaded = parseKnowledge(files, { reservedNames: [] })
  if (!loaded.ok)
    throw new Error(loaded.faults.map(({ file, line, message }) => `${file}:${line} ${message}`).join('\n'))
  return loaded.snapshot
}
