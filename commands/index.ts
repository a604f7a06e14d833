import type { Command } from '../src/discord/command.ts'
import type { Snapshot } from '../src/knowledge/snapshot.ts'
import { about } from './about.ts'
import { answerFromFacts } from './answer-from-facts.ts'
import { ask } from './ask.ts'
import { fact } from './fact.ts'
import { knowledge } from './knowledge.ts'
import { sources } from './sources.ts'
import { topicCommand } from './topic.ts'

/** All commands: those that are always there, and one for each topic of the knowledge. */
export function listCommands({ topics }: Pick<Snapshot, 'topics'>): Command[] {
  const open = [...topics.values()].filter(({ facts }) => facts.length > 0)
  return [ask, fact, sources, about, answerFromFacts, knowledge, ...open.map(topicCommand)]
}
