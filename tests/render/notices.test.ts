import { expect, test } from 'vitest'
import { renderFirstFitting } from '../../src/render/message.ts'
import { composeNotice } from '../../src/render/notices.ts'
import { en } from '../../src/words/en.ts'
import { textsOf } from './fit.ts'
import { sampleFact, sampleSnapshot } from './sample.ts'

const snapshot = sampleSnapshot([sampleFact({ id: 'kept' })])
const textOf = (items: Parameters<typeof composeNotice>[0]['items']) => {
  const views = composeNotice({ kind: 'news', items }, 'cycling', snapshot, '2025-09-20', en)
  return textsOf(renderFirstFitting(views).components).join('\n')
}
const gone = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ what: 'withdrawn', fact: `gone-${at}`, name: `Gone ${at}?` }) as const)

test('followers are told how many more there are, whatever has become of them', () => {
  expect(textOf([{ what: 'added', fact: 'kept', name: 'x' }, ...gone(6)])).not.toMatch(/and \d+ more/)
  expect(textOf(gone(10))).toContain('and 4 more')
  expect(textOf([{ what: 'added', fact: 'kept', name: 'x' }, ...gone(10)])).toContain('and 4 more')
})
