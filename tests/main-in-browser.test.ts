import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, withoutBrowser } from './browser.ts'
import { openWorkshop, type Workshop } from './program.ts'

// Runs in the page, whose types are not known here.
const DECODED = new Function('image', 'return image.decode().then(() => image.src)') as (
  image: unknown,
) => Promise<string>

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
  const language = () => page.getByLabel('Language of your Discord')
  const speak = async (locale: string) => {
    await language().selectOption(locale)
    await language().and(page.locator('[aria-busy="false"]')).waitFor()
  }
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

  test('a timeline shows a picture with words for it, and its pages are turned', async () => {
    await box().pressSequentially('/timeline')
    await page.getByRole('option', { name: /\/timeline/ }).waitFor()
    await page.keyboard.press('Tab')
    await page.getByRole('group', { name: 'Command /timeline' }).waitFor()
    await page.keyboard.press('Enter')
    await says(/Page 1 of \d/)
    const picture = last().getByRole('img', { name: /^Timeline: all topics/ })
    const drawn = () => picture.evaluate(DECODED)
    const first = await drawn()
    await last().getByRole('button', { name: 'Next' }).click()
    await says(/Page 2 of \d/)
    await expect.poll(drawn).not.toBe(first)
    await last().getByRole('button', { name: 'Back' }).click()
    await says(/Page 1 of \d/)
  })

  test('the bot speaks the language that is chosen, and its commands are called in it', async () => {
    await speak('de')
    await box().pressSequentially('/frag')
    await page.getByRole('option', { name: /\/fragen/ }).waitFor()
    await page.keyboard.press('Tab')
    await page.getByRole('combobox', { name: /^frage/ }).pressSequentially('How high are US tariffs on Chinese goods?')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await says(/Zuletzt geprüft am/)
    await last().getByRole('button', { name: 'Quellen' }).waitFor()
    await speak('en-US')
  })

  test('it works in a server that has not added it, and says what is different there', async () => {
    await page.getByRole('button', { name: 'elsewhere' }).click()
    await box().fill('/about')
    await page.getByRole('option', { name: /\/about/ }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await says(/it is installed for you/)
  })
})
