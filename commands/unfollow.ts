import { nameOf } from '../src/discord/choices.ts'
import { type Command, EVERYWHERE } from '../src/discord/command.ts'
import { FOLLOWED_OPTION, placeOf } from '../src/discord/following.ts'
import { topicOption } from '../src/discord/options.ts'
import { privateLine } from '../src/discord/replies.ts'

/** Discord shows no more. */
const MOST_CHOICES = 25

/** Ends following a topic in a place. */
export const unfollow = {
  definition: {
    name: 'unfollow',
    description: 'No longer be told here about a topic',
    options: [FOLLOWED_OPTION],
    ...EVERYWHERE,
  },
  async execute(interaction, context) {
    const { store, snapshot, words, log } = context
    const { guildId: guild } = interaction
    const place = await placeOf(interaction, context)
    const typed = interaction.options.getString('topic', true).trim()
    // A topic that is no longer there can still be followed.
    const isFollowed = (await store.listFollows(place)).some(({ topic }) => topic === typed)
    const topic = isFollowed ? typed : (topicOption(interaction, context) ?? typed)
    const title = snapshot.topics.get(topic)?.title ?? topic
    const isEnded = await store.unfollow(place, topic)
    if (isEnded) log.info({ topic, ...(guild === null ? {} : { guild, place }) }, 'a topic is no longer followed')
    await interaction.reply(privateLine((isEnded ? words.follow.ended : words.follow.notFollowed)(title)))
  },
  async complete({ value }, { channelId }, { store, snapshot }) {
    const wanted = value.slice(0, 100).toLowerCase()
    return (await store.listFollows(channelId))
      .map(({ topic }) => ({ name: nameOf(snapshot.topics.get(topic)?.title ?? topic), value: topic }))
      .filter(({ name }) => name.toLowerCase().includes(wanted))
      .slice(0, MOST_CHOICES)
  },
} satisfies Command
