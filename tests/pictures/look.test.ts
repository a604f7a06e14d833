import { describe, expect, test } from 'vitest'
import { drawable, linesOf, widthOf } from '../../src/pictures/lettering.ts'
import { INK, STATUS_INK } from '../../src/pictures/look.ts'

/** Contrast of two colours by WCAG 2.2. */
function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [one, other].map(luminance).sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

describe('colours', () => {
  test.each([INK.text, INK.quiet, INK.asOf])('letters in %s can be read on the paper', (ink) => {
    expect(contrast(ink, INK.paper)).toBeGreaterThanOrEqual(4.5)
  })

  test.each(Object.values(STATUS_INK))('marks in %s are told from the paper and from their track', (ink) => {
    expect(contrast(ink, INK.paper)).toBeGreaterThanOrEqual(3)
    expect(contrast(ink, INK.track)).toBeGreaterThanOrEqual(3)
  })
})

describe('lettering', () => {
  test('lines fit, lose nothing, and break even a word that is too long by itself', () => {
    const text = `A cap on fares of ${'x'.repeat(120)} holds in the whole city.`
    const lines = linesOf(text, 13, 200)
    expect(lines.every((line) => widthOf(line, 13) <= 200)).toBe(true)
    expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
  })

  test('a text that the font could show only in part is not shown at all', () => {
    expect(drawable('Zürich, Łódź, Αθήνα and Москва')).toContain('Москва')
    expect(drawable('The mayor of 東京 said no')).toBe('(see the text)')
  })
})
