import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { listCommands } from '../../commands/index.ts'
import { folderShelf } from '../../src/editing/folder.ts'
import { openGit } from '../../src/editing/git.ts'
import { openKeeper } from '../../src/editing/keeper.ts'
import { readForm } from '../../src/editing/read-form.ts'
import { faultText } from '../../src/knowledge/fault.ts'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import { createLog } from '../../src/log.ts'
import { composeFaults } from '../../src/render/keeping.ts'
import { renderFirstFitting } from '../../src/render/message.ts'
import { openStore } from '../../src/store/store.ts'
import { commandForgery, KINDS, OTHER, toldOf } from '../discord/forging.ts'
import { useKeeping } from '../discord/keeping/scene.ts'
import { GOOD } from '../knowledge/good-folder.ts'
import { expectFit } from '../render/fit.ts'
import { TEXTS } from './corpus.ts'
import { flawsIn, listenIn } from './oracle.ts'
import { OWN, sendAs, textIn, withEach } from './trying.ts'

const STEERING = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u

describe('names of files', () => {
  /** Names as a disk takes them: bytes without a slash and a zero, 255 at most. */
  const names = [
    ...TEXTS.map(([, text]) => Buffer.from(text.replaceAll('/', '∕').replaceAll('\0', '␀').slice(0, 60))),
    Buffer.from([0xff, 0xfe, 0x80]),
    Buffer.from('caf\xe9', 'latin1'),
    Buffer.from('..'),
    Buffer.from('x'.repeat(250)),
  ].map((name) => Buffer.concat([name.subarray(0, 250), Buffer.from('.yaml')]))

  test('are told in faults so that they steer nothing, in a terminal and to moderators', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'footnote-names-'))
    try {
      for (const part of ['topics', 'questions']) mkdirSync(join(folder, part))
      for (const [path, text] of Object.entries(GOOD)) writeFileSync(join(folder, path), text)
      for (const name of names) writeFileSync(Buffer.concat([Buffer.from(`${folder}/topics/`), name]), '\u001b[31m: [')
      const loaded = await loadKnowledge(folder, { reservedNames: [] })
      if (loaded.ok) throw new Error('nothing was found')
      // Those that begin with a dot are nobody's knowledge.
      const files = new Set(loaded.faults.map(({ file }) => file))
      expect(files.size).toBeGreaterThan(names.length * 0.8)
      for (const fault of loaded.faults) {
        expect(faultText(fault).replaceAll('\n', '')).not.toMatch(STEERING)
        const message = renderFirstFitting(composeFaults([fault]))
        expectFit(message)
        expect(flawsIn(message, OWN)).toEqual([])
        expect(textIn(message as never)).not.toContain(folder)
      }
      expectFit(renderFirstFitting(composeFaults(loaded.faults)))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('names of people', () => {
  test('and why they changed something become a line of git’s, whatever they are', async () => {
    const root = mkdtempSync(join(tmpdir(), 'footnote-people-'))
    const folder = join(root, 'knowledge')
    const store = await openStore(join(root, 'data'))
    const git = (...args: string[]) => execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' })
    const troubles: unknown[] = []
    try {
      for (const part of ['topics', 'questions']) mkdirSync(join(folder, part), { recursive: true })
      for (const [path, text] of Object.entries(GOOD)) writeFileSync(join(folder, path), text)
      git('init', '--quiet')
      const opened = await openKeeper({
        ...{ shelf: folderShelf(folder), reservedNames: [], store, now: () => new Date('2025-09-20T12:00:00Z') },
        ...{ git: await openGit(folder), onTrouble: (error: unknown) => troubles.push(error) },
      })
      if ('faults' in opened) throw new Error('faults')
      const { keeper } = opened
      const texts = TEXTS.filter(([name]) => /^(?:control|direction|odd)|[16]$/.test(name))
      for (const [index, [, text]] of texts.entries()) {
        const form = {
          ...{ kind: 'ask-as' as const, id: 'wish', by: text, base: {} },
          fields: { questions: `What is question ${index} of a wish?`, why: text.slice(0, 300) },
        }
        const { id } = await store.addDraft({ form, author: '1100000000000000012', at: new Date() })
        const operation = readForm(form, { snapshot: keeper.snapshot, today: '2025-09-20', used: new Set() })
        const { changes } = keeper.preview(operation)
        await store.rewriteProposal(id, 'draft', { form, changes, authors: ['1100000000000000012'] })
        await store.moveProposal(id, 'draft', 'open')
        await keeper.approve(id, { approver: '1100000000000000014', secondPerson: true })
      }
      expect(troubles).toEqual([])
      expect(await store.listUncommitted()).toEqual([])
      const commits = git('log', '--format=%an%x09%ae%x09%(trailers:unfold=true,separator=%x2C)%x09%s%x00').split(
        '\0\n',
      )
      expect(commits.length - 1).toBe(texts.length)
      for (const commit of commits.filter(Boolean)) {
        const [name = '', mail, trailers, subject = ''] = commit.split('\t')
        expect(name.trim()).not.toBe('')
        expect(name + subject).not.toMatch(STEERING)
        expect(mail).toBe('1100000000000000012@users.discord.invalid')
        expect(trailers).toBe('')
      }
    } finally {
      await store.close()
      rmSync(root, { recursive: true })
    }
  }, 60_000)
})

describe('in Discord', () => {
  const scene = useKeeping()
  let sent: unknown[] = []
  beforeAll(() => {
    sent = listenIn(scene.bot)
  })
  afterEach(() => {
    const lines = scene.logged.splice(0)
    expect(lines.filter((line) => line.includes('a handler failed'))).toEqual([])
    // What somebody is called must not steer the terminal in which a log is read.
    expect(lines.filter((line) => STEERING.test(line.trimEnd()))).toEqual([])
    expect(scene.sandbox.refusals()).toEqual([])
  })

  test('names of people, servers, channels and roles break nothing and are shown as text', async () => {
    const [ask] = listCommands(scene.keeper.snapshot)
    if (!ask) throw new Error('there is no command')
    await withEach(sent, async (text) => {
      const member = toldOf(scene, KINDS.member).member as { user: object }
      const told = {
        member: { ...member, nick: text, user: { ...member.user, username: text, global_name: text } },
        channel: { id: scene.sandbox.ids.channel('general'), type: 0, name: text, guild_id: scene.sandbox.ids.guild },
      }
      await sendAs(scene, KINDS.member, { ...commandForgery(ask, [], { question: 'is there wifi aboard' }), told })
    })
    for (const [, name] of TEXTS) {
      scene.sandbox.gateway.sendRaw('GUILD_UPDATE', {
        id: scene.sandbox.ids.guild,
        name,
        preferred_locale: name.slice(0, 5),
      })
    }
    const answer = await scene.sandbox.as('member').say('policy', `<@${scene.sandbox.ids.bot}> maximum fare`)
    expect(textIn(answer)).toContain('30 euros')
    expect(OTHER).not.toBe(scene.sandbox.ids.guild)
  }, 60_000)

  test('a faulty file of any name is told to moderators', async () => {
    await scene.store.writeSetting(scene.sandbox.ids.guild, 'channel', scene.sandbox.ids.channel('moderators'))
    scene.write('topics/evil\u001b[31m\u202e @everyone **x**.yaml', 'topic: [\u0007')
    const told = () =>
      scene.sandbox
        .messages('moderators')
        .map((message) => textIn(message))
        .join('\n')
    await vi.waitFor(() => expect(told()).toContain('The knowledge files have'), { timeout: 15_000 })
    expect(
      flawsIn(
        scene.sandbox.messages('moderators').map(({ components }) => ({ components })),
        OWN,
      ),
    ).toEqual([])
    expect(told()).toContain('@everyone **x**.yaml')
  }, 30_000)
})

test('a line of the log steers no terminal', () => {
  const lines: string[] = []
  const log = createLog({ level: 'info', destination: { write: (line) => void lines.push(line) } })
  for (const [, text] of TEXTS) log.info({ text, [text.slice(0, 20)]: 1 }, text)
  expect(lines.filter((line) => STEERING.test(line.replace(/\n$/, ''))).slice(0, 3)).toEqual([])
  expect(lines.map((line) => JSON.parse(line).text)).toEqual(TEXTS.map(([, text]) => text))
})
