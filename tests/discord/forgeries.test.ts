import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { listCommands } from '../../commands/index.ts'
import type { Command } from '../../src/discord/command.ts'
import { approveId } from '../../src/discord/keeping/proposal-cards.ts'
import type { Forgery } from '../../src/sandbox/people.ts'
import {
  type Answer,
  commandForgery,
  everything,
  forge,
  formForgery,
  KINDS,
  MODERATOR_ROLE,
  postFor,
  pressForgery,
  type Somebody,
} from './forging.ts'
import { readable } from './harness.ts'
import { useKeeping } from './keeping/scene.ts'
import { anyForm, askedInVain, complaintOf, draftOf, openProposal, privateAnswer } from './subjects.ts'

const scene = useKeeping()
const DAY = '2025-09-20'
const MEMBER: Somebody = KINDS.member
const MODERATOR: Somebody = KINDS['moderator by permission']
const COLLEAGUE: Somebody = KINDS['moderator by role']

beforeAll(() => scene.store.writeSetting(scene.sandbox.ids.guild, 'roles', MODERATOR_ROLE))
afterEach(() => {
  // Whatever is sent, it is told in words, and nothing breaks.
  expect(scene.logged.splice(0).filter((line) => line.includes('a handler failed'))).toEqual([])
})

const command = (name: string): Command =>
  listCommands(scene.keeper.snapshot).find(({ definition }) => definition.name === name) as Command
const press = async (who: Somebody, customId: string, values?: string[]) =>
  forge(scene, who, pressForgery(await postFor(scene, who), customId, values))
const send = (who: Somebody, customId: string, fields: Record<string, string | string[]>) =>
  forge(scene, who, formForgery(customId, fields))
const type = (who: Somebody, [name = '', ...path]: string[], options: Record<string, unknown>, resolved = {}) =>
  forge(scene, who, commandForgery(command(name), path, options, resolved))

/** What is refused is told in private, and changes nothing. */
async function expectRefused(attempt: () => Promise<Answer>, words: RegExp): Promise<void> {
  const before = everything(scene)
  const { text, isPrivate } = await attempt()
  expect(text).toMatch(words)
  expect(isPrivate).toBe(true)
  const now = everything(scene)
  // What is pressed on is posted by the test.
  const posted = (messages: unknown) => (messages as string[][]).filter(([, said]) => said !== 'Something to press on')
  expect({ ...now, messages: posted(now.messages) }).toEqual({ ...before, messages: posted(before.messages) })
}

const refuses = (attempt: () => Promise<Answer>, words: RegExp) => () => expectRefused(attempt, words)

describe('what can be shared', () => {
  test.each([`share|${DAY}|fare-cap`, `timeline|share|${DAY}|1`])(
    '%s on a message that everybody sees is refused: its button is on private answers only',
    async (id) => {
      await expectRefused(() => press(MEMBER, id), /This button is no longer there/)
    },
  )

  test('more facts than an answer has make no message that Discord refuses', async () => {
    const ids = Array(20).fill('wish').join(',')
    await expectRefused(() => press(MEMBER, `show|${DAY}|${ids}`), /do not know this button/)
    const on = await privateAnswer(scene, MEMBER)
    const values = ['fare-cap', 'wish', 'pier-opened']
    const { text } = await forge(scene, MEMBER, pressForgery(on, `share|${DAY}||0`, values))
    expect(text).toContain('at most 30 euros')
    expect(text).not.toContain('Pier 4')
  })
})

describe('a note that something is wrong', () => {
  test(
    'without its field is refused',
    refuses(() => send(MEMBER, `wrong|${DAY}|fare-cap`, {}), /nothing was recorded/),
  )
  test(
    'that was chosen instead of typed is refused',
    refuses(() => send(MEMBER, `wrong|${DAY}|fare-cap`, { note: ['It is not so'] }), /nothing was recorded/),
  )
  test.each(['', 'no-such-fact'])('about no fact (%j) is refused', async (facts) =>
    expectRefused(() => send(MEMBER, `wrong|${DAY}|${facts}`, { note: 'It is not so' }), /no fact|withdrawn/),
  )
  test('is cut to its length', async () => {
    await send(MEMBER, `wrong|${DAY}|fare-cap`, { note: 'so '.repeat(1_400) })
    const [complaint] = await scene.store.listComplaints()
    expect(complaint?.note.length).toBeLessThanOrEqual(1000)
    await scene.store.closeComplaint(complaint?.id ?? 0, 'dismissed', () => '')
  })
  test('of somebody else cannot be followed', async () => {
    const id = await complaintOf(scene, MODERATOR)
    await expectRefused(() => press(MEMBER, `complaint|tell|${id}`), /not yours/)
  })
})

describe('a gap', () => {
  test('is followed by whoever saw its question, and not by whoever counts', async () => {
    const { id } = await askedInVain(scene)
    await expectRefused(() => press(MEMBER, `gap|tell|${id}`), /no longer/)
    await expectRefused(() => press(MEMBER, `gap|tell|${id}|AAAAAAAA`), /no longer/)
  })
})

describe('a proposal', () => {
  test('is rejected with a reason that can be read, or not at all', async () => {
    const { id } = await openProposal(scene)
    await expectRefused(() => send(MODERATOR, `proposal|rejected|${id}`, {}), /reason/i)
    await expectRefused(() => send(MODERATOR, `proposal|rejected|${id}`, { reason: '\u200b\u202e\u2060' }), /reason/i)
  })

  test('is approved as it was shown, its reason for the history included', async () => {
    const proposal = await openProposal(scene)
    const form = {
      ...anyForm(),
      fields: { ...(proposal.form as ReturnType<typeof anyForm>).fields, why: 'Another why' },
    }
    await scene.store.rewriteProposal(proposal.id, 'open', { ...proposal, form })
    await press(MODERATOR, approveId(proposal))
    const said = () => scene.sandbox.messages('general').map(readable).join('\n')
    await vi.waitFor(() => expect(said()).toContain('was not approved'))
    expect((await scene.store.findProposal(proposal.id))?.state).toBe('open')
  })

  test('needs somebody else than everybody whose words are in it, also those that could not be read at first', async () => {
    const { id } = await openProposal(scene, { form: anyForm({ questions: 'Is there a boat at dawn?' }) })
    const long = 'What else '.repeat(21)
    await send(MODERATOR, `form|${id}|0`, { questions: long, why: 'In the words of one' })
    await send(COLLEAGUE, `form|${id}|0`, { questions: 'Is there a boat at noon?' })
    expect((await scene.store.findProposal(id))?.authors).toEqual(
      expect.arrayContaining([scene.sandbox.ids.users.moderator, scene.sandbox.ids.users.colleague]),
    )
  })

  test('whose number is none is told of in words', async () => {
    const { text } = await press(MODERATOR, 'proposal|open', ['abc'])
    expect(text).toMatch(/no open proposal/)
    expect(text).not.toContain('NaN')
  })
})

describe('a draft', () => {
  test('of another moderator is neither edited, proposed, discarded nor filled in', async () => {
    const id = await draftOf(scene, MODERATOR)
    for (const verb of ['edit', 'propose', 'discard']) {
      await expectRefused(() => press(COLLEAGUE, `draft|${verb}|${id}|0`), /Somebody else is writing this/)
    }
    await expectRefused(() => send(COLLEAGUE, `form|${id}|0`, { questions: 'Mine?' }), /Somebody else is writing this/)
  })

  test.each(['9', '-1', '1e0', 'constructor', ''])('has no page %j', async (page) => {
    const id = await draftOf(scene, MODERATOR)
    await expectRefused(() => press(MODERATOR, `draft|edit|${id}|${page}`), /no longer there/)
    await expectRefused(() => send(MODERATOR, `form|${id}|${page}`, { questions: 'What?' }), /no longer there/)
  })

  test('takes no field that its form does not have', async () => {
    const id = await draftOf(scene, MODERATOR)
    await send(MODERATOR, `form|${id}|0`, { questions: 'How dear is it?', topic: 'piers', statement: 'x', by: 'y' })
    const { form } = (await scene.store.findProposal(id)) as { form: ReturnType<typeof anyForm> }
    expect(form).toEqual({ ...anyForm(), fields: { questions: 'How dear is it?', why: '' } })
  })
})

describe('a complaint', () => {
  test('is not answered by a change of a fact that it is not about', async () => {
    const id = await complaintOf(scene, MEMBER)
    for (const verb of ['edit', 'retire']) {
      await expectRefused(() => press(MODERATOR, `complaint|${verb}|${id}|pier-opened`), /not about this fact/)
    }
  })
})

describe('options that Discord’s client would not send', () => {
  test.each([99, -2, 7])('%j is no day of the week', async (day) => {
    await expectRefused(() => type(MODERATOR, ['knowledge', 'settings'], { 'digest-day': day }), /day/)
  })
  test('moderators are told in a text channel only, and nothing else of the command is done', async () => {
    const id = '1100000000000000777'
    const voice = { id, name: 'x', type: 2, guild_id: scene.sandbox.ids.guild, permissions: '0' }
    const given = { channel: id, 'digest-day': 2 }
    const resolved = { channels: { [id]: voice } }
    await expectRefused(() => type(MODERATOR, ['knowledge', 'settings'], given, resolved), /text channel/)
  })
  test('everybody’s role moderates nothing, and nothing else of the command is done', async () => {
    const { guild: id } = scene.sandbox.ids
    const role = {
      id,
      name: '@everyone',
      color: 0,
      hoist: false,
      position: 0,
      permissions: '0',
      managed: false,
      flags: 0,
    }
    const given = { moderators: id, 'second-person': false, channel: scene.sandbox.ids.channel('policy') }
    await expectRefused(
      () => type(MODERATOR, ['knowledge', 'settings'], given, { roles: { [id]: role } }),
      /Everybody has/,
    )
  })
  test('a channel and a role that Discord does not know are none', async () => {
    const given = { moderators: '1100000000000000778', channel: '1100000000000000779' }
    await expectRefused(() => type(MODERATOR, ['knowledge', 'settings'], given), /This holds/)
  })
  test('answers are public or private', async () => {
    const before = everything(scene)
    const { text } = await type(MODERATOR, ['settings'], { answers: 'nobody' })
    expect(text).toMatch(/Answers here are shown to everybody/)
    expect(everything(scene)).toEqual(before)
  })
  test.each([
    ['add', { topic: 'x'.repeat(6000), kind: 'rule', source: 'report' }],
    ['add', { topic: 'ferries', kind: 'rumour', source: 'report' }],
    ['add', { topic: 'ferries', kind: 'rule', source: '*'.repeat(6000) }],
    ['edit', { fact: '_'.repeat(6000) }],
    ['source', { source: '|'.repeat(6000) }],
    ['entity', { entity: '@everyone '.repeat(600) }],
    ['glossary', { term: '\u200b\u202e' }],
    ['topic', { topic: '\u200b\u202e' }],
  ])('/knowledge %s with nonsense is refused in words', async (name, options) => {
    await expectRefused(
      () => type(MODERATOR, ['knowledge', name], options),
      /There is no (?:topic|source|entity|name|such fact)|should be one of/,
    )
  })
  test('the same thing twice is not compared, however it is asked', async () => {
    await expectRefused(() => press(MEMBER, `compare|page|${DAY}|1|e|jane-doe|jane-doe`), /the same thing twice/)
    await expectRefused(() => press(MEMBER, `compare|page|${DAY}|1|f|wish|wish`), /the same thing twice/)
  })
})

test('a number is written in digits only', async () => {
  const ids = { gap: (await askedInVain(scene)).id, complaint: await complaintOf(scene, MODERATOR), history: 1 }
  for (const write of [(id: number) => `${id}.0`, (id: number) => ` ${id}`, (id: number) => `0x${id.toString(16)}`]) {
    for (const id of [
      `gap|dismiss|${write(ids.gap)}`,
      `complaint|dismiss|${write(ids.complaint)}`,
      `complaint|tell|${write(ids.complaint)}`,
    ]) {
      await expectRefused(() => press(MODERATOR, id), /closed already|dealt with/)
    }
  }
})

test('what is pressed is not sent as a form, and the reverse', async () => {
  for (const [name, { verbs }] of listCommands(scene.keeper.snapshot).flatMap(({ steps = {} }) =>
    Object.entries(steps),
  )) {
    for (const verb of verbs.length > 0 ? [...verbs, 'no-such', 'constructor', ''] : ['1']) {
      const isForm = verb === 'rejected' || name === 'form'
      const other = async (): Promise<Forgery> =>
        isForm
          ? pressForgery(await postFor(scene, MODERATOR), `${name}|${verb}|1`)
          : formForgery(`${name}|${verb}|1`, { reason: 'Because' })
      await expectRefused(async () => forge(scene, MODERATOR, await other()), /no longer there/)
    }
  }
})
