import { ApplicationCommandOptionType } from 'discord.js'
import { topicNameChoices } from '../src/discord/choices.ts'
import { type Command, EVERYWHERE } from '../src/discord/command.ts'
import { AS_OF_OPTION, asOfOption, dateOption, PRIVATE_OPTION, topicOption } from '../src/discord/options.ts'
import { type Overview, overviewStep, showOverview } from '../src/discord/sheets.ts'
import { UserError } from '../src/errors.ts'
import { firstDay, isPartialDate, lastDay } from '../src/knowledge/days.ts'
import { timelineSheet } from '../src/render/overviews/timeline.ts'

const OVERVIEW: Overview = {
  name: 'timeline',
  sheet([topic = '', from = '', until = ''], setting) {
    const { words, snapshot } = setting
    if (topic && !snapshot.topics.has(topic)) throw new UserError(words.overview.noTopic)
    if ([from, until].some((date) => date && !isPartialDate(date))) throw new UserError(words.overview.badDay)
    if (from && until && lastDay(until) < firstDay(from)) throw new UserError(words.overview.badSpan)
    return timelineSheet({ ...(topic && { topic }), ...(from && { from }), ...(until && { until }) }, setting)
  },
}

/** Shows what happened, holds, ends and is planned, in order. */
export const timeline = {
  definition: {
    name: 'timeline',
    description: 'Shows what happened, holds, ends and is planned, in order',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'topic',
        description: 'Only this topic (all if left out)',
        autocomplete: true,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'from',
        description: 'From this year, month or day on, such as 2025-04',
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'to',
        description: 'Up to this year, month or day',
      },
      AS_OF_OPTION,
      PRIVATE_OPTION,
    ],
    ...EVERYWHERE,
  },
  async execute(interaction, context) {
    const args = [
      topicOption(interaction, context) ?? '',
      dateOption(interaction, 'from', context) ?? '',
      dateOption(interaction, 'to', context) ?? '',
    ]
    const asOf = asOfOption(interaction, context)
    await showOverview(interaction, OVERVIEW, args, asOf, context)
  },
  complete({ value }, _interaction, { snapshot }) {
    return topicNameChoices(value, snapshot)
  },
  steps: { timeline: overviewStep(OVERVIEW) },
} satisfies Command
