import type { ChatInputCommandInteraction } from 'discord.js'
import type { Form } from '../../editing/form.ts'
import { UserError } from '../../errors.ts'
import type { Fact } from '../../knowledge/snapshot.ts'
import { visible } from '../../render/escape.ts'
import type { Context } from '../context.ts'
import { editingOf, startForm, startWithout } from './drafts.ts'
import { KIND_CHOICES } from './modal.ts'
import type { Desk } from './moderation.ts'

const LONGEST_NAME = 100

type Start = (interaction: ChatInputCommandInteraction, context: Context, desk: Desk) => Promise<void>

/** What each subcommand of `/knowledge` that changes something begins with. */
export const STARTS: Readonly<Record<string, Start>> = {
  add: async (interaction, context) => {
    const topic = interaction.options.getString('topic', true)
    if (!context.snapshot.topics.has(topic)) {
      throw new UserError(`There is no topic “${topic}”. Choose one from the list, or add it with /knowledge topic.`)
    }
    const fields = { topic, kind: kindOption(interaction) ?? '', ...chosen(interaction, context) }
    await startForm(interaction, { kind: 'add', fields }, context)
  },
  edit: async (interaction, context) => {
    const fact = factOption(interaction, context)
    const { fields, ...form } = editingOf(fact, context)
    const kind = kindOption(interaction)
    const changed = { ...fields, ...(kind ? { kind } : {}), ...chosen(interaction, context), why: '' }
    await startForm(interaction, { kind: 'edit', ...form, fields: changed }, context)
  },
  supersede: async (interaction, context) => {
    const fact = factOption(interaction, context)
    const { topic = '', kind = '', entities = '', speaker = '', questions = '' } = editingOf(fact, context).fields
    const fields = {
      topic,
      kind,
      entities,
      speaker,
      questions: questions.slice(0, 4000),
      ...chosen(interaction, context),
    }
    await startForm(interaction, { kind: 'supersede', id: fact.id, fields }, context)
  },
  retire: async (interaction, context) => {
    await startForm(interaction, { kind: 'retire', id: factOption(interaction, context).id, fields: {} }, context)
  },
  verify: async (interaction, context, desk) => {
    await startWithout(
      interaction,
      { kind: 'verify', id: factOption(interaction, context).id, fields: {} },
      desk,
      context,
    )
  },
  'ask-as': async (interaction, context) => {
    await startForm(interaction, { kind: 'ask-as', id: factOption(interaction, context).id, fields: {} }, context)
  },
  source: async (interaction, context) => {
    const id = interaction.options.getString('source')?.trim()
    const source = id ? context.snapshot.sources.get(id) : undefined
    if (id && !source) throw new UserError(`There is no source “${id}”. Leave the option out to add one.`)
    const { title = '', publisher = '', date = '', url = '' } = source ?? {}
    await startForm(
      interaction,
      { kind: 'source', ...withId(source?.id), fields: { title, publisher, date, url } },
      context,
    )
  },
  entity: async (interaction, context) => {
    const id = interaction.options.getString('entity')?.trim()
    const entity = id ? context.snapshot.entities.get(id) : undefined
    if (id && !entity) throw new UserError(`There is no entity “${id}”. Leave the option out to add one.`)
    const { name = '', aliases = [] } = entity ?? {}
    await startForm(
      interaction,
      { kind: 'entity', ...withId(entity?.id), fields: { name, aliases: aliases.join('\n') } },
      context,
    )
  },
  glossary: async (interaction, context) => {
    const term = nameOption(interaction, 'term')
    const known = context.snapshot.glossary.find((entry) => entry.term === term)
    await startForm(
      interaction,
      { kind: 'glossary', id: term, fields: { synonyms: known?.synonyms.join('\n') ?? '' } },
      context,
    )
  },
  topic: async (interaction, context) => {
    const name = nameOption(interaction, 'topic')
    const { title = '', description = '' } = context.snapshot.topics.get(name) ?? {}
    await startForm(interaction, { kind: 'topic', id: name, fields: { title, description } }, context)
  },
}

function factOption({ options }: ChatInputCommandInteraction, { snapshot }: Context): Fact {
  const typed = options.getString('fact', true).trim()
  const fact = snapshot.facts.get(typed)
  if (!fact) throw new UserError('There is no such fact. Type a few words and choose one from the list.')
  return fact
}

/** One of the kinds of facts, as Discord's client offers them. */
function kindOption({ options }: ChatInputCommandInteraction): string | null {
  const kind = options.getString('kind')
  if (kind === null || KIND_CHOICES.some(({ value }) => value === kind)) return kind
  throw new UserError(`The kind should be one of ${KIND_CHOICES.map(({ value }) => value).join(', ')}.`)
}

/** What something new is to be called. */
function nameOption({ options }: ChatInputCommandInteraction, option: string): string {
  const name = visible(options.getString(option, true).slice(0, LONGEST_NAME))
  if (name === '') throw new UserError('There is no name to read in that. Type it anew.')
  return name
}

/** Source and speaker as the options give them. */
function chosen({ options }: ChatInputCommandInteraction, { snapshot }: Context): Form['fields'] {
  const source = options.getString('source')?.trim()
  if (source && !snapshot.sources.has(source)) {
    throw new UserError(`There is no source “${source}”. Choose one from the list, or add it with /knowledge source.`)
  }
  const paragraphs = options.getString('paragraphs')?.trim()
  const speaker = options.getString('speaker')?.trim()
  return {
    ...(source ? { citations: paragraphs ? `${source}: ${paragraphs}` : source } : {}),
    ...(speaker ? { speaker: snapshot.entities.get(speaker)?.name ?? speaker } : {}),
  }
}

function withId(id: string | undefined): { id?: string } {
  return id === undefined ? {} : { id }
}
