import { stemmer } from 'stemmer'

const K1 = 1.2
const B = 0.75

/** Okapi BM25 over stemmed words, with nothing else: what a plain search engine does. */
export function createBm25(documents: ReadonlyMap<string, string>): (query: string, most: number) => string[] {
  const ids = [...documents.keys()]
  const lengths = new Float64Array(ids.length)
  const postings = new Map<string, Map<number, number>>()
  let all = 0
  ids.forEach((id, at) => {
    const words = wordsIn(documents.get(id) ?? '')
    lengths[at] = words.length
    all += words.length
    for (const word of words) {
      const places = postings.get(word) ?? new Map<number, number>()
      if (places.size === 0) postings.set(word, places)
      places.set(at, (places.get(at) ?? 0) + 1)
    }
  })
  const average = all / (ids.length || 1)
  return (query, most) => {
    const scores = new Map<number, number>()
    for (const word of new Set(wordsIn(query))) {
      const places = postings.get(word)
      if (!places) continue
      const idf = Math.log(1 + (ids.length - places.size + 0.5) / (places.size + 0.5))
      for (const [at, count] of places) {
        const norm = K1 * (1 - B + (B * (lengths[at] as number)) / average)
        scores.set(at, (scores.get(at) ?? 0) + (idf * count * (K1 + 1)) / (count + norm))
      }
    }
    const best = [...scores].sort(([, a], [, b]) => b - a).slice(0, most)
    return best.map(([at]) => ids[at] as string)
  }
}

function wordsIn(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => stemmer(word))
}
