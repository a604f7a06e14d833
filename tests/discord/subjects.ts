import type { Form } from '../../src/editing/form.ts'
import { readForm } from '../../src/editing/read-form.ts'
import type { PageMessage } from '../../src/sandbox/protocol.ts'
import type { KeptProposal } from '../../src/store/proposals.ts'
import type { Somebody } from './forging.ts'
import type { Keeping } from './keeping/scene.ts'

/** Who writes proposals in these tests: nobody who decides on them. */
const AUTHOR = '1100000000000000013'
let count = 0

/** A form that asks for something else each time. */
export function anyForm(fields: Form['fields'] = {}): Form {
  const questions = `What is the price number ${++count} aboard?`
  return { kind: 'ask-as', id: 'fare-cap', by: 'x', base: {}, fields: { questions, why: '', ...fields } }
}

/** A draft of somebody's; its number. */
export async function draftOf(
  { store, sandbox }: Keeping,
  who: Pick<Somebody, 'as'>,
  form = anyForm(),
): Promise<number> {
  return (await store.addDraft({ form, author: sandbox.ids.users[who.as], at: new Date() })).id
}

/** A proposal that waits for a decision. */
export async function openProposal(
  { store, keeper, today }: Keeping,
  { form = anyForm(), author = AUTHOR } = {},
): Promise<KeptProposal> {
  const { id } = await store.addDraft({ form, author, at: new Date() })
  const { changes } = keeper.preview(readForm(form, { snapshot: keeper.snapshot, today, used: new Set() }))
  await store.rewriteProposal(id, 'draft', { form, changes, authors: [author] })
  await store.moveProposal(id, 'draft', 'open')
  return (await store.findProposal(id)) as KeptProposal
}

/** A question that was asked in vain. */
export async function askedInVain({ store, today }: Keeping): Promise<{ id: number; question: string }> {
  const question = `May zebra number ${++count} come along?`
  return { id: await store.recordGap({ question, asOf: today, at: new Date() }), question }
}

/** A complaint of somebody's about one fact; its number. */
export async function complaintOf(
  { store, sandbox, today }: Keeping,
  { as }: Somebody,
  note = 'It is not so',
): Promise<number> {
  const user = sandbox.ids.users[as]
  return store.recordComplaint({ facts: ['wish'], asOf: today, note, user, at: new Date() })
}

/** An answer that only somebody sees. */
export async function privateAnswer({ sandbox }: Keeping, { as, channel }: Somebody): Promise<PageMessage> {
  const asked = await sandbox.as(as).slash(channel, 'ask', { question: 'maximum fare', private: true })
  return asked.message
}
