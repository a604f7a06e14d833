import { type ChatInputCommandInteraction, MessageFlags, type ModalSubmitInteraction } from 'discord.js'
import { type Form, PAGE } from '../../editing/form.ts'
import { Conflict } from '../../editing/items.ts'
import { UserError } from '../../errors.ts'
import type { Message } from '../../render/components.ts'
import { button, differencePart } from '../../render/keeping.ts'
import { renderView } from '../../render/message.ts'
import type { KeptProposal } from '../../store/proposals.ts'
import type { ComponentInteraction } from '../command.ts'
import type { Context } from '../context.ts'
import { numberOf, typedText } from '../fields.ts'
import { sendSoon } from '../notices.ts'
import { deferUpdate, privateLine, toOptions } from '../replies.ts'
import { stepOf } from '../step.ts'
import { closeComplaintOf, PRIVATE } from './complaints.ts'
import { plainMessage, previewOf, usedIds } from './drafts.ts'
import { modalFor } from './modal.ts'
import { byModerators, type Desk } from './moderation.ts'
import {
  approveId,
  conflictMessage,
  decidedMessage,
  decisionMessage,
  proposalMessage,
  REASON,
  reasonModal,
} from './proposal-cards.ts'

/** A draft becomes a proposal, for others to decide on: they are told of it where moderators read, if that is settled. */
export async function propose(
  interaction: ComponentInteraction,
  draft: KeptProposal,
  desk: Desk,
  context: Context,
): Promise<void> {
  await deferUpdate(interaction)
  const { changes } = previewOf(draft.form as Form, desk, await usedIds(context), context).preview
  await context.store.atOnce(async (alone) => {
    const isWritten = await alone.rewriteProposal(draft.id, 'draft', { ...draft, changes })
    if (!isWritten || !(await alone.moveProposal(draft.id, 'draft', 'open')))
      throw new UserError('This has been proposed already.')
    if (desk.channel === undefined) return
    await alone.addNotice({ kind: 'proposal', place: desk.channel, body: JSON.stringify({ proposal: draft.id }) })
  })
  sendSoon(interaction.client, context)
  const proposal: KeptProposal = { ...draft, changes, state: 'open' }
  const next = desk.secondPerson
    ? `Proposal ${draft.id} is waiting for another moderator. They find it with /knowledge review.`
    : `Proposal ${draft.id} is ready. You can approve it yourself.`
  const controls = desk.secondPerson ? [] : [button(approveId(proposal), 'Approve', 'main')]
  await interaction.editReply(
    toOptions(renderView({ tone: 'ahead', parts: [{ kind: 'line', text: next }, differencePart(changes)], controls })),
  )
}

/** `/knowledge review`: the proposals that wait, the oldest or the wanted one in full. */
export async function review(interaction: ChatInputCommandInteraction, desk: Desk, context: Context): Promise<void> {
  const message = await reviewMessage(interaction.options.getInteger('proposal'), desk, context)
  await interaction.reply({ ...toOptions(message), flags: PRIVATE })
}

async function reviewMessage(wanted: number | null, desk: Desk, { store }: Context): Promise<Message> {
  const open = await store.listProposals()
  const shown = wanted === null ? open[0] : open.find(({ id }) => id === wanted)
  if (!shown) return plainMessage(wanted === null ? 'No proposal is waiting.' : `There is no open proposal ${wanted}.`)
  const others = open.filter(({ id }) => id !== shown.id).slice(0, 25)
  return proposalMessage(shown, desk, others)
}

/** What can be pressed under a proposal. */
export const proposalStep = stepOf({
  presses: byModerators<ComponentInteraction>({
    async open(interaction, _args, context, desk) {
      const wanted = interaction.isStringSelectMenu() ? numberOf(interaction.values[0]) : null
      await interaction.update(toOptions(await reviewMessage(wanted, desk, context)))
    },
    approve: onOpen(async (interaction, proposal, context, desk) => {
      if (interaction.customId === approveId(proposal)) return approve(interaction, proposal, desk, context)
      await interaction.update(toOptions(proposalMessage(proposal, desk)))
      await interaction.followUp(
        privateLine('This was edited since you opened it, so it was not approved. Look at it again.'),
      )
    }),
    edit: onOpen(async (interaction, { id, form }, { snapshot }) => {
      await interaction.showModal(modalFor(id, form as Form, PAGE.first, snapshot))
    }),
    reject: onOpen(async (interaction, { id }) => interaction.showModal(reasonModal(id))),
    rebase: onOpen((interaction, proposal, context, desk) => rebase(interaction, proposal, desk, context)),
  }),
  forms: byModerators<ModalSubmitInteraction>({
    rejected: onOpen((interaction, proposal, context) => reject(interaction, proposal, context)),
  }),
})

/** Does something to a proposal that waits for a decision. */
function onOpen<Interaction extends ComponentInteraction | ModalSubmitInteraction>(
  act: (interaction: Interaction, proposal: KeptProposal, context: Context, desk: Desk) => Promise<unknown>,
) {
  return async (interaction: Interaction, [number = '']: readonly string[], context: Context, desk: Desk) => {
    const proposal = await foundProposal(number, context)
    if (proposal.state !== 'open') return showDecided(interaction, proposal)
    await act(interaction, proposal, context, desk)
  }
}

async function approve(
  interaction: ComponentInteraction,
  proposal: KeptProposal,
  desk: Desk,
  context: Context,
): Promise<void> {
  await deferUpdate(interaction)
  try {
    const { secondPerson, keeper } = desk
    const revision = await keeper.approve(proposal.id, {
      approver: interaction.user.id,
      secondPerson,
      seen: proposal.changes,
    })
    sendSoon(interaction.client, context)
    await closeComplaintOf(proposal.form as Form, interaction.client, context)
    const decided = decidedMessage(
      proposal,
      'Approved by',
      interaction.user.id,
      `It is in force, as revision ${revision.id}.`,
    )
    await interaction.editReply(toOptions(decided))
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    await interaction.followUp({
      ...toOptions(conflictMessage(proposal, error, desk)),
      flags: PRIVATE,
    })
  }
}

/** Puts what was proposed on top of what has been changed since, for a moderator to look at again. */
async function rebase(
  interaction: ComponentInteraction,
  proposal: KeptProposal,
  desk: Desk,
  context: Context,
): Promise<void> {
  await deferUpdate(interaction)
  const { changes } = previewOf(proposal.form as Form, desk, await usedIds(context), context).preview
  if (!(await context.store.rewriteProposal(proposal.id, 'open', { ...proposal, changes }))) {
    throw new UserError('This has been decided already.')
  }
  await interaction.editReply(toOptions(proposalMessage({ ...proposal, changes }, desk)))
}

async function reject(interaction: ModalSubmitInteraction, proposal: KeptProposal, context: Context): Promise<void> {
  const reason = typedText(interaction, REASON.name, REASON.longest)
  if (reason.length < REASON.shortest) throw new UserError('Write a reason that the author can read.')
  const by = { decider: interaction.user.id, reason }
  if (!(await context.store.moveProposal(proposal.id, 'open', 'rejected', by))) {
    throw new UserError('This has been decided already.')
  }
  sendSoon(interaction.client, context)
  const message = toOptions(decidedMessage(proposal, 'Rejected by', interaction.user.id, `Reason: ${reason}`))
  if (interaction.isFromMessage()) await interaction.update(message)
  else await interaction.reply({ ...message, flags: PRIVATE })
}

async function foundProposal(number: string, { store }: Context): Promise<KeptProposal> {
  const proposal = await store.findProposal(numberOf(number))
  if (proposal && proposal.state !== 'draft' && proposal.state !== 'discarded') return proposal
  throw new UserError('This proposal is no longer there.')
}

/** A card that still has its buttons, though somebody has decided elsewhere, tells so from now on. */
async function showDecided(
  interaction: ComponentInteraction | ModalSubmitInteraction,
  proposal: KeptProposal,
): Promise<void> {
  const { state, decider } = proposal
  const text = state === 'rejected' ? 'This was rejected already.' : 'This was approved already.'
  const isCard = interaction.isMessageComponent() && interaction.message.flags.has(MessageFlags.IsComponentsV2)
  if (!isCard || decider === undefined) throw new UserError(text)
  await interaction.update(toOptions(decisionMessage(proposal, text)))
  await interaction.followUp(privateLine(text))
}
