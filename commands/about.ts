import packageJson from '../package.json' with { type: 'json' }
import { type Command, EVERYWHERE } from '../src/discord/command.ts'
import { reply } from '../src/discord/replies.ts'
import type { Snapshot } from '../src/knowledge/snapshot.ts'
import { topicsPart } from '../src/render/compose.ts'
import { renderView } from '../src/render/message.ts'
import type { View } from '../src/render/view.ts'

/** Says what this is, how it answers and what it stores. */
export const about = {
  definition: {
    name: 'about',
    description: 'What this bot is, how it answers and what it stores',
    ...EVERYWHERE,
  },
  async execute(interaction, { snapshot, commandIds }) {
    await reply(interaction, renderView(composeAbout(snapshot), commandIds), true)
  },
} satisfies Command

function composeAbout(snapshot: Snapshot): View {
  const { topics, facts, sources } = snapshot
  const counts = `${count(facts, 'fact')} in ${count(topics, 'topic')}, from ${count(sources, 'source')}`
  return {
    tone: 'neutral',
    parts: [
      { kind: 'line', text: 'Footnote answers policy questions only from facts that people curated.' },
      { kind: 'break' },
      {
        kind: 'list',
        title: 'How it answers',
        items: [
          'Every answer is a recorded statement with its source, its date and whether it still holds. No sentence is made up.',
          'When it is not sure, it offers the nearest facts to choose from. When there is none, it says so.',
          'With “as-of” it answers for another day than today.',
        ],
      },
      {
        kind: 'list',
        title: 'What it stores, in a database on the operator’s machine',
        items: [
          'Questions that no fact answers: their text, the day asked about, the server and the time; not who asked.',
          'Who wants to be told when such a question is answered, until they have been told.',
          'Notes that a fact is wrong or out of date: their text, the facts, the server, the time and who sent them.',
          'What moderators propose and change, with who wrote and who approved it.',
          'Nothing else: no other messages, and no questions that were answered.',
        ],
      },
      { kind: 'break' },
      topicsPart(snapshot),
      { kind: 'note', text: `Version ${packageJson.version}, with ${counts}.` },
    ],
    controls: [],
  }
}

function count({ size }: { size: number }, what: string): string {
  return `${size} ${what}${size === 1 ? '' : 's'}`
}
