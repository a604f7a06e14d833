import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())

/** The status for a request line as it is: fetch would tidy the path up. */
function statusOf(path: string, method = 'GET'): Promise<number | undefined> {
  const { hostname, port } = new URL(sandbox.url)
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, method }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode))
    })
    asked.once('error', reject).end()
  })
}

test.each([
  ['//', 404],
  ['//evil.example/', 404],
  ['/%', 400],
  ['/%00', 404],
  ['/page-files/%2e%2e/protocol.ts', 404],
  ['/page-files/npm/lit/%', 400],
  ['/attachments/', 404],
  ['/attachments/%', 400],
  ['/attachments/%E0%A4', 400],
  ['/page/%', 400],
  ['/api/v10/%', 400],
  ['/api/v10/channels/%E0%A4%A', 400],
  ['/api/', 404],
  ['/api//v10', 404],
  ['http://evil.example/', 400],
  ['http://[', 400],
  ['*', 400],
  [`/${'a/'.repeat(3000)}`, 404],
])('%s is answered with %i', async (path, status) => {
  expect(await statusOf(path)).toBe(status)
})

test('an odd method is not found either', async () => {
  for (const path of ['/', '/api/v10/users/@me']) expect(await statusOf(path, 'PURGE')).toBeLessThan(500)
})
