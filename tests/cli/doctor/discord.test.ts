import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { askDiscord } from '../../../src/cli/doctor/ask-discord.ts'
import { clockFindings } from '../../../src/cli/doctor/clock.ts'
import { startSandbox } from '../../../src/sandbox/sandbox.ts'
import { openStore } from '../../../src/store/store.ts'
import { problems, texts, useScene, warnings } from './scene.ts'

const scene = useScene()

describe('Discord', () => {
  test('a token that it does not take', async () => {
    const found = await scene.look({ DISCORD_TOKEN: 'abc.def.secret-part' })
    expect(problems(found)).toEqual(['Discord does not accept DISCORD_TOKEN'])
    expect(warnings(found)).toEqual(['The application, the commands and the servers could not be looked at'])
    expect(texts(found).join('\n')).toContain('The clock agrees')
    expect(texts(found).join('\n')).not.toContain('secret-part')
  })

  test.each([
    [
      'is away',
      () => scene.sandbox.faults.next({}, { kind: 'cut' }),
      /^problem {2}DISCORD_API cannot be reached \(\w+\)/m,
    ],
    [
      'is not well',
      () => scene.sandbox.faults.next({}, { kind: 'error', status: 503 }),
      /^warning {2}DISCORD_API is not well \(503\)/m,
    ],
    [
      'has had enough',
      () => scene.sandbox.faults.next({}, { kind: 'rate-limit', retryAfter: 7 }),
      /^warning {2}Discord takes no more requests.*\n +Run this again in 7 s\./m,
    ],
    [
      'is another server',
      () => scene.sandbox.faults.next({}, { kind: 'error', status: 418 }),
      /^problem {2}DISCORD_API does not answer as Discord does \(418\)/m,
    ],
  ])('it %s', async (_, befall, told) => {
    befall()
    expect(texts(await scene.look()).join('\n')).toMatch(told)
  })

  test('it takes too long', async () => {
    scene.sandbox.faults.next({}, { kind: 'delay', milliseconds: 5_000 })
    const discord = askDiscord({ api: scene.sandbox.api, now: () => new Date(), patience: 50 })
    expect(await discord.get('/users/@me')).toEqual({ kind: 'unreachable', reason: 'TimeoutError' })
  })

  test('what it does not tell is not taken for well', async () => {
    for (const path of [/applications\/@me/, /gateway\/bot/, /commands/, /guilds/]) {
      scene.sandbox.faults.next({ path }, { kind: 'error', status: 500 })
    }
    expect(warnings(await scene.look())).toEqual(
      ['the application', 'the gateway', 'the commands', 'the bot’s servers'].map(
        (what) => `Discord did not tell of ${what}, so that was not checked`,
      ),
    )
  })

  test('a clock that is off', async () => {
    const off = (seconds: number) => scene.look({}, { now: () => new Date(Date.now() + seconds * 1000) })
    expect(warnings(await off(-30))).toEqual([expect.stringMatching(/^The clock is \d+ s behind Discord’s$/)])
    expect(problems(await off(3600))).toEqual([expect.stringMatching(/^The clock is \d+ s ahead of Discord’s$/)])
    const ahead = (milliseconds: number) =>
      clockFindings({ kind: 'answer', status: 200, body: {}, ahead: milliseconds })
    expect([1999, 2000, -59_999, 60_000].map((each) => ahead(each)[0]?.level)).toEqual([
      'ok',
      'warning',
      'warning',
      'problem',
    ])
  })

  test('commands that are not registered', async () => {
    await scene.register()
    scene.put('knowledge/topics/boats.yaml', boats)
    expect(warnings(await scene.look({ MODERATORS_GUILD_ID: scene.sandbox.ids.guild }))).toContain(
      'Not registered: /boats',
    )
  })

  test('permissions that it lacks, by name, with what comes of it', async () => {
    const poor = await startSandbox({ botName: 'Footnote', botPermissions: (1n << 10n) | (1n << 11n) | (1n << 16n) })
    const text = texts(await scene.look({ DISCORD_API: poor.api })).join('\n')
    await poor.close()
    expect(text).toContain(
      `warning  In Sandbox (${poor.ids.guild}) the bot lacks: Send Messages in Threads, Attach Files\n`,
    )
    expect(text).toContain('Without: it answers no mention in threads; it shows timelines and charts without')
    expect(text).not.toContain('has all its permissions')
  })

  test('administrators may do everything', async () => {
    const rich = await startSandbox({ botName: 'Footnote', botPermissions: 1n << 3n })
    const found = await scene.look({ DISCORD_API: rich.api })
    await rich.close()
    expect(warnings(found)).toEqual([])
  })

  test('a moderators’ server without the bot, with its invite link', async () => {
    const found = await scene.look({ MODERATORS_GUILD_ID: '1100000000000000002' })
    expect(problems(found)).toEqual(['The bot is not in the server MODERATORS_GUILD_ID (1100000000000000002)'])
    expect(texts(found).join('\n')).toContain(
      `https://discord.com/oauth2/authorize?client_id=${scene.sandbox.ids.bot}&`,
    )
  })

  test('moderators without a channel, with one that is gone, and with one that it may not write in', async () => {
    const moderated = (api = scene.sandbox.api) =>
      scene.look({ MODERATORS_GUILD_ID: scene.sandbox.ids.guild, DISCORD_API: api })
    expect(warnings(await moderated())).toContain('The moderators have no channel')
    const store = await openStore(join(scene.folder, 'data'))
    await store.writeSetting(scene.sandbox.ids.guild, 'channel', '1100000000000000099')
    expect(problems(await moderated())).toEqual(['The moderators’ channel is gone, or the bot does not see it'])
    await store.writeSetting(scene.sandbox.ids.guild, 'channel', scene.sandbox.ids.channel('moderators'))
    await store.close()
    const mute = await startSandbox({ botName: 'Footnote', botPermissions: 1n << 10n })
    expect(problems(await moderated(mute.api))).toEqual(['The bot cannot write in the moderators’ channel #moderators'])
    await mute.close()
  })
})

const boats = `topic: boats
title: Boats
description: What floats
facts:
  - id: boats-float
    statement: Boats float on the lake.
    kind: rule
    citations: [{ source: report, paragraph: 1 }]
    verified: 2025-09-19
    reviewBy: 2999-01-01
`
