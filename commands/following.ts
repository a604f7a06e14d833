import { type Command, EVERYWHERE } from '../src/discord/command.ts'
import { reply } from '../src/discord/replies.ts'
import { cutAtWord } from '../src/render/escape.ts'
import { renderFirstFitting } from '../src/render/message.ts'
import type { Part, View } from '../src/render/view.ts'

/** Says what is followed in a place. */
export const following = {
  definition: {
    name: 'following',
    description: 'Shows which topics are followed here',
    ...EVERYWHERE,
  },
  async execute(interaction, { store, snapshot, words, commandIds }) {
    const followed = await store.listFollows(interaction.channelId)
    const titles = followed.map(({ topic }) => snapshot.topics.get(topic)?.title ?? topic)
    const views = [200, 50].map((longest): View => {
      const items = titles.map((title) => cutAtWord(title, longest))
      const part: Part =
        items.length === 0
          ? { kind: 'line', text: words.follow.none }
          : { kind: 'list', title: words.follow.list, items }
      return { tone: 'neutral', parts: [part], controls: [] }
    })
    await reply(interaction, renderFirstFitting(views, commandIds), true)
  },
} satisfies Command
