import type { ChatInputCommandInteraction } from 'discord.js'
import type { ItemChange } from '../../editing/items.ts'
import { UserError } from '../../errors.ts'
import { dateInWords } from '../../knowledge/days.ts'
import { cutAtWord } from '../../render/escape.ts'
import { labelOf } from '../../render/facts.ts'
import { button, differencePart } from '../../render/keeping.ts'
import { renderView } from '../../render/message.ts'
import type { Control, Part, View } from '../../render/view.ts'
import type { KeptRevision } from '../../store/revisions.ts'
import type { ComponentInteraction } from '../command.ts'
import type { Context } from '../context.ts'
import { chosenNumber, numberOf } from '../fields.ts'
import { toOptions } from '../replies.ts'
import { stepOf } from '../step.ts'
import { PRIVATE } from './complaints.ts'
import { startForm } from './drafts.ts'
import { byModerators } from './moderation.ts'

const SHOWN = 10

/** `/knowledge history`: of one fact or of all, newest first. */
export async function history(interaction: ChatInputCommandInteraction, context: Context): Promise<void> {
  const fact = interaction.options.getString('fact')?.trim() ?? ''
  const message = await historyMessage(context, fact, Number.MAX_SAFE_INTEGER)
  await interaction.reply({ ...toOptions(message), flags: PRIVATE })
}

/** What can be pressed in the history. */
export const historyStep = stepOf({
  presses: byModerators<ComponentInteraction>({
    async older(interaction, [number, fact = ''], context) {
      await interaction.update(toOptions(await historyMessage(context, fact, numberOf(number))))
    },
    async open(interaction, [number], context) {
      await interaction.update(toOptions(renderView(revisionView(await foundRevision(interaction, number, context)))))
    },
    async undo(interaction, [number], context) {
      const { id, changes } = await foundRevision(interaction, number, context)
      const fields = { why: `Undoes revision ${id}` }
      await startForm(interaction, { kind: 'undo', fields, revision: id, changes: changes as ItemChange[] }, context)
    },
  }),
})

async function foundRevision(interaction: ComponentInteraction, number: string | undefined, { store }: Context) {
  const revision = await store.findRevision(chosenNumber(interaction, number))
  if (!revision) throw new UserError('There is no such revision.')
  return revision
}

async function historyMessage({ store }: Context, fact: string, before: number) {
  const item = fact === '' ? undefined : { part: 'fact', key: fact }
  const found = await store.listRevisions({ ...(item ? { item } : {}), most: SHOWN + 1, before })
  const shown = found.slice(0, SHOWN)
  const [last] = shown.slice(-1)
  if (!last) {
    const text = fact
      ? `Nothing was changed in “${cutAtWord(fact, 60)}” since the history began.`
      : 'Nothing has been changed yet.'
    return renderView({ tone: 'neutral', parts: [{ kind: 'line', text }], controls: [] })
  }
  const controls: Control[] = [
    {
      kind: 'menu',
      customId: 'history|open',
      placeholder: 'Open one to see or undo it',
      options: shown.map((revision) => ({ label: labelOf(titleOf(revision)), value: String(revision.id) })),
    },
    ...(found.length > SHOWN ? [button(`history|older|${last.id}|${fact.slice(0, 60)}`, 'Older')] : []),
  ]
  const title = fact ? `Changes of ${cutAtWord(fact, 60)}` : 'Changes, newest first'
  const parts: Part[] = [
    { kind: 'line', text: title },
    { kind: 'list', title: '', items: shown.map(titleOf) },
  ]
  return renderView({ tone: 'neutral', parts, controls })
}

function titleOf({ id, at, changes, author }: KeptRevision): string {
  const names = [...new Set((changes as ItemChange[]).map(({ key }) => key))]
  const what = `${names.slice(0, 2).join(', ')}${names.length > 2 ? ` and ${names.length - 2} more` : ''}`
  return `Revision ${id}, ${dateInWords(at.toISOString().slice(0, 10))}: ${verbOf(changes as ItemChange[])} ${what}${author ? '' : ', by hand'}`
}

function verbOf(changes: readonly ItemChange[]): string {
  if (changes.every(({ before }) => before === undefined)) return 'added'
  return changes.every(({ after }) => after === undefined) ? 'removed' : 'changed'
}

function revisionView(revision: KeptRevision): View {
  const { id, author, approver, why, at } = revision
  const moment = `${dateInWords(at.toISOString().slice(0, 10))}, ${at.toISOString().slice(11, 16)} UTC`
  return {
    tone: 'neutral',
    parts: [
      { kind: 'line', text: titleOf(revision) },
      ...(author
        ? [{ kind: 'people', text: 'Written by', users: [author] } as const]
        : [{ kind: 'note', text: 'Changed by hand, in the files.' } as const]),
      ...(approver ? [{ kind: 'people', text: 'Approved by', users: [approver] } as const] : []),
      ...(why ? [{ kind: 'note', text: `Why: ${why}` } as const] : []),
      { kind: 'note', text: moment },
      { kind: 'break' },
      differencePart(revision.changes as ItemChange[]),
    ],
    controls: [button(`history|undo|${id}`, 'Undo', 'danger')],
  }
}
