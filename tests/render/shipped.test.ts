import { MessageCreateRequestSchema } from 'discord-api-spec/zod'
import { expect, test } from 'vitest'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import { RESERVED_NAMES } from '../../src/knowledge/reserved-names.ts'
import type { Fact, Snapshot } from '../../src/knowledge/snapshot.ts'
import { composeFact, composeSources, composeTopic } from '../../src/render/cards.ts'
import { fits, type Message } from '../../src/render/components.ts'
import { escaped } from '../../src/render/escape.ts'
import { renderFirstFitting, renderOutcome, renderView } from '../../src/render/message.ts'
import { componentFlaws } from '../../src/sandbox/rules-components.ts'
import { schemaFlaws } from '../../src/sandbox/validate.ts'
import { answerWith, standing } from './sample.ts'

async function shipped(): Promise<Snapshot> {
  const loaded = await loadKnowledge('knowledge', { reservedNames: RESERVED_NAMES })
  if (!loaded.ok) throw new Error('the shipped knowledge has faults')
  return loaded.snapshot
}

/** Days on which each fact of the shipped knowledge has another status. */
const DAYS = ['2025-01-01', '2025-09-20', '2025-11-11', '2026-11-23', '2031-01-01']

test('every message of every shipped fact fits, on days of every status, and claims it whole', async () => {
  const snapshot = await shipped()
  const takes = (message: Message, fact: Fact) => {
    expect(schemaFlaws(MessageCreateRequestSchema, message), fact.id).toEqual([])
    expect(componentFlaws(message.components as never, true), fact.id).toEqual([])
    expect(fits(message), fact.id).toBe(true)
  }
  for (const fact of snapshot.facts.values()) {
    for (const day of DAYS) {
      const [one] = standing(snapshot, [fact], day)
      if (!one) continue
      const answer = renderOutcome(answerWith(snapshot, [fact], day), snapshot)
      takes(answer, fact)
      expect(JSON.stringify(answer)).toContain(JSON.stringify(escaped(fact.statement)).slice(1, -1))
      takes(renderFirstFitting(composeFact(one, day, snapshot)), fact)
    }
    takes(renderFirstFitting(composeSources([fact], snapshot)), fact)
  }
  for (const topic of snapshot.topics.values()) expect(fits(renderView(composeTopic(topic, '2025-09-20')))).toBe(true)
})
