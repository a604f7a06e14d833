import packageJson from '../package.json' with { type: 'json' }
import { type Command, EVERYWHERE } from '../src/discord/command.ts'
import { isInstalledForPerson } from '../src/discord/options.ts'
import { reply } from '../src/discord/replies.ts'
import type { Snapshot } from '../src/knowledge/snapshot.ts'
import { topicsPart } from '../src/render/compose.ts'
import { renderView } from '../src/render/message.ts'
import type { View } from '../src/render/view.ts'
import type { Words } from '../src/words/languages.ts'

/** Says what this is, how it answers and what it stores. */
export const about = {
  definition: {
    name: 'about',
    description: 'What this bot is, how it answers and what it stores',
    ...EVERYWHERE,
  },
  async execute(interaction, { snapshot, commandIds, words, retentionDays }) {
    const isAway = isInstalledForPerson(interaction)
    await reply(interaction, renderView(composeAbout(snapshot, words, retentionDays, isAway), commandIds), true)
  },
} satisfies Command

function composeAbout(snapshot: Snapshot, words: Words, days: number, isAway: boolean): View {
  const { topics, facts, sources } = snapshot
  const { what, how, hows, stores, stored, installedForYou, installed, version } = words.introduction
  return {
    tone: 'neutral',
    parts: [
      { kind: 'line', text: what },
      { kind: 'break' },
      ...(isAway ? [{ kind: 'list', title: installedForYou, items: installed } as const] : []),
      { kind: 'list', title: how, items: hows },
      { kind: 'list', title: stores, items: stored(days) },
      { kind: 'break' },
      topicsPart(snapshot, words),
      { kind: 'note', text: version(packageJson.version, facts.size, topics.size, sources.size) },
    ],
    controls: [],
  }
}
