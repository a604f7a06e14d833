import type { ChatInputCommandInteraction } from 'discord.js'
import type { Engine } from '../../answering/engine.ts'
import { whatIf } from '../../answering/what-if.ts'
import { type Form, fieldsOfFact, hasDetails, PAGE } from '../../editing/form.ts'
import type { Preview } from '../../editing/keeper.ts'
import type { Operation } from '../../editing/operation.ts'
import { readForm } from '../../editing/read-form.ts'
import { UserError } from '../../errors.ts'
import type { Fact } from '../../knowledge/snapshot.ts'
import { standingOf } from '../../knowledge/status.ts'
import type { Message } from '../../render/components.ts'
import { cutAtWord } from '../../render/escape.ts'
import { factParts } from '../../render/facts.ts'
import { button, differencePart, nameOfKind, whatIfParts } from '../../render/keeping.ts'
import { renderFirstFitting } from '../../render/message.ts'
import type { Part, View } from '../../render/view.ts'
import type { KeptProposal } from '../../store/proposals.ts'
import type { ComponentInteraction } from '../command.ts'
import type { Context } from '../context.ts'
import { deferReply, toOptions } from '../replies.ts'
import { modalFor } from './modal.ts'
import type { Desk } from './moderation.ts'

type NewForm = Omit<Form, 'by' | 'base'> & Partial<Pick<Form, 'base'>>
type Startable = Pick<ComponentInteraction, 'id' | 'showModal' | 'user'>

/** Begins a change: keeps what is known of it, and asks for the rest. */
export async function startForm(
  interaction: Startable,
  form: NewForm,
  context: Context,
  page: number = PAGE.first,
): Promise<void> {
  const draft = await addDraft(interaction, form, context)
  await interaction.showModal(modalFor(draft.id, draft.form as Form, page, context.snapshot))
}

/** The same where nothing has to be asked: shows at once what would come of it. */
export async function startWithout(
  interaction: Pick<ChatInputCommandInteraction, 'id' | 'user' | 'deferReply' | 'deferred' | 'editReply' | 'guildId'>,
  form: NewForm,
  desk: Desk,
  context: Context,
): Promise<void> {
  await deferReply(interaction, { isPrivate: true })
  const draft = await addDraft(interaction, form, context)
  await interaction.editReply(toOptions(await draftMessage(draft, desk, context)))
}

function addDraft({ id, user }: Pick<Startable, 'id' | 'user'>, form: NewForm, { store, now }: Context) {
  const whole: Form = { base: {}, ...form, by: user.username }
  return store.addDraft({ form: whole, author: user.id, at: now(), delivery: id })
}

/** The fields of a fact, as they are and as they were, for a form that edits it. */
export function editingOf(fact: Fact, context: Context): Pick<Form, 'id' | 'fields' | 'base'> {
  const base = fieldsOfFact(fact, context.snapshot)
  return { id: fact.id, fields: base, base }
}

/** What a form amounts to on the knowledge of now. */
export function previewOf(
  form: Form,
  { keeper }: Desk,
  used: ReadonlySet<string>,
  context: Context,
): { operation: Operation; preview: Preview } {
  const operation = readForm(form, { snapshot: keeper.snapshot, today: context.today(), used })
  return { operation, preview: keeper.preview(operation) }
}

/** Ids that were in use at some time. */
export async function usedIds({ store }: Context): Promise<ReadonlySet<string>> {
  return new Set(await store.keysEverChanged('fact'))
}

/** A draft as its author sees it: what would be shown, what would become of questions, or all that is wrong with it. */
export async function draftMessage(proposal: KeptProposal, desk: Desk, context: Context): Promise<Message> {
  const form = proposal.form as Form
  const edit = [
    button(
      `draft|edit|${proposal.id}|${form.fields.topic === undefined && form.kind === 'add' ? PAGE.fromNothing : PAGE.first}`,
      'Edit text',
    ),
    ...(hasDetails(form) ? [button(`draft|edit|${proposal.id}|${PAGE.details}`, 'More details')] : []),
    button(`draft|discard|${proposal.id}`, 'Discard', 'danger'),
  ]
  try {
    const { operation, preview } = previewOf(form, desk, await usedIds(context), context)
    const views = await draftViews(form, operation, preview, desk, context)
    return renderFirstFitting(
      views.map((view) => ({
        ...view,
        controls: [button(`draft|propose|${proposal.id}`, 'Propose', 'main'), ...edit],
      })),
    )
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const problems = error.message.split('\n').map((one) => cutAtWord(one, 300))
    return renderFirstFitting(
      [12, 4].map((most) => ({
        tone: 'doubtful',
        parts: [
          { kind: 'line', text: 'This cannot be proposed yet. Nothing that you typed is lost.' },
          { kind: 'list', title: '', items: problems.slice(0, most) },
        ],
        controls: edit,
      })),
    )
  }
}

async function draftViews(
  form: Form,
  operation: Operation,
  preview: Preview,
  desk: Desk,
  context: Context,
): Promise<View[]> {
  const asOf = context.today()
  const id = 'id' in operation ? operation.id : undefined
  const fact = id === undefined ? undefined : preview.snapshot.facts.get(id)
  const isShown = fact && ['add', 'supersede', 'edit', 'ask-as', 'verify'].includes(form.kind)
  const head: Part = {
    kind: 'line',
    text: `${nameOfKind(form.kind)}: this is ${isShown ? 'how it will be' : 'what will change'}.`,
  }
  const shown: Part[] = isShown
    ? factParts([{ fact, standing: standingOf(preview.snapshot, fact, asOf) }], asOf, preview.snapshot, 4)
    : []
  const asked =
    isShown && form.kind !== 'verify'
      ? whatIfParts(await whatIf(fact.id, preview.snapshot, newest(context), desk.keeper.snapshot, asOf))
      : []
  const about = isShown && (form.kind === 'add' || form.kind === 'supersede') ? aboutParts(fact, preview) : []
  const back = form.kind === 'retire' ? returning(form.id ?? '', desk) : []
  const difference = differencePart(preview.changes)
  const isNew = form.kind === 'add'
  const view = (parts: Part[]): View => ({ tone: 'neutral', parts: [head, { kind: 'break' }, ...parts], controls: [] })
  return [
    view([...shown, ...about, { kind: 'break' }, ...asked, ...back, ...(isNew ? [] : [difference])]),
    view([...shown, { kind: 'break' }, ...asked.slice(0, 2), ...back]),
    view([difference]),
  ]
}

/** An engine that has been followed by a newer one must not be asked any more. */
function newest(context: Context): Pick<Engine, 'ask'> {
  return { ask: (text, asOf) => context.engine.ask(text, asOf) }
}

function aboutParts({ id, topic, entities }: Fact, { snapshot }: Preview): Part[] {
  const names = entities.map((one) => snapshot.entities.get(one)?.name ?? one)
  const about = names.length > 0 ? ` · about ${names.slice(0, 8).join(', ')}` : ''
  return [{ kind: 'note', text: `Topic ${topic} · id ${id}${about}` }]
}

/** What a retired fact had replaced holds again, which somebody should know before. */
function returning(id: string, { keeper: { snapshot } }: Desk): Part[] {
  const older = (snapshot.facts.get(id)?.supersedes ?? []).flatMap((one) => snapshot.facts.get(one) ?? [])
  return older.length === 0
    ? []
    : [
        {
          kind: 'list',
          title: 'Facts that it replaced, which would count again',
          items: older.map(({ statement }) => statement),
        },
      ]
}

/** A message of one line. */
export function plainMessage(text: string, tone: View['tone'] = 'neutral'): Message {
  return renderFirstFitting([{ tone, parts: [{ kind: 'line', text }], controls: [] }])
}
