import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { UserKey } from '../../src/sandbox/protocol.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { launchBrowser, withoutBrowser } from '../browser.ts'
import { type EchoBot, startEchoBot } from './page-bot.ts'

describe.skipIf(withoutBrowser('the page’s test'))('the sandbox’s page in a browser', () => {
  let sandbox: Sandbox
  let bot: EchoBot
  let browser: Browser
  /** One for all tests, so that the page's modules are fetched once. */
  let context: BrowserContext
  const opened: Page[] = []
  const faults: string[] = []

  beforeAll(async () => {
    sandbox = await startSandbox({ botName: 'Echo', ackTimeout: 1000 })
    bot = await startEchoBot(sandbox.api, sandbox.token)
    browser = await launchBrowser()
    context = await browser.newContext()
  }, 60_000)

  afterEach(async () => {
    for (const page of opened.splice(0)) await page.close()
    expect(faults.splice(0), 'errors in the page').toEqual([])
  })

  afterAll(async () => {
    await browser?.close()
    await bot?.stop()
    await sandbox?.close()
  })

  async function open(as: UserKey, viewport = { width: 1280, height: 800 }, channel = 'general'): Promise<Page> {
    const page = await context.newPage()
    await page.setViewportSize(viewport)
    opened.push(page)
    page.setDefaultTimeout(8000)
    page.on('pageerror', (error) => faults.push(String(error)))
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
    page.on('request', (request) => {
      const local = request.url().startsWith(sandbox.url) || request.url().startsWith('data:')
      if (!local) faults.push(`asked for ${request.url()}`)
    })
    await page.goto(new URL(`/?as=${as}#${channel}`, sandbox.url).href)
    await page.getByLabel(/^Message [#@]/).waitFor()
    return page
  }

  const box = (page: Page) => page.getByLabel(/^Message [#@]/)
  const last = (page: Page) => page.locator('.history article').last()
  const history = (page: Page) => page.locator('.history')
  const says = (page: Page, text: string | RegExp) => last(page).getByText(text).first().waitFor()

  async function command(page: Page, name: string): Promise<void> {
    await box(page).fill(`/${name}`)
    await page.keyboard.press('Enter')
    await page.getByRole('group', { name: `Command /${name}` }).waitFor()
  }

  test('a mention picked with the keyboard is answered, and its button and select work', async () => {
    const page = await open('member')
    await box(page).pressSequentially('@Ech')
    await page.getByRole('option', { name: /^@Echo.* App$/ }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.type('good morning')
    await page.keyboard.press('Enter')
    await says(page, 'good morning')
    const answer = last(page)
    await answer.getByText('heard').waitFor()
    expect(await answer.getByRole('link', { name: /Open/ }).getAttribute('href')).toBe('https://a.example')

    await answer.getByRole('combobox', { name: 'Choose a colour' }).press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await says(page, 'selected g')

    await page.getByRole('button', { name: 'Press' }).last().click()
    await history(page).getByText('pressed by member').waitFor()
  })

  test('a command is picked, completed and sent with the keyboard alone', async () => {
    const page = await open('member')
    await box(page).pressSequentially('/pi')
    await page.getByRole('option', { name: /\/pick/ }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.type('ap')
    const choices = page.getByRole('option')
    await expect.poll(() => choices.allTextContents()).toHaveLength(2)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect(await page.getByLabel(/^word, required/).inputValue()).toBe('The word apricot')

    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByLabel(/^loud/).waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await says(page, 'APRICOT')
    await last(page).getByText('/pick').waitFor()
  })

  test('a required option that is left empty is asked for, and Escape leaves the command', async () => {
    const page = await open('member')
    await command(page, 'pick')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Enter')
    await page.getByText('This option is required').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await box(page).waitFor()
  })

  test('a form is filled in and sent', async () => {
    const page = await open('member')
    await command(page, 'form')
    await page.keyboard.press('Enter')
    const form = page.getByRole('dialog', { name: 'A form' })
    await form.getByRole('button', { name: 'Submit' }).click()
    await form.getByText('This field is required').waitFor()
    await form.getByLabel('Why?').fill('because')
    await form.getByRole('combobox', { name: 'Which?' }).click()
    await form.getByRole('option', { name: 'Two' }).click()
    await form.getByRole('button', { name: 'Submit' }).click()
    await says(page, 'form: because / 2')
    expect(await form.count()).toBe(0)
  })

  test('an ephemeral answer is seen by its asker alone, until dismissed', async () => {
    const [member, moderator] = [await open('member'), await open('moderator')]
    await command(member, 'whisper')
    await member.keyboard.press('Enter')
    await says(member, 'between us')
    await command(moderator, 'pick')
    await moderator.keyboard.type('banana')
    await moderator.keyboard.press('Enter')
    await says(moderator, 'banana')
    expect(await moderator.getByText('between us').count()).toBe(0)

    await member.getByText('Only you can see this').waitFor()
    await member.getByRole('button', { name: 'Dismiss message' }).click()
    await expect.poll(() => history(member).getByText('between us').count()).toBe(0)
  })

  test('a deferred answer is thinking until it comes, and silence is told', async () => {
    const page = await open('member')
    await command(page, 'slow')
    await page.keyboard.press('Enter')
    await history(page).getByText('is thinking…').waitFor()
    bot.finish()
    await history(page).getByText('done at last').waitFor()
    expect(await history(page).getByText('is thinking…').count()).toBe(0)

    await command(page, 'silent')
    await page.keyboard.press('Enter')
    await says(page, 'The application did not respond')
  })

  test('a message command is reached from the keyboard', async () => {
    const page = await open('member')
    await box(page).fill('four words are here')
    await page.keyboard.press('Enter')
    await says(page, 'four words are here')
    await last(page).getByRole('button', { name: 'More' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Count words' }).waitFor()
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await says(page, '4 words')
  })

  test('what a bot writes stays text', async () => {
    const page = await open('member')
    await command(page, 'hostile')
    await page.keyboard.press('Enter')
    await says(page, /onerror=/)
    const row = last(page)
    expect(await row.locator('script').count()).toBe(0)
    expect(await row.locator('img[src="x"], a[href^="javascript"], [onerror]').count()).toBe(0)
    expect(await row.getByText('[go](javascript:').count()).toBeGreaterThan(0)
    expect(await page.title()).not.toBe('hacked')
    expect(await row.evaluate((element) => element.className)).not.toContain('highlight')
  })

  test('what Discord would refuse is told with its place', async () => {
    const page = await open('member')
    await command(page, 'broken')
    await page.keyboard.press('Enter')
    const refusal = page.getByRole('status').filter({ hasText: 'Refused, as Discord would' })
    await refusal.getByText(/embeds\[0\]\.title/).waitFor()
    await refusal.getByRole('button', { name: 'Dismiss' }).click()
    await expect.poll(() => refusal.count()).toBe(0)
  })

  test('one switches between the two people, and writes the bot directly', async () => {
    const page = await open('member')
    await page.getByRole('button', { name: 'Moderator', exact: true }).click()
    await page.getByRole('button', { name: 'Echo', exact: true }).click()
    await box(page).fill('hello in private')
    await page.keyboard.press('Enter')
    await page.getByText('You (moderator)').first().waitFor()
    await last(page).getByText('heard').waitFor()
    await page.getByRole('button', { name: 'Member', exact: true }).click()
    await expect.poll(() => history(page).getByText('hello in private').count()).toBe(0)
  })

  test('a phone shows all of it', async () => {
    const page = await open('member', { width: 390, height: 844 })
    await command(page, 'pick')
    await page.keyboard.type('banana-'.repeat(30))
    await page.keyboard.press('Enter')
    await says(page, /banana-banana/)
    const width = await page.locator('main').evaluate((main) => main.scrollWidth)
    expect(width).toBeLessThanOrEqual(390)
    await page.getByRole('button', { name: 'Channels' }).click()
    await page.getByRole('button', { name: 'policy' }).click()
    await page.getByLabel('Message #policy').waitFor()
  })
})
