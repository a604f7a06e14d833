import type { ChatInputCommandInteraction } from 'discord.js'
import { PAGE } from '../../editing/form.ts'
import { UserError } from '../../errors.ts'
import { gapDigest } from '../../render/custom-id.ts'
import { cutAtWord } from '../../render/escape.ts'
import { labelOf } from '../../render/facts.ts'
import { button } from '../../render/keeping.ts'
import { renderFirstFitting, renderView } from '../../render/message.ts'
import type { Part, View } from '../../render/view.ts'
import type { ComponentInteraction } from '../command.ts'
import type { Context } from '../context.ts'
import { chosenNumber, numberOf } from '../fields.ts'
import { privateLine, toOptions } from '../replies.ts'
import { stepOf } from '../step.ts'
import { PRIVATE } from './complaints.ts'
import { startForm } from './drafts.ts'
import { type GapGroup, MOST_LOOKED_AT, openGroups } from './gap-groups.ts'
import { byModerators } from './moderation.ts'

const SHOWN = 10
/** Questions that go into the form of a new fact. */
const MOST_QUESTIONS = 8
/** Between so many questions somebody else gets a turn. */
const BATCH = 25

/** `/knowledge gaps`. */
export async function gaps(interaction: ChatInputCommandInteraction, context: Context): Promise<void> {
  await interaction.reply({ ...toOptions(await gapsMessage(context)), flags: PRIVATE })
}

/** What can be pressed on gaps: by moderators, but for wanting to be told, which is for everybody. */
export const gapStep = stepOf({
  presses: {
    tell: tellLater,
    ...byModerators<ComponentInteraction>({
      async open(interaction, [number], context) {
        const { group } = await foundGroup(interaction, number, context)
        await interaction.update(toOptions(renderView(groupView(group))))
      },
      async dismiss(interaction, [number], context) {
        const { group } = await foundGroup(interaction, number, context)
        await context.store.closeGaps(
          group.gaps.map((gap) => gap.id),
          'dismissed',
        )
        await interaction.update(toOptions(await gapsMessage(context, 'Dismissed.')))
      },
      async write(interaction, [number], context) {
        const { group, id } = await foundGroup(interaction, number, context)
        const wordings = group.gaps.map(({ question }) => cutAtWord(question, 200))
        const questions = [...new Set(wordings)].slice(0, MOST_QUESTIONS)
        const [source] = [...context.snapshot.sources.values()].sort((one, other) => (one.date < other.date ? 1 : -1))
        const fields = { questions: questions.join('\n'), ...(source ? { citations: source.id } : {}) }
        await startForm(interaction, { kind: 'add', fields, gap: id }, context, PAGE.fromNothing)
      },
    }),
  },
})

async function foundGroup(interaction: ComponentInteraction, number: string | undefined, context: Context) {
  const id = chosenNumber(interaction, number)
  const group = (await openGroups(context)).find(({ gaps: some }) => some.some((gap) => gap.id === id))
  if (!group) throw new UserError('This gap is closed already.')
  return { group, id }
}

/**
 * Closes the gaps that the knowledge answers by now, and notes that those who wanted to be told are to be. Gives how many
 * it closed.
 */
export async function closeAnswered(context: Context): Promise<number> {
  const { store, today } = context
  let closed = 0
  for (const [index, { id, question }] of (await store.listGaps(MOST_LOOKED_AT)).entries()) {
    if (index % BATCH === BATCH - 1) await new Promise((resolve) => setImmediate(resolve))
    // The knowledge may have changed since the last one.
    if (context.engine.ask(question, today()).kind === 'answer') closed += await store.closeGaps([id], 'answered')
  }
  return closed
}

async function tellLater(
  interaction: ComponentInteraction,
  [number, question]: readonly string[],
  { store, words }: Context,
): Promise<void> {
  const gap = await store.findGap(numberOf(number))
  if (!gap || gapDigest(gap.question) !== question) throw new UserError(words.tell.gapGone)
  if (!(await store.awaitAnswer(gap.id, interaction.user.id))) throw new UserError(words.tell.gapClosed)
  await interaction.reply(privateLine(words.tell.gap))
}

async function gapsMessage(context: Context, done?: string) {
  const groups = await openGroups(context)
  const shown = groups.slice(0, SHOWN)
  const before: Part[] = done ? [{ kind: 'note', text: done }] : []
  if (shown.length === 0) {
    const parts: Part[] = [...before, { kind: 'line', text: 'No question is waiting for a fact.' }]
    return renderView({ tone: 'neutral', parts, controls: [] })
  }
  return renderFirstFitting(
    [150, 60].map((longest): View => {
      const items = shown.map(({ gaps: some, question }) => `${some.length}× “${cutAtWord(question, longest)}”`)
      return {
        tone: 'open',
        parts: [
          ...before,
          { kind: 'line', text: 'Questions asked in vain, most asked first' },
          { kind: 'list', title: '', items },
          ...(groups.length > SHOWN ? [{ kind: 'note', text: `and ${groups.length - SHOWN} more` } as const] : []),
        ],
        controls: [
          {
            kind: 'menu',
            customId: 'gap|open',
            placeholder: 'Open one to answer or dismiss it',
            options: shown.map(({ question, gaps: [gap] }) => ({ label: labelOf(question), value: String(gap?.id) })),
          },
        ],
      }
    }),
  )
}

function groupView({ gaps: some, question }: GapGroup): View {
  const others = [...new Set(some.map((gap) => gap.question))].filter((one) => one !== question)
  const id = some[0]?.id
  return {
    tone: 'open',
    parts: [
      {
        kind: 'line',
        text: `Asked ${some.length === 1 ? 'once' : `${some.length} times`}: “${cutAtWord(question, 500)}”`,
      },
      ...(others.length > 0
        ? [
            {
              kind: 'list',
              title: 'Also in these words',
              items: others.slice(0, 8).map((one) => cutAtWord(one, 150)),
            } as const,
          ]
        : []),
    ],
    controls: [button(`gap|write|${id}`, 'Write a fact', 'main'), button(`gap|dismiss|${id}`, 'Dismiss', 'danger')],
  }
}
