import { type Command, EVERYWHERE } from '../src/discord/command.ts'
import { reply } from '../src/discord/replies.ts'
import { renderView } from '../src/render/message.ts'

/** Says what is followed in a place. */
export const following = {
  definition: {
    name: 'following',
    description: 'Shows which topics are followed here',
    ...EVERYWHERE,
  },
  async execute(interaction, { store, snapshot, words, commandIds }) {
    const followed = await store.listFollows(interaction.channelId)
    const items = followed.map(({ topic }) => snapshot.topics.get(topic)?.title ?? topic)
    const part =
      items.length === 0
        ? ({ kind: 'line', text: words.follow.none } as const)
        : ({ kind: 'list', title: words.follow.list, items } as const)
    await reply(interaction, renderView({ tone: 'neutral', parts: [part], controls: [] }, commandIds), true)
  },
} satisfies Command
