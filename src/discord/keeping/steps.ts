import type { ModalSubmitInteraction } from 'discord.js'
import { type FieldName, type Form, fieldsOn } from '../../editing/form.ts'
import { entitiesNamedIn } from '../../editing/form-words.ts'
import { UserError } from '../../errors.ts'
import type { KeptProposal } from '../../store/proposals.ts'
import type { ComponentInteraction, Step } from '../command.ts'
import type { Context } from '../context.ts'
import { numberOf } from '../fields.ts'
import { deferReply, deferUpdate, toOptions } from '../replies.ts'
import { stepOf } from '../step.ts'
import { draftMessage, plainMessage, previewOf, usedIds } from './drafts.ts'
import { modalFor, typedIn } from './modal.ts'
import { byModerators, type Desk, requireModerator } from './moderation.ts'
import { proposalMessage } from './proposal-cards.ts'
import { propose } from './proposals.ts'

/** A page of a form was sent, `form|draft|page`: keeps it, and shows what would come of it. */
export const formStep: Step = Object.assign(sendForm, { verbs: [] })

async function sendForm(
  interaction: ComponentInteraction | ModalSubmitInteraction,
  [id = '', page = '']: readonly string[],
  context: Context,
): Promise<void> {
  const desk = await requireModerator(interaction, context)
  if (!interaction.isModalSubmit()) throw new UserError('This form is no longer there.')
  const proposal = await found(id, context)
  const form = proposal.form as Form
  const typed = typedIn(interaction, form, pageOf(form, page))
  if (interaction.isFromMessage()) await deferUpdate(interaction)
  else await deferReply(interaction, { isPrivate: true })
  if (proposal.state === 'open') return editOpen(interaction, proposal, typed, desk, context)
  requireAuthor(proposal, interaction.user.id)
  const next = { ...form, fields: withEntities({ ...form.fields, ...typed }, form, context) }
  if (!(await context.store.rewriteProposal(proposal.id, 'draft', { ...proposal, form: next }))) throw gone()
  await interaction.editReply(toOptions(await draftMessage({ ...proposal, form: next }, desk, context)))
}

/** What can be pressed under a draft, by whoever writes it. */
export const draftStep = stepOf({
  presses: byModerators<ComponentInteraction>({
    async edit(interaction, [id, page = ''], context) {
      const draft = await ownDraft(interaction, id, context)
      const form = draft.form as Form
      await interaction.showModal(modalFor(draft.id, form, pageOf(form, page), context.snapshot))
    },
    async discard(interaction, [id], context) {
      const draft = await ownDraft(interaction, id, context)
      await context.store.moveProposal(draft.id, 'draft', 'discarded')
      await interaction.update(toOptions(plainMessage('Discarded. Nothing was changed.')))
    },
    async propose(interaction, [id], context, desk) {
      await propose(interaction, await ownDraft(interaction, id, context), desk, context)
    },
  }),
})

async function ownDraft({ user }: ComponentInteraction, id = '', context: Context): Promise<KeptProposal> {
  const proposal = await found(id, context)
  requireAuthor(proposal, user.id)
  if (proposal.state !== 'draft') throw new UserError('This has been proposed already: see /knowledge review.')
  return proposal
}

/** An open proposal with other words: what cannot be read is kept, but not put in its place. */
async function editOpen(
  interaction: ModalSubmitInteraction,
  proposal: KeptProposal,
  typed: Partial<Record<FieldName, string>>,
  desk: Desk,
  context: Context,
): Promise<void> {
  const { pending, pendingBy = [], ...form } = proposal.form as Form
  const next: Form = { ...form, fields: { ...form.fields, ...pending, ...typed } }
  const authors = [...new Set([...proposal.authors, ...pendingBy, interaction.user.id])]
  try {
    const { changes } = previewOf(next, desk, await usedIds(context), context).preview
    if (!(await context.store.rewriteProposal(proposal.id, 'open', { form: next, changes, authors }))) throw gone()
    await interaction.editReply(toOptions(proposalMessage({ ...proposal, form: next, changes, authors }, desk)))
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    await context.store.rewriteProposal(proposal.id, 'open', {
      ...proposal,
      form: { ...form, pending: { ...pending, ...typed }, pendingBy: [...pendingBy, interaction.user.id] },
    })
    throw error
  }
}

/** Who does not know the entities finds them filled in: those that the sentence names. */
function withEntities(fields: Form['fields'], { kind, fields: before }: Form, { snapshot }: Context): Form['fields'] {
  const isNew = kind === 'add' || kind === 'supersede'
  if (!isNew || before.statement !== undefined || fields.entities) return fields
  const names = entitiesNamedIn(fields.statement ?? '', snapshot).map((id) => snapshot.entities.get(id)?.name ?? id)
  return { ...fields, entities: names.filter((name) => !name.includes(',')).join(', ') }
}

async function found(id: string, { store }: Context): Promise<KeptProposal> {
  const proposal = await store.findProposal(numberOf(id))
  if (!proposal || proposal.state === 'discarded') throw gone()
  if (proposal.state !== 'draft' && proposal.state !== 'open') {
    throw new UserError(
      `This has been decided already: it was ${proposal.state === 'rejected' ? 'rejected' : 'approved'}.`,
    )
  }
  return proposal
}

/** A page that the form has. */
function pageOf(form: Form, page: string): number {
  if (!/^\d$/.test(page) || fieldsOn(form, Number(page)).length === 0) throw gone()
  return Number(page)
}

function requireAuthor({ authors }: KeptProposal, user: string): void {
  if (!authors.includes(user)) throw new UserError('Somebody else is writing this.')
}

function gone(): UserError {
  return new UserError('This is no longer there. Begin anew with /knowledge.')
}
