import { ApplicationCommandOptionType } from 'discord.js'
import { type Command, EVERYWHERE } from '../src/discord/command.ts'
import { AS_OF_OPTION, asOfOption, PRIVATE_OPTION } from '../src/discord/options.ts'
import { type Overview, overviewStep, showOverview } from '../src/discord/sheets.ts'
import { upcomingSheet } from '../src/render/overviews/upcoming.ts'

const USUAL = 90
/** Ten years. */
const MOST = 3_650

const OVERVIEW: Overview = {
  name: 'upcoming',
  sheet([days = ''], setting) {
    return upcomingSheet(/^\d{1,4}$/.test(days) ? Math.min(Number(days), MOST) : USUAL, setting)
  },
}

/** Shows which deadlines, ends and plans lie ahead. */
export const upcoming = {
  definition: {
    name: 'upcoming',
    description: 'Shows deadlines, ends and plans ahead, the nearest first',
    options: [
      {
        type: ApplicationCommandOptionType.Integer,
        name: 'days',
        description: `How far to look ahead (${USUAL} days if left out)`,
        min_value: 1,
        max_value: MOST,
      },
      AS_OF_OPTION,
      PRIVATE_OPTION,
    ],
    ...EVERYWHERE,
  },
  async execute(interaction, context) {
    const days = interaction.options.getInteger('days') ?? USUAL
    const asOf = asOfOption(interaction, context)
    await showOverview(interaction, OVERVIEW, [String(days)], asOf, context)
  },
  steps: { upcoming: overviewStep(OVERVIEW) },
} satisfies Command
