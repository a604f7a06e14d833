import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { FONT } from './lettering.ts'

/** Sharp on a phone, whose screens have three pixels to a point. */
const SCALE = 2.5

const ready = prepare()

/** SVG as PNG, in the bundled font: what is installed on the machine makes no difference. */
export async function pngOf(svg: string): Promise<Uint8Array> {
  const fontBuffers = await ready
  const picture = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: SCALE },
    font: { fontBuffers, defaultFontFamily: FONT, sansSerifFamily: FONT, loadSystemFonts: false } as object,
  })
  try {
    return picture.render().asPng()
  } finally {
    picture.free()
  }
}

async function prepare(): Promise<Uint8Array[]> {
  const read = (address: string) => readFile(fileURLToPath(address))
  const [wasm, ...fonts] = await Promise.all([
    read(import.meta.resolve('@resvg/resvg-wasm/index_bg.wasm')),
    read(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')),
    read(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')),
  ])
  await initWasm(wasm)
  return fonts
}
