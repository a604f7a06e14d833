import { describe, expect, it } from 'vitest'
import { look } from '../../src/answering/candidates.ts'
import { readKnowledge } from '../../src/answering/reading.ts'
import { libraryKnowledge } from './library.ts'

const TALK = ['how do I bake a cake']
const QUESTIONS = ['How much is an overdue book?', 'when are you open', 'can i borow a film', 'violins', 'bake a cake']

/** What is seen of each question, by fact. */
function seen(reading: ReturnType<typeof readKnowledge>) {
  return QUESTIONS.map((text) => {
    const { question, sightings } = look(text, reading)
    return {
      repaired: question.repaired,
      sightings: sightings
        .map(({ indexed, bm25, statement, likenesses, talk, excess, manner }) => ({
          id: indexed.fact.id,
          numbers: [bm25, statement, talk, excess, manner, ...likenesses].map((value) => value.toFixed(4)),
        }))
        .sort((a, b) => a.id.localeCompare(b.id)),
    }
  })
}

describe('reading changed knowledge', () => {
  const library = libraryKnowledge()
  const [first, ...others] = [...library.facts.values()]
  if (!first) throw new Error('The library has facts.')
  const changed = { ...first, statement: 'The bicycle shed closes at noon.', askedAs: ['When does the shed close?'] }

  it.each([
    ['a fact replaced', [changed, ...others]],
    ['a fact gone', others],
    ['a fact added', [...library.facts.values(), { ...changed, id: 'bicycle-shed' }]],
    ['the order changed', [...others, first]],
    ['nothing changed', [first, ...others]],
  ])('is the same as reading all of it anew: %s', (_, facts) => {
    const after = { ...library, facts: new Map(facts.map((fact) => [fact.id, fact])) }
    expect(seen(readKnowledge(after, TALK, readKnowledge(library, TALK)))).toEqual(seen(readKnowledge(after, TALK)))
  })

  it('knows a new name', () => {
    const entities = new Map(
      [...library.entities].map(([id, entity]) => [
        id,
        { ...entity, aliases: [...entity.aliases, `the ${id}ish one`] },
      ]),
    )
    const after = { ...library, entities }
    const reading = readKnowledge(after, TALK, readKnowledge(library, TALK))
    expect(look('what of the mayorish one', reading).question.entities.map(({ id }) => id)).toContain('mayor')
  })
})
