import { topicNameChoices } from '../src/discord/choices.ts'
import { type Command, EVERYWHERE } from '../src/discord/command.ts'
import { FOLLOWED_OPTION, placeOf } from '../src/discord/following.ts'
import { topicOption } from '../src/discord/options.ts'
import { privateLine } from '../src/discord/replies.ts'
import { UserError } from '../src/errors.ts'
import { toldOf } from '../src/overviews/news.ts'

/** More would be a stream of messages that nobody reads. */
const MOST = 25

/** Tells a channel, or somebody in direct messages, what is new on a topic. */
export const follow = {
  definition: {
    name: 'follow',
    description: 'Be told here when facts of a topic change, and before its deadlines',
    options: [FOLLOWED_OPTION],
    ...EVERYWHERE,
  },
  async execute(interaction, context) {
    const { store, snapshot, words, today, log } = context
    const place = placeOf(interaction, context)
    const topic = topicOption(interaction, context) ?? ''
    const title = snapshot.topics.get(topic)?.title ?? topic
    if ((await store.listFollows(place)).length >= MOST) throw new UserError(words.follow.tooMany(MOST))
    const { guildId: guild, user, locale } = interaction
    const isNew = await store.follow({
      place,
      topic,
      ...(guild === null ? { user: user.id } : { guild }),
      // What a channel is told is for all of its readers.
      locale: interaction.guildLocale ?? locale,
      since: today(),
      told: JSON.stringify(toldOf(snapshot, topic, today())),
    })
    if (isNew) log.info({ topic, ...(guild === null ? {} : { guild, place }) }, 'a topic is followed')
    await interaction.reply(privateLine((isNew ? words.follow.now : words.follow.already)(title)))
  },
  complete({ value }, _interaction, { snapshot }) {
    return topicNameChoices(value, snapshot)
  },
} satisfies Command
