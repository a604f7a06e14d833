import { describe, expect, it } from 'vitest'
import { partsOf, standsAlone } from '../../src/answering/parts.ts'

const texts = (text: string) => partsOf(text).map((part) => part.text)

describe('the questions in one text', () => {
  it.each([
    ['When does it open and who runs it?', ['When does it open', 'who runs it?']],
    ['Who is the mayor? How old is the library?', ['Who is the mayor', 'How old is the library?']],
    ['What is the fee, when was it raised, and why?', ['What is the fee', 'when was it raised']],
  ])('%s', (text, expected) => {
    expect(texts(text)).toEqual(expected)
  })

  it.each(['Is the library open on Sundays?', 'Who praised it, and in what words?', 'fees and films', ''])(
    'are none apart in: %s',
    (text) => {
      expect(partsOf(text)).toEqual([])
    },
  )

  it('take along what the first one is about where they point back or say little', () => {
    const [, second, third] = partsOf('What is the late fee for films, when was it raised; which days')
    expect(second?.question).toBe('when was it raised late fee films')
    expect(third?.question).toBe('which days late fee films')
  })

  it.each([
    ['How much does a card cost and when is lunch?', [true, true]],
    ['How much does a card cost and when was it raised?', [true, false]],
    ['How much does a card cost? big header', [true, false]],
  ])('are missed when unanswered only if they ask something by themselves: %s', (text, expected) => {
    expect(partsOf(text).map(standsAlone)).toEqual(expected)
  })
})
