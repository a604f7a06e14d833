import { ApplicationCommandOptionType } from 'discord.js'
import { measureChoices, measureId } from '../src/discord/choices.ts'
import { type Command, EVERYWHERE } from '../src/discord/command.ts'
import { AS_OF_OPTION, asOfOption, PRIVATE_OPTION } from '../src/discord/options.ts'
import { type Overview, overviewStep, showOverview } from '../src/discord/sheets.ts'
import { UserError } from '../src/errors.ts'
import { measuresOf } from '../src/overviews/figures.ts'
import { chartSheet } from '../src/render/overviews/chart.ts'

const OVERVIEW: Overview = {
  name: 'chart',
  sheet([id = ''], setting) {
    const measures = measuresOf(setting.snapshot)
    if (measures.length === 0) throw new UserError(setting.words.overview.noFigures)
    const measure = measures.find((one) => measureId(one) === id)
    if (!measure) throw new UserError(setting.words.overview.noMeasure)
    return chartSheet(measure, setting)
  },
}

/** Shows figures over time. */
export const chart = {
  definition: {
    name: 'chart',
    description: 'Draws figures over time, with their sources',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'measure',
        description: 'What is measured (what most facts tell of if left out)',
        autocomplete: true,
      },
      AS_OF_OPTION,
      PRIVATE_OPTION,
    ],
    ...EVERYWHERE,
  },
  async execute(interaction, context) {
    const asOf = asOfOption(interaction, context)
    const typed = interaction.options.getString('measure')?.trim() ?? ''
    const measures = measuresOf(context.snapshot)
    const meant = measures.find((one) => typed === '' || measureId(one) === typed)
    const id = meant ? measureId(meant) : (measureChoices(typed, context.snapshot)[0]?.value ?? '')
    await showOverview(interaction, OVERVIEW, [id], asOf, context)
  },
  complete({ value }, _interaction, { snapshot }) {
    return measureChoices(value, snapshot)
  },
  steps: { chart: overviewStep(OVERVIEW) },
} satisfies Command
