import { skeleton } from '../knowledge/similar.ts'

const FILLERS = new Set(
  'a an the of in on at to for from by and or is are was were be has have had that this it its as with will would'.split(
    ' ',
  ),
)

/** The first words that say something, as an id. */
export function slug(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g)
  const telling = (words ?? []).filter((word) => !FILLERS.has(word))
  return (telling.length > 0 ? telling : ['fact']).slice(0, 6).join('-').slice(0, 50).replace(/-+$/, '')
}

/** An id that nobody takes for another one. */
export function freeId(wanted: string, taken: readonly string[]): string {
  const skeletons = new Set(taken.map(skeleton))
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? wanted : `${wanted}-no-${number}`
    if (!skeletons.has(skeleton(id))) return id
  }
}
