import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'

/** Leaves the messages about as wide as the documents show the pictures. */
const VIEWPORT = { width: 960, height: 1200 }
const MARGIN = 8

/** Within the page: pictures that are far down are not loaded before they are seen. */
const ALL_DRAWN = `Promise.all([...document.images].map((image) => {
  image.loading = 'eager'
  return image.decode()
}))`

// A folder of its own, so that nothing of this machine's is touched.
const folder = await mkdtemp(join(tmpdir(), 'footnote-pictures-'))
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
})
try {
  await inSandbox('knowledge', async (...at) => {
    await photographAnswer(...at)
    await photographLooks(...at)
  })
  await inSandbox(await writeExample(), photographModeration)
} finally {
  await browser.close()
  await rm(folder, { recursive: true })
}

/** The program as `npm start` runs it without a token, whatever a file .env says. */
async function inSandbox(knowledge: string, photograph: (browser: Browser, address: string) => Promise<void>) {
  const bot = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/main.ts'], {
    env: {
      ...process.env,
      NODE_ENV: 'development',
      DISCORD_TOKEN: '',
      MODERATORS_GUILD_ID: '',
      KNOWLEDGE_GIT: '',
      KNOWLEDGE_DIR: knowledge,
      DATA_DIR: join(folder, 'data'),
      SANDBOX_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    await photograph(browser, await addressOf(bot))
  } finally {
    const ended = new Promise((resolve) => bot.once('exit', resolve))
    if (bot.exitCode === null && bot.kill()) await ended
    await rm(join(folder, 'data'), { recursive: true, force: true })
  }
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

/** The README's example as a knowledge folder: what is written on the pictures changes no real knowledge. */
async function writeExample(): Promise<string> {
  const readme = await readFile('README.md', 'utf8')
  for (const [, path = '', content = ''] of readme.matchAll(/```yaml\n# (knowledge\/\S+\.yaml): .*\n([\s\S]*?)```/g)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  return join(folder, 'knowledge')
}

async function openPage(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage({ viewport: VIEWPORT, deviceScaleFactor: 2 })
  page.setDefaultTimeout(10_000)
  await page.goto(address)
  await page.getByLabel(/^Message [#@]/).waitFor()
  await page.evaluate('document.fonts.ready')
  return page
}

/** The first screen: one question, answered as of two days. */
async function photographAnswer(browser: Browser, address: string): Promise<void> {
  const page = await openPage(browser, address)
  const messages = page.locator('.history article')
  await messages.nth(2).waitFor()
  await take(page, [messages.first(), messages.nth(2)], 'docs/answer.png')
}

/** A command whose answer is shown in the documents; it is about what the shipped knowledge knows, so not in the code. */
interface Look {
  readonly name: string
  readonly command: string
  readonly options: object
}

/** What a phone shows of each: the same commands on the same day, whenever the pictures are made. */
async function photographLooks(browser: Browser, address: string): Promise<void> {
  const page = await openPage(browser, address)
  await page.setViewportSize({ width: 480, height: 2600 })
  const looks = JSON.parse(await readFile('docs/looks.json', 'utf8')) as Look[]
  for (const { name, command, options } of looks) {
    const last = page.locator('.history article').nth(await page.locator('.history article').count())
    await page.evaluate(runCommand, { command, options })
    await last.getByText(/\d{4}/).first().waitFor()
    await page.evaluate(ALL_DRAWN)
    await page.evaluate("document.querySelector('.history').scrollTo({ top: 1e6 })")
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))')
    await take(page, [last], `docs/look-${name}.png`)
  }
}

/** Within the page: sends a command as the form would, and comes back when the bot has answered. */
async function runCommand({ command, options }: { command: string; options: object }): Promise<void> {
  const state = (await (await fetch('/page/state?as=member')).json()) as {
    channels: { id: string }[]
    commands: { command: { id: string; name: string } }[]
  }
  const id = state.commands.find((one) => one.command.name === command)?.command.id
  const body = JSON.stringify({ as: 'member', channel: state.channels[0]?.id, command: id, options })
  await fetch('/page/command', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
}

/** A fact on its way: its form, what would come of it, and the second moderator's decision. */
async function photographModeration(browser: Browser, address: string): Promise<void> {
  const page = await openPage(browser, `${address}/?as=moderator#moderators`)
  const box = page.getByLabel(/^Message [#@]/)
  const choose = async (option: string) => {
    await page.getByRole('option', { name: option }).first().click()
  }
  await box.fill('/knowledge add')
  await page.keyboard.press('Enter')
  await choose('Harbour ferries')
  await choose('rule: it is in force over a period')
  await choose('Fares on the harbour ferries')
  await page.getByRole('button', { name: /paragraphs/ }).click()
  await page.keyboard.type('5')
  await page.keyboard.press('Enter')

  const form = page.getByRole('dialog')
  await form
    .getByLabel('The fact, as one complete sentence')
    .fill('Bicycles travel free of charge on the harbour ferries.')
  const questions = 'What does a bicycle cost on the ferry?\ncan i take my bike on the boat for free\nferry bike ticket'
  await form.getByLabel('How people would ask for it, one a line').fill(questions)
  await form.getByLabel('When it holds or happens').fill('from 1 May 2025')
  await take(page, [form], 'docs/moderating-form.png')
  await form.getByRole('button', { name: 'Submit' }).click()

  const own = page.locator('.history article').filter({ hasText: 'Only you can see this' }).last()
  await own.getByRole('button', { name: 'Propose' }).waitFor()
  await take(page, [own], 'docs/moderating-draft.png')
  await own.getByRole('button', { name: 'Propose' }).click()
  await own.getByText('is waiting for another moderator').waitFor()

  await page.getByRole('button', { name: '2nd moderator' }).click()
  await own.waitFor({ state: 'detached' })
  await box.fill('/knowledge review')
  await choose('/knowledge review')
  await page.getByRole('group', { name: 'Command /knowledge review' }).waitFor()
  await page.keyboard.press('Enter')
  await own.getByRole('button', { name: 'Approve' }).waitFor()
  await take(page, [own], 'docs/moderating-review.png')
  await own.getByRole('button', { name: 'Approve' }).click()
  await own.getByText('It is in force').waitFor()
}

/** From the top of the first to the bottom of the last of these. */
async function take(page: Page, shown: readonly Locator[], path: string): Promise<void> {
  const boxes = await Promise.all([shown[0], shown.at(-1)].map((one) => one?.boundingBox()))
  const [first, last] = boxes
  if (!first || !last) throw new Error(`${path}: what it should show is not in sight.`)
  const y = Math.max(0, first.y - MARGIN)
  await page.screenshot({
    path,
    clip: { x: first.x, y, width: first.width, height: last.y + last.height + MARGIN - y },
  })
  console.log(path)
}
