import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ChannelType,
} from 'discord.js'
import { entityChoices, factChoices, sourceChoices, termChoices, topicChoices } from '../src/discord/choices.ts'
import type { Command } from '../src/discord/command.ts'
import { complaintStep, complaints } from '../src/discord/keeping/complaints.ts'
import { digestMessage } from '../src/discord/keeping/digest.ts'
import { explain } from '../src/discord/keeping/explain.ts'
import { gapStep, gaps } from '../src/discord/keeping/gaps.ts'
import { history, historyStep } from '../src/discord/keeping/history.ts'
import { KIND_CHOICES } from '../src/discord/keeping/modal.ts'
import { requireModerator } from '../src/discord/keeping/moderation.ts'
import { proposalStep, review } from '../src/discord/keeping/proposals.ts'
import { DAYS, NEVER, settings } from '../src/discord/keeping/settings.ts'
import { STARTS } from '../src/discord/keeping/starts.ts'
import { draftStep, formStep } from '../src/discord/keeping/steps.ts'
import { reply } from '../src/discord/replies.ts'
import { UserError } from '../src/errors.ts'

const { Boolean: Flag, Channel, Integer, Role, String: Text, Subcommand } = ApplicationCommandOptionType

const completed = { type: Text, autocomplete: true } as const
const FACT = { ...completed, name: 'fact', description: 'Type a few words and choose', required: true } as const
const SOURCE = { ...completed, name: 'source', description: 'The document it stands in' } as const
const PARAGRAPHS = { type: Text, name: 'paragraphs', description: 'Where in it, such as 3 or 16, 17' } as const
const SPEAKER = { ...completed, name: 'speaker', description: 'Whose claim, wish or figure it is' } as const
const KIND = { type: Text as typeof Text, name: 'kind', description: 'What it says', choices: [...KIND_CHOICES] }

function subcommand(
  name: string,
  description: string,
  ...options: APIApplicationCommandBasicOption[]
): APIApplicationCommandSubcommandOption {
  return { type: Subcommand, name, description, options }
}

/** Everything that moderators do to the knowledge, in their guild only. */
export const knowledge = {
  forModerators: true,
  definition: {
    name: 'knowledge',
    description: 'Keep the knowledge: facts, sources, questions, proposals',
    contexts: [0],
    options: [
      subcommand(
        'add',
        'Add a fact',
        { ...completed, name: 'topic', description: 'Where it belongs', required: true },
        { ...KIND, required: true },
        { ...SOURCE, required: true },
        PARAGRAPHS,
        SPEAKER,
      ),
      subcommand('edit', 'Edit a fact', FACT, KIND, SOURCE, PARAGRAPHS, SPEAKER),
      subcommand(
        'supersede',
        'Replace a fact by a newer one',
        FACT,
        { ...SOURCE, required: true },
        PARAGRAPHS,
        SPEAKER,
      ),
      subcommand('retire', 'Withdraw a fact that should never be shown again', FACT),
      subcommand('verify', 'Say that you have looked and a fact still holds', FACT),
      subcommand('ask-as', 'Add questions that a fact answers', FACT),
      subcommand('source', 'Add a source, or edit the chosen one', SOURCE),
      subcommand('entity', 'Add a person, body, place or thing, or edit the chosen one', {
        ...completed,
        name: 'entity',
        description: 'The one to edit',
      }),
      subcommand('glossary', 'Say which words mean the same', {
        ...completed,
        name: 'term',
        description: 'The word, new or known',
        required: true,
        max_length: 100,
      }),
      subcommand('topic', 'Add a topic, or edit the chosen one', {
        ...completed,
        name: 'topic',
        description: 'Its name, which becomes its command: lower case, no blanks',
        required: true,
        max_length: 32,
      }),
      subcommand('review', 'Decide on proposals', {
        type: Integer,
        name: 'proposal',
        description: 'Its number; the oldest one if left out',
        min_value: 1,
      }),
      subcommand('history', 'See who changed what, and undo it', { ...FACT, required: false }),
      subcommand('explain', 'See why a question gets the answer that it gets', {
        type: Text,
        name: 'question',
        description: 'As somebody would ask it',
        required: true,
        max_length: 2000,
      }),
      subcommand('gaps', 'See what people asked in vain'),
      subcommand('complaints', 'See what people found wrong or out of date'),
      subcommand('digest', 'See what needs looking at'),
      subcommand(
        'settings',
        'See or change who moderates, and how',
        {
          type: Channel,
          name: 'channel',
          description: 'Where moderators are told',
          channel_types: [ChannelType.GuildText],
        },
        { type: Role, name: 'moderators', description: 'A role that moderates too; once more takes it away' },
        { type: Flag, name: 'second-person', description: 'Whether somebody else than the author has to approve' },
        {
          type: Integer,
          name: 'digest-day',
          description: 'When the weekly digest comes',
          choices: [...DAYS.map((name, value) => ({ name, value })), { name: 'never', value: NEVER }],
        },
      ),
    ],
  },
  async execute(interaction, context) {
    const desk = await requireModerator(interaction, context)
    const name = interaction.options.getSubcommand()
    const start = STARTS[name]
    if (start) return start(interaction, context, desk)
    switch (name) {
      case 'review':
        return review(interaction, desk, context)
      case 'history':
        return history(interaction, context)
      case 'explain':
        return explain(interaction, context)
      case 'gaps':
        return gaps(interaction, context)
      case 'complaints':
        return complaints(interaction, context)
      case 'digest':
        return reply(interaction, await digestMessage(context), true)
      case 'settings':
        return settings(interaction, desk, context)
      default:
        throw new UserError('This command is no longer there.')
    }
  },
  async complete({ name, value }, interaction, context) {
    await requireModerator(interaction, context)
    const { snapshot } = context
    if (name === 'fact') return factChoices(value, snapshot)
    if (name === 'source') return sourceChoices(value, snapshot)
    if (name === 'topic') return topicChoices(value, snapshot)
    if (name === 'term') return termChoices(value, snapshot)
    return entityChoices(value, snapshot)
  },
  steps: {
    form: formStep,
    draft: draftStep,
    proposal: proposalStep,
    history: historyStep,
    gap: gapStep,
    complaint: complaintStep,
  },
} satisfies Command
