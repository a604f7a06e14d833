import type { Fault, Problem } from './fault.ts'
import { type Folder, textsAt } from './places.ts'
import { BUILT_IN_NAMES } from './reserved-names.ts'
import { LIMITS } from './shapes.ts'

/** Discord's own rule for the name of a slash command; it also has to be in lower case. */
const COMMAND_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u
const COMMANDS = 100

/** Topics whose name cannot become a slash command of Discord. */
export function* topicFaults({ topics }: Folder, reservedNames: readonly string[]): Generator<Fault> {
  for (const { file, path, value: name } of textsAt(topics, 'topic')) {
    const problem = nameProblem(name, stemOf(file.path), reservedNames)
    if (problem) yield file.faultAt(path, problem)
  }
  const most = COMMANDS - BUILT_IN_NAMES.length
  const excess = topics[most]
  if (excess) {
    yield excess.faultAt(['topic'], {
      code: 'too-many-topics',
      message: `there are ${topics.length} topics; Discord has room for ${most}`,
      hint: 'Join topics that belong together.',
    })
  }
}

/** A file's name without folder and ending. */
function stemOf(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.yaml$/, '')
}

function nameProblem(name: string, stem: string, reservedNames: readonly string[]): Problem | undefined {
  if (name.trim() === '') return undefined
  if (!COMMAND_NAME.test(name) || name !== name.toLowerCase()) {
    return {
      code: 'bad-topic-name',
      message: `"${name}" cannot be the name of a slash command`,
      hint: `Use lower-case letters, digits and hyphens, ${LIMITS.topic} characters at most.`,
    }
  }
  if (reservedNames.includes(name)) {
    return {
      code: 'reserved-topic',
      message: `"${name}" is the name of a command that the bot has or is about to have`,
      hint: 'Give the topic and its file another name.',
    }
  }
  // macOS hands out file names in decomposed form.
  if (name.normalize() !== stem.normalize()) {
    return {
      code: 'topic-file-mismatch',
      message: `the topic is "${name}" but the file is "${stem}.yaml"`,
      hint: `Rename the file to ${name}.yaml, or the topic to ${stem}.`,
    }
  }
  return undefined
}
