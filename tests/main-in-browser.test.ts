import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, withoutBrowser } from './browser.ts'
import { openWorkshop, type Workshop } from './program.ts'

describe.skipIf(withoutBrowser('the whole program in a browser'))('the whole program in a browser', () => {
  let workshop: Workshop
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    workshop = openWorkshop()
    const [[, url = ''], launched] = await Promise.all([workshop.run().writes(/Open (http:\S+) /), launchBrowser()])
    browser = launched
    page = await browser.newPage()
    page.setDefaultTimeout(10_000)
    await page.goto(new URL('/?as=member#general', url).href)
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    workshop?.clear()
  })

  const box = () => page.getByLabel(/^Message [#@]/)
  const last = () => page.locator('.history article').last()
  const says = (text: string | RegExp) => last().getByText(text).first().waitFor()

  test('a question that mentions the bot gets the cited answer', async () => {
    await box().pressSequentially('@Foot')
    await page.getByRole('option', { name: /^@Footnote.* App$/ }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.type('How high are US tariffs on Chinese goods?')
    await page.keyboard.press('Enter')
    await says(/capped at 30%/)
    await says(/19 September 2025, paragraphs 16, 17/)
  })

  test('a topic is picked, its facts are completed as one types, and its Sources are shown in private', async () => {
    await box().pressSequentially('/tariff')
    await page.getByRole('option', { name: /\/tariffs/ }).waitFor()
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: /^Add option fact/ }).click()
    await page.getByRole('combobox', { name: /^fact/ }).pressSequentially('when does the tarif truce end')
    await page.getByRole('option', { name: 'When do the lower US and Chinese tariffs expire?' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await says(/10 November 2025/)
    await last().getByRole('button', { name: 'Sources' }).click()
    await says(/Only you can see this/)
    await says(/paragraphs? 17/)
    expect(await page.getByRole('status').filter({ hasText: 'Refused' }).count()).toBe(0)
  })
})
