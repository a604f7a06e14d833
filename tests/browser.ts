import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'

/** Whether a browser test has to be skipped, because there is no browser; never where everything is to be held. */
export function withoutBrowser(test: string): boolean {
  const skip = !existsSync(executablePath) && !process.env.CI
  if (skip) console.warn(`SKIPPED: ${test}, because there is no browser at ${executablePath} (CHROMIUM_PATH)`)
  return skip
}

/** A real browser that asks nothing of the network by itself. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
}
