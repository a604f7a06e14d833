import { createHash } from 'node:crypto'
import { type APIModalInteractionResponseCallbackData, ComponentType, TextInputStyle } from 'discord.js'
import type { Form } from '../../editing/form.ts'
import { type Conflict, type ItemChange, itemsOf } from '../../editing/items.ts'
import type { Message } from '../../render/components.ts'
import { labelOf } from '../../render/facts.ts'
import { button, differencePart, nameOfKind } from '../../render/keeping.ts'
import { renderView } from '../../render/message.ts'
import type { Control, Part } from '../../render/view.ts'
import type { KeptProposal } from '../../store/proposals.ts'
import type { Context } from '../context.ts'
import { plainMessage } from './drafts.ts'
import { type Desk, readModeration } from './moderation.ts'

/** A proposal with all that it takes to decide on it. */
export function proposalMessage(
  proposal: KeptProposal,
  { secondPerson }: Pick<Desk, 'secondPerson'>,
  others: readonly KeptProposal[] = [],
): Message {
  const { id } = proposal
  return renderView({
    tone: 'ahead',
    parts: [
      ...headOf(proposal),
      { kind: 'break' },
      differencePart(proposal.changes as ItemChange[]),
      ...(secondPerson ? [{ kind: 'note', text: 'Somebody else than its authors has to approve it.' } as const] : []),
    ],
    controls: [
      button(approveId(proposal), 'Approve', 'main'),
      button(`proposal|edit|${id}`, 'Edit'),
      button(`proposal|reject|${id}`, 'Reject', 'danger'),
      ...(others.length > 0 ? [menuOf(others)] : []),
    ],
  })
}

function menuOf(proposals: readonly KeptProposal[]): Control {
  const options = proposals.map(({ id, form }) => ({ label: labelOf(titleOf(id, form as Form)), value: String(id) }))
  return { kind: 'menu', customId: 'proposal|open', placeholder: `${options.length} more waiting`, options }
}

function titleOf(id: number, { kind, id: about }: Form): string {
  return `Proposal ${id}: ${nameOfKind(kind)}${about ? ` (${about})` : ''}`
}

/** It names what was looked at: if that is edited meanwhile, nobody approves it unseen. */
export function approveId({ id, changes, form }: Pick<KeptProposal, 'id' | 'changes' | 'form'>): string {
  const seen = JSON.stringify([changes, (form as Form).fields.why ?? ''])
  return `proposal|approve|${id}|${createHash('sha256').update(seen).digest('base64url').slice(0, 8)}`
}

function headOf({ id, form, authors }: KeptProposal): Part[] {
  const { fields } = form as Form
  return [
    { kind: 'line', text: titleOf(id, form as Form) },
    { kind: 'people', text: 'Proposed by', users: authors },
    ...(fields.why ? [{ kind: 'note', text: `Why: ${fields.why}` } as const] : []),
  ]
}

/** Characters of each of two differences in one message. */
const HALF = 1_600

/** What has happened since, beside what is proposed. */
export function conflictMessage({ id, changes }: KeptProposal, conflict: Conflict, { keeper }: Desk): Message {
  const now = conflict.changes.map((change) => ({ ...change, after: nowIn(keeper.texts, change) }))
  const since = now.map(({ after, ...change }) => (after === undefined ? change : { ...change, after }))
  return renderView({
    tone: 'doubtful',
    parts: [
      { kind: 'line', text: `${conflict.message} Nothing was written. Since the proposal was made, this happened:` },
      differencePart(since, HALF),
      { kind: 'line', text: 'The proposal would do this:' },
      differencePart(changes as ItemChange[], HALF),
    ],
    controls: [
      button(`proposal|rebase|${id}`, 'Put it on top of that', 'main'),
      button(`proposal|edit|${id}`, 'Edit'),
      button(`proposal|reject|${id}`, 'Reject', 'danger'),
    ],
  })
}

function nowIn(texts: ReadonlyMap<string, string>, change: ItemChange): string | undefined {
  return itemsOf(change.file, texts.get(change.file) ?? '').find(
    ({ part, key }) => part === change.part && key === change.key,
  )?.text
}

/** The field for why a proposal is rejected. */
export const REASON = { name: 'reason', shortest: 3, longest: 300 } as const

/** Asks why a proposal is rejected. */
export function reasonModal(id: number): APIModalInteractionResponseCallbackData {
  const component = {
    type: ComponentType.TextInput,
    custom_id: REASON.name,
    style: TextInputStyle.Paragraph,
    required: true,
    min_length: REASON.shortest,
    max_length: REASON.longest,
  } as const
  return {
    custom_id: `proposal|rejected|${id}`,
    title: `Reject proposal ${id}`,
    components: [{ type: ComponentType.Label, label: 'Why? The author is told.', component }],
  }
}

/** A proposal that nothing is left to decide on. */
export function decidedMessage(proposal: KeptProposal, how: string, by: string, note: string): Message {
  return renderView({
    tone: how.startsWith('Approved') ? 'holds' : 'over',
    parts: [
      ...headOf(proposal),
      { kind: 'people', text: how, users: [by] },
      { kind: 'note', text: note },
      { kind: 'break' },
      differencePart(proposal.changes as ItemChange[]),
    ],
    controls: [],
  })
}

/** The same, as what is kept of it tells. */
export function decisionMessage(proposal: KeptProposal, note: string): Message {
  const { state, decider = '', reason = '' } = proposal
  return state === 'rejected'
    ? decidedMessage(proposal, 'Rejected by', decider, `Reason: ${reason}`)
    : decidedMessage(proposal, 'Approved by', decider, note)
}

/** What moderators are told of a proposal that was made: with its buttons, unless somebody has decided meanwhile. */
export async function proposedMessages(id: number, { store, moderatorsGuild = '' }: Context): Promise<Message[]> {
  const proposal = await store.findProposal(id)
  if (!proposal) return []
  if (proposal.state === 'open') return [proposalMessage(proposal, await readModeration(store, moderatorsGuild))]
  return [decisionMessage(proposal, proposal.state === 'applying' ? 'It comes into force now.' : 'It is in force.')]
}

/** What those who wrote a proposal are told of what was decided. */
export async function decidedMessages(id: number, { store }: Context): Promise<Message[]> {
  const { state, reason = '' } = (await store.findProposal(id)) ?? {}
  if (state === 'approved') return [plainMessage(`Your proposal ${id} was approved and is in force.`)]
  return state === 'rejected' ? [plainMessage(`Your proposal ${id} was rejected: ${reason}`)] : []
}
