import { assemble } from './assemble.ts'
import { factFaults } from './fact-rules.ts'
import { byPlace, type Fault } from './fault.ts'
import { identityFaults } from './identity.ts'
import type { Folder } from './places.ts'
import { referenceFaults } from './references.ts'
import { checkShape } from './shape-faults.ts'
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
  const shaped = {
    topics: folder.topics.map((file) => checkShape(file, topicShape)),
    questions: folder.questions.map((file) => checkShape(file, questionsShape)),
    sources: folder.sources.map((file) => checkShape(file, sourcesShape)),
    entities: folder.entities.map((file) => checkShape(file, entitiesShape)),
    glossary: folder.glossary.map((file) => checkShape(file, glossaryShape)),
  }
  const faults = [
    ...missingFaults(folder),
    ...Object.values(folder).flatMap((files) => files.flatMap((file) => file.faults)),
    ...Object.values(shaped).flatMap((some) => some.flatMap((one) => one.faults)),
    ...topicFaults(folder, reservedNames),
    ...factFaults(folder),
    ...identityFaults(folder),
    ...referenceFaults(folder),
  ]
  if (faults.length > 0) return { ok: false, faults: faults.sort(byPlace) }
  const snapshot = assemble({
    topics: shaped.topics.flatMap(({ data }) => data ?? []),
    questions: shaped.questions.flatMap(({ data }) => (data ? [data] : [])),
    sources: shaped.sources.flatMap(({ data }) => data ?? []),
    entities: shaped.entities.flatMap(({ data }) => data ?? []),
    glossary: shaped.glossary.flatMap(({ data }) => data ?? []),
  })
  return { ok: true, snapshot }
}

/** Which part of the knowledge a file is, if it is any. */
export function partOf(path: string): keyof Folder | undefined {
  const [, folder, name] = /^(?:(topics|questions)\/[^./][^/]*|(sources|entities|glossary))\.yaml$/.exec(path) ?? []
  return (folder ?? name) as keyof Folder | undefined
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
