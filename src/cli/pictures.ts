import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

/** Leaves the messages about as wide as the README shows the picture. */
const WIDTH = 960
const MARGIN = 8
const PICTURE = 'docs/answer.png'

// A data folder of its own, so that nothing of this machine's is touched.
const data = await mkdtemp(join(tmpdir(), 'footnote-pictures-'))
const bot = startSandbox(data)
try {
  await photograph(await addressOf(bot))
  console.log(PICTURE)
} finally {
  const ended = new Promise((resolve) => bot.once('exit', resolve))
  if (bot.exitCode === null && bot.kill()) await ended
  await rm(data, { recursive: true })
}

/** The program as `npm start` runs it without a token, whatever a file .env says. */
function startSandbox(data: string): ChildProcess {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/main.ts'], {
    env: {
      ...process.env,
      NODE_ENV: 'development',
      DISCORD_TOKEN: '',
      KNOWLEDGE_DIR: 'knowledge',
      DATA_DIR: data,
      SANDBOX_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

function addressOf(bot: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    bot.stdout?.on('data', (chunk) => {
      output += chunk
      const [, address] = /Open (http:\S+)/.exec(output) ?? []
      if (address) resolve(address)
    })
    bot.once('exit', (code) => reject(new Error(`The sandbox ended with ${code} before it was open.`)))
  })
}

/** The first screen: one question, answered as of two days. */
async function photograph(address: string): Promise<void> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  try {
    const page = await browser.newPage({ viewport: { width: WIDTH, height: 1200 }, deviceScaleFactor: 2 })
    await page.goto(address)
    const messages = page.locator('.history article')
    await messages.nth(2).waitFor()
    await page.evaluate('document.fonts.ready')
    const boxes = await Promise.all([messages.first(), messages.nth(2)].map((message) => message.boundingBox()))
    const [first, last] = boxes
    if (!first || !last) throw new Error('The answers are not in sight.')
    const y = first.y - MARGIN
    const clip = { x: first.x, y, width: first.width, height: last.y + last.height + MARGIN - y }
    await page.screenshot({ path: PICTURE, clip })
  } finally {
    await browser.close()
  }
}
