import { ApplicationCommandOptionType } from 'discord.js'
import { comparedChoices, named } from '../src/discord/choices.ts'
import { type Command, EVERYWHERE } from '../src/discord/command.ts'
import type { Context } from '../src/discord/context.ts'
import { AS_OF_OPTION, asOfOption, PRIVATE_OPTION } from '../src/discord/options.ts'
import { outcomeOf } from '../src/discord/outcomes.ts'
import { type Overview, overviewStep, showOverview } from '../src/discord/sheets.ts'
import { UserError } from '../src/errors.ts'
import type { Day } from '../src/knowledge/days.ts'
import type { Entity, Fact, Snapshot } from '../src/knowledge/snapshot.ts'
import { shortened } from '../src/render/custom-id.ts'
import { cutAtWord } from '../src/render/escape.ts'
import { entitiesSheet, factsSheet } from '../src/render/overviews/comparison.ts'
import type { Setting } from '../src/render/overviews/overview.ts'

const OVERVIEW: Overview = {
  name: 'compare',
  sheet([what, one = '', other = ''], setting) {
    const { snapshot, words } = setting
    const found = <Thing extends { id: string }>(things: ReadonlyMap<string, Thing>, short: string): Thing => {
      const thing = things.values().find(({ id }) => shortened(id) === short)
      if (!thing) throw new UserError(words.aboutNoFact)
      return thing
    }
    if (what === 'f') {
      const facts = different(found(snapshot.facts, one), found(snapshot.facts, other), setting)
      const early = facts.find(({ known }) => setting.asOf < known)
      if (early) throw new UserError(words.recordedFrom(early.known))
      return factsSheet(...facts, setting)
    }
    return entitiesSheet(...different(found(snapshot.entities, one), found(snapshot.entities, other), setting), setting)
  },
}

const SIDE = { type: ApplicationCommandOptionType.String, required: true, autocomplete: true } as const

/** Shows two entities or two facts side by side. */
export const compare = {
  definition: {
    name: 'compare',
    description: 'Shows two people, bodies, places or things, or two facts, side by side',
    options: [
      { ...SIDE, name: 'a', description: 'The one: type a few letters and choose' },
      { ...SIDE, name: 'b', description: 'The other' },
      AS_OF_OPTION,
      PRIVATE_OPTION,
    ],
    ...EVERYWHERE,
  },
  async execute(interaction, context) {
    const asOf = asOfOption(interaction, context)
    const { overview } = context.words
    const one = meant(interaction.options.getString('a', true), asOf, context)
    const other = meant(interaction.options.getString('b', true), asOf, context)
    if (isFact(one) !== isFact(other)) throw new UserError(overview.comparesAlike)
    const args = [isFact(one) ? 'f' : 'e', shortened(one.id), shortened(other.id)]
    await showOverview(interaction, OVERVIEW, args, asOf, context)
  },
  complete({ name, value }, interaction, { snapshot }) {
    const other = interaction.options.getString(name === 'a' ? 'b' : 'a')
    return comparedChoices(value, other, snapshot)
  },
  steps: { compare: overviewStep(OVERVIEW) },
} satisfies Command

function different<Thing>(one: Thing, other: Thing, { words }: Setting): [Thing, Thing] {
  if (one === other) throw new UserError(words.overview.comparesTwo)
  return [one, other]
}

/** What somebody chose or typed: an entity by any of its names, a fact by its id or by a question that it surely answers. */
function meant(typed: string, asOf: Day, context: Context): Entity | Fact {
  const { snapshot, words } = context
  const text = typed.trim()
  const known = chosen(text, snapshot) ?? named(text, snapshot)
  if (known) return known
  const outcome = outcomeOf(text, asOf, context)
  if (outcome.kind === 'answer' && outcome.facts.length === 1 && outcome.facts[0]) return outcome.facts[0].fact
  throw new UserError(words.overview.notFound(cutAtWord(text, 100)))
}

function chosen(text: string, { facts, entities }: Snapshot): Entity | Fact | undefined {
  const [kind, id = ''] = text.split(':')
  return kind === 'fact' ? facts.get(id) : kind === 'entity' ? entities.get(id) : facts.get(text)
}

function isFact(thing: Entity | Fact): thing is Fact {
  return 'statement' in thing
}
