import { afterEach, expect, test } from 'vitest'
import { INK, marks, pictureOf, writing } from '../../src/pictures/look.ts'
import { createPainter, type Painter } from '../../src/pictures/painter.ts'

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47])
const specOf = (text: string) =>
  pictureOf(40, text, [
    ...marks('rect', { color: INK.track }, [{ x: 0, x2: 9, y: 0, y2: 9 }]),
    ...writing([{ text, y: 0 }], { fontSize: 13 }),
  ])

let painter: Painter
afterEach(() => painter.close())

test('draws a picture of the size that it was given, once for all who want the same', async () => {
  painter = createPainter()
  const [one, other] = await Promise.all([painter.paint(specOf('one')), painter.paint(specOf('one'))])
  expect(one.subarray(0, 4)).toEqual(PNG)
  expect(one.readUInt32BE(20)).toBe((40 + 32) * 2.5)
  expect(other).toBe(one)
  expect(await painter.paint(specOf('one'))).toBe(one)
  expect(await painter.paint(specOf('two'))).not.toEqual(one)
})

test('what cannot be drawn is refused, and the next picture is drawn', async () => {
  painter = createPainter()
  await expect(painter.paint({ mark: 'no such mark' } as never)).rejects.toThrow('could not be drawn')
  expect((await painter.paint(specOf('next'))).subarray(0, 4)).toEqual(PNG)
})

test('a picture that is not drawn in time is given up with its thread, and the next one has another', async () => {
  painter = createPainter({ patience: 0 })
  await expect(painter.paint(specOf('late'))).rejects.toThrow('not drawn within 0 ms')
  await painter.close()
  painter = createPainter()
  expect((await painter.paint(specOf('late'))).subarray(0, 4)).toEqual(PNG)
})

test('more than can be waited for are refused at once', async () => {
  painter = createPainter()
  const all = Array.from({ length: 40 }, (_, index) => painter.paint(specOf(String(index))))
  const settled = await Promise.allSettled(all)
  const refused = settled.filter(({ status }) => status === 'rejected')
  expect(refused).toHaveLength(24)
  expect(String((refused[0] as PromiseRejectedResult).reason)).toContain('too many pictures')
})

test('a picture can load nothing from anywhere', async () => {
  painter = createPainter()
  const spec = { ...specOf('x'), data: { url: 'file:///etc/hostname' } } as never
  const png = await painter.paint(spec).catch(() => undefined)
  expect(png === undefined || png.subarray(0, 4).equals(PNG)).toBe(true)
})
