import { type ChatInputCommandInteraction, type Client, MessageFlags } from 'discord.js'
import type { Form } from '../../editing/form.ts'
import { UserError } from '../../errors.ts'
import { dateInWords } from '../../knowledge/days.ts'
import type { Fact } from '../../knowledge/snapshot.ts'
import { cutAtWord } from '../../render/escape.ts'
import { button } from '../../render/keeping.ts'
import { renderFirstFitting } from '../../render/message.ts'
import type { Control, Part, View } from '../../render/view.ts'
import type { KeptComplaint } from '../../store/complaints.ts'
import type { ComponentInteraction } from '../command.ts'
import type { Context } from '../context.ts'
import { numberOf } from '../fields.ts'
import { sendSoon } from '../notices.ts'
import { privateLine, toOptions } from '../replies.ts'
import { stepOf } from '../step.ts'
import { logFailure } from '../store-trouble.ts'
import { editingOf, startForm } from './drafts.ts'
import { byModerators } from './moderation.ts'

/** Of open complaints. */
const MOST_LOOKED_AT = 1_000
/** The facts of one complaint that have buttons. */
const MOST_FACTS = 4

/** `/knowledge complaints`: the newest open one with its facts, and how many more there are. */
export async function complaints(interaction: ChatInputCommandInteraction, context: Context): Promise<void> {
  await interaction.reply({ ...toOptions(await nextComplaint(context)), flags: PRIVATE })
}

/** What can be pressed under a complaint: by moderators, but for wanting to be told, which is for its sender. */
export const complaintStep = stepOf({
  presses: {
    tell: tellLater,
    ...byModerators<ComponentInteraction>({
      async dismiss(interaction, [number], context) {
        const complaint = await openComplaint(number, context)
        const text = 'The moderators have looked at your note and left the fact as it is.'
        await context.store.closeComplaint(complaint.id, 'dismissed', () => text)
        sendSoon(interaction.client, context)
        await interaction.update(toOptions(await nextComplaint(context, `Complaint ${complaint.id} is dismissed.`)))
      },
      async edit(interaction, [number, id], context) {
        const complaint = await openComplaint(number, context)
        const { fields, ...form } = editingOf(factOf(complaint, id, context), context)
        await startForm(interaction, { kind: 'edit', ...form, ...answering(complaint, fields) }, context)
      },
      async retire(interaction, [number, id], context) {
        const complaint = await openComplaint(number, context)
        const fact = factOf(complaint, id, context)
        await startForm(interaction, { kind: 'retire', id: fact.id, ...answering(complaint) }, context)
      },
    }),
  },
})

async function openComplaint(number: string | undefined, { store }: Context): Promise<KeptComplaint> {
  const complaint = await store.findComplaint(numberOf(number))
  if (complaint?.state !== 'open') throw new UserError('This complaint has been dealt with already.')
  return complaint
}

function factOf({ facts }: KeptComplaint, id = '', { snapshot }: Context): Fact {
  if (!facts.includes(id)) throw new UserError('The complaint is not about this fact.')
  const fact = snapshot.facts.get(id)
  if (!fact) throw new UserError('This fact has been withdrawn: it is no longer on record.')
  return fact
}

function answering({ id }: KeptComplaint, fields: Form['fields'] = {}): Pick<Form, 'fields' | 'complaint'> {
  return { fields: { ...fields, why: `Complaint ${id}` }, complaint: id }
}

/** A change that answers a complaint is in force: the complaint is closed, and its sender told if they want to be. */
export async function closeComplaintOf({ complaint: id }: Form, client: Client, context: Context): Promise<void> {
  if (id === undefined) return
  try {
    await resolve(id, context)
    sendSoon(client, context)
  } catch (err) {
    // The change itself is in force: it is tried again by and by.
    logFailure(err, 'the complaint that a change answers could not be closed', context)
  }
}

/** The same for those whose process was stopped, or whose database was gone, between the two. */
export async function closeMended(context: Context): Promise<void> {
  const { store } = context
  const open = new Map((await store.listComplaints(MOST_LOOKED_AT)).map(({ id, at }) => [id, at]))
  if (open.size === 0) return
  const oldest = new Date(Math.min(...[...open.values()].map(Number)))
  for (const { form } of await store.listApproved(oldest)) {
    const { complaint } = form as Form
    if (complaint !== undefined && open.has(complaint)) await resolve(complaint, context)
  }
}

async function resolve(id: number, context: Context): Promise<void> {
  const thanks = ({ facts }: KeptComplaint) => {
    const [question] = facts.flatMap((one) => context.snapshot.facts.get(one)?.askedAs[0] ?? [])
    const ask = question ? `Ask again: “${question}”` : 'The fact has been withdrawn.'
    return `Thank you: what you found wrong has been mended. ${ask}`
  }
  await context.store.closeComplaint(id, 'resolved', thanks)
}

async function tellLater(
  interaction: ComponentInteraction,
  [number]: readonly string[],
  { store, words }: Context,
): Promise<void> {
  const isNoted = await store.tellOfComplaint(numberOf(number), interaction.user.id)
  if (!isNoted) throw new UserError(words.tell.complaintClosed)
  await interaction.reply(privateLine(words.tell.complaint))
}

async function nextComplaint({ store, snapshot }: Context, done?: string) {
  const open = await store.listComplaints()
  const [complaint] = open
  const before: Part[] = done ? [{ kind: 'note', text: done }] : []
  if (!complaint) {
    return renderFirstFitting([
      { tone: 'neutral', parts: [...before, { kind: 'line', text: 'No complaint is open.' }], controls: [] },
    ])
  }
  const facts = complaint.facts.flatMap((id) => snapshot.facts.get(id) ?? []).slice(0, MOST_FACTS)
  return renderFirstFitting([300, 100].map((longest) => complaintView(complaint, facts, open.length, before, longest)))
}

function complaintView(
  complaint: KeptComplaint,
  facts: readonly Fact[],
  count: number,
  before: Part[],
  longest: number,
): View {
  const { id, note, asOf } = complaint
  return {
    tone: 'doubtful',
    parts: [
      ...before,
      { kind: 'line', text: `Complaint ${id}, about an answer as of ${dateInWords(asOf)} (${count} open)` },
      { kind: 'quote', text: note },
      senderPart(complaint),
      { kind: 'break' },
      ...(facts.length === 0 ? [{ kind: 'line', text: 'Its facts have been withdrawn since.' } as const] : []),
      ...facts.map((fact): Part => ({ kind: 'line', text: `${fact.id}: ${cutAtWord(fact.statement, longest)}` })),
    ],
    controls: [
      ...facts.flatMap((fact, index): Control[] => {
        const which = facts.length > 1 ? ` ${index + 1}` : ''
        return [
          button(`complaint|edit|${id}|${fact.id}`, `Edit fact${which}`, 'main'),
          button(`complaint|retire|${id}|${fact.id}`, `Retire fact${which}`),
        ]
      }),
      button(`complaint|dismiss|${id}`, 'Dismiss', 'danger'),
    ],
  }
}

/** Who it is only if they want to be told; else so much that several notes of one person are seen to be theirs. */
function senderPart({ user, sender }: KeptComplaint): Part {
  if (user !== undefined) return { kind: 'people', text: 'Sent by', users: [user] }
  return { kind: 'note', text: `Sent by sender ${sender.slice(0, 4)}` }
}

export const PRIVATE = [MessageFlags.IsComponentsV2, MessageFlags.Ephemeral] as const
