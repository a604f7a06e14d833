import { describe, expect, test } from 'vitest'
import { pageFile } from '../../src/sandbox/page-files.ts'

describe('the page’s files', () => {
  test.each([
    ['/', 'text/html; charset=utf-8'],
    ['/page-files/main.ts', 'text/javascript; charset=utf-8'],
    ['/page-files/style.css', 'text/css; charset=utf-8'],
    ['/page-files/npm/lit/index.js', 'text/javascript; charset=utf-8'],
  ])('%s is served', async (path, type) => {
    expect((await pageFile(path))?.headers['content-type']).toBe(type)
  })

  test.each([
    '/page-files/tsconfig.json',
    '/page-files/../protocol.ts',
    '/page-files/npm/yaml/dist/index.js',
    '/page-files/npm/lit/../yaml/dist/index.js',
    '/page-files/npm/lit/package.json',
    '/page-files/none.ts',
    '/etc/passwd',
  ])('%s is not', async (path) => {
    expect(await pageFile(path)).toBeUndefined()
  })

  test('TypeScript arrives without its types', async () => {
    const body = String((await pageFile('/page-files/times.ts'))?.body)
    expect(body).toContain('export function shortTime(iso')
    expect(body).not.toContain(': string')
  })

  test('everything that the page names in its head is there', async () => {
    const html = String((await pageFile('/'))?.body)
    const paths = [...html.matchAll(/"(\/page-files\/[^"]*[^"/])"/g)].map((found) => found[1] ?? '')
    expect(paths.length).toBeGreaterThan(10)
    for (const path of paths) expect(await pageFile(path), path).toBeDefined()
  })

  test('no inline script but the import map may run', async () => {
    const policy = (await pageFile('/'))?.headers['content-security-policy'] ?? ''
    expect(policy).toMatch(/script-src 'self' 'sha256-[^']+';/)
  })
})
