import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface Instruction {
  readonly name: string
  readonly text: string
}

/** The instructions of the Dockerfile, each on one line, without comments. */
export function instructions(): Instruction[] {
  const lines = readFileSync('Dockerfile', 'utf8')
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n\s*/g, ' ')
  return [...lines.matchAll(/^([A-Z]+) (.+)$/gm)].map(([, name = '', text = '']) => ({ name, text }))
}

/** The paths that the Dockerfile copies, with where each goes. */
export function copies(): { from: string; to: string }[] {
  return instructions().flatMap(({ name, text }) => {
    if (name !== 'COPY') return []
    const words = text.split(' ').filter((word) => !word.startsWith('--'))
    const to = words.pop() ?? ''
    return words.map((from) => ({ from, to }))
  })
}

/** Whether .dockerignore keeps a file out: of its lines, the last that fits the file or a folder above it decides. */
export function isIgnored(file: string): boolean {
  const lines = readFileSync('.dockerignore', 'utf8').split('\n')
  const parts = file.split('/')
  const paths = parts.map((_, index) => parts.slice(0, index + 1).join('/'))
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .reduce((ignored, line) => {
      const pattern = patternOf(line.replace(/^!/, ''))
      return paths.some((path) => pattern.test(path)) ? !line.startsWith('!') : ignored
    }, false)
}

/** As Docker reads it: a star stands for hidden files too. */
function patternOf(line: string): RegExp {
  const parts: Record<string, string> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]', '.': '\\.' }
  return new RegExp(`^${line.replace(/\*\*\/|\*\*|[*?.]/g, (part) => parts[part] ?? part)}$`)
}

/** The files of a clean checkout that are in the image. */
export function imageFiles(): string[] {
  // Those that are not committed yet as well, so that a test tells what will be.
  const args = ['ls-files', '--cached', '--others', '--exclude-standard']
  const { stdout } = spawnSync('git', args, { encoding: 'utf8' })
  const copied = copies().map(({ from }) => from)
  return stdout
    .split('\n')
    .filter((file) => copied.some((from) => file === from || file.startsWith(`${from}/`)) && !isIgnored(file))
}
