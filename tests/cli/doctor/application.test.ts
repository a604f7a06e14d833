import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openStore } from '../../../src/store/store.ts'
import { problems, texts, useScene, warnings } from './scene.ts'

const scene = useScene()

describe('what Discord tells of the application and its servers', () => {
  let server: Server
  /** By path; what is not said is as in the scene.sandbox. */
  let said: Record<string, object>
  beforeAll(async () => {
    // In front of the sandbox, for what it does not have.
    server = createServer(async ({ url = '', headers }, response) => {
      const path = url.replace(/^\/api\/v10|\?.*/g, '')
      const { authorization = '' } = headers
      const body =
        said[path] ?? (await (await fetch(`${scene.sandbox.url}${url}`, { headers: { authorization } })).json())
      response.end(JSON.stringify(body))
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
  })
  afterAll(() => void server.close())
  beforeEach(() => {
    said = {}
  })
  const lookThere = (variables = {}) =>
    scene.look({ DISCORD_API: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`, ...variables })

  test('commands that go elsewhere, a code grant, and intents that nobody needs', async () => {
    said['/applications/@me'] = {
      interactions_endpoint_url: 'https://example.org',
      bot_require_code_grant: true,
      flags: (1 << 15) | (1 << 18),
    }
    const found = await lookThere()
    expect(problems(found)).toEqual([
      'Discord sends commands to another address than this bot',
      'The invite link does not work: the application requires a code grant',
    ])
    expect(warnings(found)).toEqual([
      'The application has privileged intents that Footnote does not use: Server Members Intent, Message Content Intent',
    ])
  })

  test('commands over HTTP: an address that Discord lacks, the port, and no gateway', async () => {
    said['/gateway/bot'] = { url: 'ws://127.0.0.1:9', shards: 1, session_start_limit: { remaining: 0, reset_after: 1 } }
    const lacking = ['Discord has no address to send commands to, so nobody gets an answer to one']
    const { port } = server.address() as AddressInfo
    const taken = await lookThere({ INTERACTIONS: 'http', HTTP_PORT: String(port) })
    expect(problems(taken)).toEqual(lacking)
    expect(texts(taken).join('\n')).toContain(`Port ${port} on 127.0.0.1 is in use, as it is while Footnote runs`)
    said['/applications/@me'] = { interactions_endpoint_url: 'https://example.org' }
    expect(problems(await lookThere({ INTERACTIONS: 'http', HTTP_PORT: '0' }))).toEqual([])
    expect(problems(await lookThere({ INTERACTIONS: 'http', HTTP_HOST: '192.0.2.1' }))).toEqual([
      'Port 8080 on 192.0.2.1 cannot be opened (EADDRNOTAVAIL)',
    ])
    said = {}
    expect(problems(await lookThere({ INTERACTIONS: 'none' }))).toEqual(lacking)
  })

  test('a gateway that is closed, with no login left, for more shards than there are', async () => {
    said['/gateway/bot'] = {
      url: 'ws://127.0.0.1:9',
      shards: 4,
      session_start_limit: { remaining: 0, reset_after: 119_000 },
    }
    const found = await lookThere({ SHARD_COUNT: '2' })
    expect(problems(found)).toEqual([
      expect.stringMatching(/^Discord’s gateway cannot be reached \(\w+\)$/),
      'Discord allows 0 more logins',
    ])
    expect(warnings(found)).toEqual(['SHARD_COUNT is 2, and Discord recommends 4'])
    expect(texts(found).join('\n')).toContain('There are new ones in 2 min.')
  })

  test('servers by the hundred, page by page, and none', async () => {
    const permissions = String((1n << 10n) | (1n << 11n) | (1n << 38n) | (1n << 15n) | (1n << 16n))
    let page = Array.from({ length: 200 }, (_, number) => ({ id: String(number), name: 'x', permissions }))
    Object.defineProperty(said, '/users/@me/guilds', {
      get() {
        const now = page
        page = [{ id: '200', name: 'evil\u001b[2J\nproblem  x', permissions: '0' }]
        return now
      },
    })
    const text = texts(await lookThere()).join('\n')
    expect(text).toContain('In 200 servers the bot has all its permissions')
    expect(text).toContain('In evil [2J problem x (200) the bot lacks: View Channels, Send Messages,')
    said = { '/users/@me/guilds': [] }
    expect(warnings(await lookThere())).toEqual(['The bot is in no server'])
  })

  test('a channel that its role may not write in', async () => {
    const store = await openStore(join(scene.folder, 'data'))
    await store.writeSetting(scene.sandbox.ids.guild, 'channel', '1')
    await store.close()
    const overwrite = (id: string, allow: bigint, deny: bigint) => ({ id, allow: String(allow), deny: String(deny) })
    const tell = async (...permission_overwrites: object[]) => {
      said['/channels/1'] = { name: 'desk', permission_overwrites }
      return problems(await lookThere({ MODERATORS_GUILD_ID: scene.sandbox.ids.guild }))
    }
    const [send, view] = [1n << 11n, 1n << 10n]
    const cannot = 'The bot cannot write in the moderators’ channel #desk'
    expect(await tell(overwrite(scene.sandbox.ids.guild, 0n, send))).toEqual([cannot])
    expect(
      await tell(overwrite(scene.sandbox.ids.guild, 0n, send), overwrite(scene.sandbox.ids.botRole, send, 0n)),
    ).toEqual([])
    expect(
      await tell(overwrite(scene.sandbox.ids.botRole, send, 0n), overwrite(scene.sandbox.ids.bot, 0n, view)),
    ).toEqual([cannot])
    expect(await tell(overwrite(scene.sandbox.ids.users.member, 0n, view))).toEqual([])
  })
})
