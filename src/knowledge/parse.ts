import type * as z from 'zod'
import { assemble, type KnowledgeData } from './assemble.ts'
import { factFaults } from './fact-rules.ts'
import { byPlace, type Fault } from './fault.ts'
import { identityFaults } from './identity.ts'
import type { Folder } from './places.ts'
import { referenceFaults } from './references.ts'
import { shapeFaults } from './shape-faults.ts'
import { entitiesShape, glossaryShape, questionsShape, sourcesShape, topicShape } from './shapes.ts'
import type { Snapshot } from './snapshot.ts'
import { topicFaults } from './topic-rules.ts'
import { type KnowledgeFile, readYaml, type YamlFile } from './yaml-file.ts'

/** All knowledge of a folder, or everything that keeps it from being loaded. */
export type Loaded =
  | { readonly ok: true; readonly snapshot: Snapshot }
  | { readonly ok: false; readonly faults: readonly Fault[] }

export interface LoadOptions {
  /** Names of commands that no topic may take. */
  readonly reservedNames: readonly string[]
}

const SHAPES: Record<keyof Folder, z.ZodType> = {
  topics: topicShape,
  questions: questionsShape,
  sources: sourcesShape,
  entities: entitiesShape,
  glossary: glossaryShape,
}

/** Reads and checks the files of a knowledge folder, given as text; never throws. Other files are left alone. */
export function parseKnowledge(files: readonly KnowledgeFile[], { reservedNames }: LoadOptions): Loaded {
  const folder: Record<keyof Folder, YamlFile[]> = {
    topics: [],
    questions: [],
    sources: [],
    entities: [],
    glossary: [],
  }
  for (const file of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const part = partOf(file.path)
    if (part) folder[part].push(readYaml(file))
  }
  const faults = [
    ...missingFaults(folder),
    ...parts(folder).flatMap(([part, file]) => [
      ...file.faults,
      ...(file.value === undefined ? [] : shapeFaults(file, SHAPES[part])),
    ]),
    ...topicFaults(folder, reservedNames),
    ...factFaults(folder),
    ...identityFaults(folder),
    ...referenceFaults(folder),
  ]
  if (faults.length > 0) return { ok: false, faults: faults.sort(byPlace) }
  return { ok: true, snapshot: assemble(dataOf(folder)) }
}

/** Which part of the knowledge a file is, if it is any. */
export function partOf(path: string): keyof Folder | undefined {
  const [, folder, name] = /^(?:(topics|questions)\/[^./][^/]*|(sources|entities|glossary))\.yaml$/.exec(path) ?? []
  return (folder ?? name) as keyof Folder | undefined
}

function parts(folder: Folder): [keyof Folder, YamlFile][] {
  const names = Object.keys(SHAPES) as (keyof Folder)[]
  return names.flatMap((name) => folder[name].map((file): [keyof Folder, YamlFile] => [name, file]))
}

function missingFaults({ sources, topics }: Folder): Fault[] {
  const missing = (file: string, hint: string): Fault => {
    return { code: 'missing-file', file, line: 1, column: 1, sourceLine: '', message: 'this is missing', hint }
  }
  return [
    ...(sources.length === 0 ? [missing('sources.yaml', 'Add the file that lists the sources that facts cite.')] : []),
    ...(topics.length === 0 ? [missing('topics', 'Add the folder, with a file <topic>.yaml for each topic.')] : []),
  ]
}

function dataOf(folder: Folder): KnowledgeData {
  return {
    topics: folder.topics.map(({ value }) => topicShape.parse(value)),
    questions: folder.questions.map(({ value }) => questionsShape.parse(value)),
    sources: folder.sources.flatMap(({ value }) => sourcesShape.parse(value)),
    entities: folder.entities.flatMap(({ value }) => entitiesShape.parse(value) ?? []),
    glossary: folder.glossary.flatMap(({ value }) => glossaryShape.parse(value) ?? []),
  }
}
