import type { Command } from '../src/discord/command.ts'
import { localised } from '../src/discord/localisation.ts'
import type { Snapshot } from '../src/knowledge/snapshot.ts'
import { about } from './about.ts'
import { answerFromFacts } from './answer-from-facts.ts'
import { ask } from './ask.ts'
import { chart } from './chart.ts'
import { compare } from './compare.ts'
import { fact } from './fact.ts'
import { follow } from './follow.ts'
import { following } from './following.ts'
import { knowledge } from './knowledge.ts'
import { positions } from './positions.ts'
import { privacy } from './privacy.ts'
import { settings } from './settings.ts'
import { sources } from './sources.ts'
import { timeline } from './timeline.ts'
import { topicCommand } from './topic.ts'
import { unfollow } from './unfollow.ts'
import { upcoming } from './upcoming.ts'

/** Under which languages tell of the options that all topics have. */
const TOPIC = '*'

/** All commands: those that are always there, and one for each topic of the knowledge. */
export function listCommands({ topics }: Pick<Snapshot, 'topics'>): Command[] {
  const translate = (command: Command, key?: string) => ({ ...command, definition: localised(command.definition, key) })
  const open = [...topics.values()].filter(({ facts }) => facts.length > 0)
  const looking = [timeline, chart, positions, compare, upcoming]
  const telling = [follow, unfollow, following]
  const others = [sources, about, privacy, settings, answerFromFacts, knowledge]
  return [
    ...[ask, fact, ...looking, ...telling, ...others].map((command) => translate(command)),
    ...open.map((topic) => translate(topicCommand(topic), TOPIC)),
  ]
}
