import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import type { Problem } from './fault.ts'
import { type Loaded, type LoadOptions, parseKnowledge, partOf } from './parse.ts'
import { type KnowledgeFile, MAX_BYTES, tooLarge } from './yaml-file.ts'

/** Loads a knowledge folder: all of it, or the faults that keep it from being loaded. Never throws. */
export async function loadKnowledge(folder: string, options: LoadOptions): Promise<Loaded> {
  return loadFiles(folder, await readFolder(folder), options)
}

/** The same for files that have been read already. */
export function loadFiles(folder: string, files: KnowledgeFile[] | Problem, options: LoadOptions): Loaded {
  const loaded = Array.isArray(files)
    ? parseKnowledge(files, options)
    : ({ ok: false, faults: [{ ...files, file: '', line: 1, column: 1, sourceLine: '' }] } as const)
  if (loaded.ok) return loaded
  // Paths as the reader typed them, so that a terminal can open them.
  return { ok: false, faults: loaded.faults.map((fault) => ({ ...fault, file: join(folder, fault.file) })) }
}

/** The files of a knowledge folder as they are, those that cannot be read included; or why there are none. */
export async function readFolder(folder: string): Promise<KnowledgeFile[] | Problem> {
  try {
    const root = await realpath(folder)
    const names = await readdir(root)
    const found = [...names, ...(await namesIn(root, 'topics')), ...(await namesIn(root, 'questions'))]
    return await Promise.all(found.filter(partOf).map((path) => readOne(root, path)))
  } catch (error) {
    const message = `the knowledge folder cannot be read (${reasonOf(error)})`
    return { code: 'missing-file', message, hint: 'Give the path of a folder that holds sources.yaml and topics/.' }
  }
}

async function namesIn(root: string, folder: string): Promise<string[]> {
  try {
    return (await readdir(join(root, folder))).map((name) => `${folder}/${name}`)
  } catch (error) {
    // What is absent is told where it is needed; a locked folder fails, and is told, as a file.
    return reasonOf(error) === 'ENOENT' ? [] : [`${folder}/*.yaml`]
  }
}

async function readOne(root: string, path: string): Promise<KnowledgeFile> {
  try {
    const real = await realpath(join(root, path))
    if (leadsOut(root, real)) return { path, problem: OUTSIDE }
    const found = await stat(real)
    if (!found.isFile()) return { path, problem: unreadable('it is not a file') }
    // Checked before reading: a file may be larger than memory.
    if (found.size > MAX_BYTES) return { path, problem: tooLarge(found.size) }
    return { path, content: await readFile(real) }
  } catch (error) {
    return { path, problem: unreadable(reasonOf(error)) }
  }
}

function leadsOut(root: string, real: string): boolean {
  const way = relative(root, real)
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)
}

const OUTSIDE: Problem = {
  code: 'outside-link',
  message: 'this link leads out of the knowledge folder',
  hint: 'Put a copy of the file in its place.',
}

function unreadable(reason: string): Problem {
  return {
    code: 'unreadable-file',
    message: `this cannot be read (${reason})`,
    hint: 'Make it a plain file that the bot may read, or remove it.',
  }
}

function reasonOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error)
}
