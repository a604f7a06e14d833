import { ApplicationCommandOptionType } from 'discord.js'
import { named, topicNamed, whoseChoices } from '../src/discord/choices.ts'
import { type Command, EVERYWHERE } from '../src/discord/command.ts'
import { AS_OF_OPTION, asOfOption, PRIVATE_OPTION } from '../src/discord/options.ts'
import { type Overview, overviewStep, showOverview } from '../src/discord/sheets.ts'
import { UserError } from '../src/errors.ts'
import { shortened } from '../src/render/custom-id.ts'
import { cutAtWord } from '../src/render/escape.ts'
import { positionsSheet } from '../src/render/overviews/positions.ts'

const OVERVIEW: Overview = {
  name: 'positions',
  sheet([topic = '', who = ''], setting) {
    const { snapshot, words } = setting
    const entity = who && snapshot.entities.keys().find((id) => shortened(id) === who)
    if ((topic && !snapshot.topics.has(topic)) || (who && !entity)) throw new UserError(words.overview.noPositions)
    return positionsSheet({ ...(topic && { topic }), ...(entity && { who: entity }) }, setting)
  },
}

/** Shows who says what. */
export const positions = {
  definition: {
    name: 'positions',
    description: 'Shows who says what, and what is contested',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'about',
        description: 'A topic, or a person or body that speaks (all if left out)',
        autocomplete: true,
      },
      AS_OF_OPTION,
      PRIVATE_OPTION,
    ],
    ...EVERYWHERE,
  },
  async execute(interaction, context) {
    const { snapshot, words } = context
    const asOf = asOfOption(interaction, context)
    const typed = interaction.options.getString('about')?.trim() ?? ''
    const who = snapshot.topics.has(typed) ? undefined : named(typed, snapshot)
    const topic = who ? undefined : topicNamed(typed, snapshot)
    if (typed && !topic && !who) throw new UserError(words.overview.notFound(cutAtWord(typed, 100)))
    const args = [topic?.name ?? '', who ? shortened(who.id) : '']
    await showOverview(interaction, OVERVIEW, args, asOf, context)
  },
  complete({ value }, _interaction, { snapshot }) {
    return whoseChoices(value, snapshot)
  },
  steps: { positions: overviewStep(OVERVIEW) },
} satisfies Command
