import { expect, test } from 'vitest'
import { decodeCustomId, encodeCustomId, encodeMenuId } from '../../src/render/custom-id.ts'
import { sampleFact, sampleSnapshot } from './sample.ts'

const facts = Array.from({ length: 10 }, (_, index) => sampleFact({ id: `${'long-id-'.repeat(7)}${index}` }))
const snapshot = sampleSnapshot(facts)

test('an id carries the action, the day and the facts, readably while they are short', () => {
  expect(encodeCustomId('show', '2025-09-20', [{ id: 'one' }, { id: 'two' }])).toBe('show|2025-09-20|one,two')
})

test.each([1, 2, 10])('%i facts come back from an id that Discord takes', (count) => {
  const customId = encodeCustomId('sources', '2025-09-20', facts.slice(0, count))
  expect(customId.length).toBeLessThanOrEqual(100)
  expect(decodeCustomId(customId, snapshot)).toEqual({
    action: 'sources',
    asOf: '2025-09-20',
    facts: facts.slice(0, count),
    withdrawn: 0,
  })
})

test('facts that are gone are counted, whether named in full or in short', () => {
  expect(decodeCustomId(encodeCustomId('show', '2025-09-20', [{ id: 'gone' }]), snapshot)?.withdrawn).toBe(1)
  const without = sampleSnapshot(facts.slice(1))
  const pressed = decodeCustomId(encodeCustomId('wrong', '2025-09-20', facts), without)
  expect(pressed?.withdrawn).toBe(1)
  expect(pressed?.facts).toEqual(facts.slice(1))
})

test('menus of one message differ and name no facts', () => {
  expect(encodeMenuId('show', '2025-09-20', 1)).not.toBe(encodeMenuId('show', '2025-09-20', 2))
  expect(decodeCustomId(encodeMenuId('show', '2025-09-20', 1), snapshot)).toMatchObject({ action: 'show', facts: [] })
})

test.each([
  '',
  'show',
  'show|2025-09-20',
  'show|2025-02-30|a',
  'drop|2025-09-20|a',
  'show|2025-09-20|a|x',
  'show|2025-09-20|a|1|2',
])('%j is none of ours', (customId) => {
  expect(decodeCustomId(customId, snapshot)).toBeUndefined()
})
