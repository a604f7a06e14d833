import type { GlossaryEntry } from '../../knowledge/snapshot.ts'
import { readTemplate } from './templates.ts'

const templates = (text: string) => text.trim().split('\n').map(readTemplate)

/** Ways to put a question {q}, some with small talk about a {w}, that curators think of. */
export const curatorsVoices = templates(`
{q}
{q}
{q}?
{q}?
{q}?
so {q}
hi, {q}?
can you tell me {q}
does anyone know {q}?
sorry if this was asked before: {q}?
my {w} asked me {q}
{q}, for a {w} report
I heard something about a {w}, {q}?
please, {q}`)

/** Ways that only strangers think of. */
export const strangersVoices = templates(`
{q}
{q}?
{q} ??
quick question, {q}
hey folks, {q}?
could somebody explain {q}
we argued about a {w} at lunch and now I need to know {q}
{q}, or is that just {w} talk?
not sure where to ask, but {q}?`)

/** Words that mean the same: as much as a good glossary would have, which is not all that strangers say. */
export const glossary: readonly GlossaryEntry[] = [
  { term: 'fee', synonyms: ['charge', 'cost', 'price'] },
  { term: 'fine', synonyms: ['penalty', 'sanction'] },
  { term: 'deadline', synonyms: ['due date', 'closing date', 'last day'] },
  { term: 'forbid', synonyms: ['ban', 'prohibit'] },
  { term: 'head', synonyms: ['chief', 'director', 'boss', 'manager'] },
  { term: 'start', synonyms: ['begin', 'launch'] },
  { term: 'supplier', synonyms: ['vendor'] },
  { term: 'founded', synonyms: ['established', 'created', 'set up'] },
  { term: 'agreement', synonyms: ['deal', 'contract'] },
  { term: 'oppose', synonyms: ['against', 'object', 'resist'] },
  { term: 'support', synonyms: ['back', 'favour'] },
  { term: 'discount', synonyms: ['reduction', 'rebate'] },
]
