import { ApplicationCommandOptionType } from 'discord.js'
import { dayChoices, named, whoseChoices } from '../src/discord/choices.ts'
import { type Command, EVERYWHERE } from '../src/discord/command.ts'
import { AS_OF_OPTION, asOfOption, PRIVATE_OPTION, privacyOf } from '../src/discord/options.ts'
import { type Overview, overviewStep, showOverview } from '../src/discord/sheets.ts'
import { UserError } from '../src/errors.ts'
import { shortened } from '../src/render/custom-id.ts'
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
    const topic = snapshot.topics.has(typed) ? typed : ''
    const who = typed === '' || topic ? undefined : (named(typed, snapshot) ?? wasMeant(typed))
    if (typed && !topic && !who) throw new UserError(words.overview.notFound(typed.slice(0, 100)))
    const args = typeof who === 'string' ? [who, ''] : [topic, who ? shortened(who.id) : '']
    await showOverview(interaction, OVERVIEW, args, asOf, await privacyOf(interaction, context), context)

    /** The topic whose title was typed. */
    function wasMeant(title: string): string | undefined {
      return snapshot.topics.values().find((one) => one.title.toLowerCase() === title.toLowerCase())?.name
    }
  },
  complete({ name, value }, _interaction, { snapshot, words, today }) {
    return name === AS_OF_OPTION.name ? dayChoices(value, today(), snapshot, words) : whoseChoices(value, snapshot)
  },
  steps: { positions: overviewStep(OVERVIEW) },
} satisfies Command
