import { ApplicationCommandOptionType } from 'discord.js'
import { type Command, type ComponentInteraction, EVERYWHERE } from '../src/discord/command.ts'
import type { Context } from '../src/discord/context.ts'
import { pressedByAsker } from '../src/discord/controls.ts'
import { reply, toOptions, unlessAcknowledged } from '../src/discord/replies.ts'
import { stepOf } from '../src/discord/step.ts'
import { UserError } from '../src/errors.ts'
import type { Snapshot } from '../src/knowledge/snapshot.ts'
import { renderFirstFitting, renderView } from '../src/render/message.ts'
import { composeDeleted, composeDeletion, composeKept, type Kept, type NoticeToThem } from '../src/render/privacy.ts'
import type { KeptNotice } from '../src/store/notices.ts'

/** Shows people what is kept of them, and deletes it. */
export const privacy = {
  definition: {
    name: 'privacy',
    description: 'See or delete what this bot keeps about you',
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'show',
        description: 'Shows you all that is kept about you',
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'delete',
        description: 'Deletes what is kept about you, after asking once',
      },
    ],
    ...EVERYWHERE,
  },
  async execute(interaction, context) {
    const { words, retentionDays } = context
    const kept = await keptOf(interaction.user.id, context)
    const message =
      interaction.options.getSubcommand() === 'delete'
        ? renderView(composeDeletion(kept, words))
        : renderFirstFitting(composeKept(kept, retentionDays, words))
    await reply(interaction, message, true)
  },
  steps: {
    privacy: stepOf({ presses: { delete: (interaction, _, context) => deleteAll(interaction, context) } }),
  },
} satisfies Command

/** Of whoever presses, and nobody else: what a button carries comes from outside. */
async function deleteAll(interaction: ComponentInteraction, context: Context): Promise<void> {
  const { store, recollection, words } = context
  if (!(await pressedByAsker(interaction))) throw new UserError(words.privacy.notYours)
  const { id } = interaction.user
  const kept = await keptOf(id, context)
  const deleted = await store.deleteOf(id)
  recollection.forget(id)
  const view = composeDeleted({ ...deleted, remembered: kept.remembered.length }, kept, words)
  await interaction.update(toOptions(renderView(view))).catch(unlessAcknowledged)
}

async function keptOf(user: string, { store, recollection, snapshot, now }: Context): Promise<Kept> {
  const kept = await store.keptOf(user)
  return {
    ...kept,
    topics: kept.topics.map((topic) => snapshot.topics.get(topic)?.title ?? topic),
    notices: { ...kept.notices, newest: kept.notices.newest.flatMap((notice) => noticeTo(notice, snapshot)) },
    remembered: recollection.questionsOf(user, now()),
  }
}

/** A message on its way to somebody, as they are told of it; of one that a newer program wrote, only that it is there. */
function noticeTo({ kind, topic = '', body }: KeptNotice, { topics }: Snapshot): NoticeToThem[] {
  switch (kind) {
    case 'follow':
      return [{ kind, about: topics.get(topic)?.title ?? topic }]
    case 'gap':
      return [{ kind, about: JSON.parse(body).question }]
    case 'complaint':
      return [{ kind, about: JSON.parse(body).text }]
    case 'decision':
      return [{ kind, about: String(JSON.parse(body).proposal) }]
    default:
      return []
  }
}
