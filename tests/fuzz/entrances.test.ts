import { ApplicationCommandOptionType, SnowflakeUtil } from 'discord.js'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { listCommands } from '../../commands/index.ts'
import type { Command } from '../../src/discord/command.ts'
import {
  commandForgery,
  completionForgery,
  KINDS,
  MODERATOR_ROLE,
  optionsOf,
  postFor,
  type Somebody,
} from '../discord/forging.ts'
import { useKeeping } from '../discord/keeping/scene.ts'
import { TEXTS } from './corpus.ts'
import { flawsIn, listenIn } from './oracle.ts'
import { OWN, sendAs, withEach } from './trying.ts'

const scene = useKeeping()
const MEMBER: Somebody = KINDS.member
const MODERATOR: Somebody = KINDS['moderator by permission']
let sent: unknown[] = []

beforeAll(() => scene.store.writeSetting(scene.sandbox.ids.guild, 'roles', MODERATOR_ROLE))
beforeEach(() => {
  sent = listenIn(scene.bot)
})
afterEach(() => {
  expect(scene.logged.splice(0).filter((line) => line.includes('a handler failed'))).toEqual([])
  expect(scene.sandbox.refusals()).toEqual([])
})

const commands = (): Command[] => listCommands(scene.keeper.snapshot)
const { String: Text, Subcommand } = ApplicationCommandOptionType
/** Something that fits, for the other options that a command needs. */
const FITTING: Record<string, string> = {
  question: 'maximum fare',
  fact: 'fare-cap',
  topic: 'ferries',
  a: 'Harbour Office',
  b: 'Jane Doe',
  kind: 'rule',
  source: 'report',
  term: 'fare',
}

function* entrances(): Generator<[command: Command, path: string[], option: string]> {
  for (const command of commands()) {
    const subs = optionsOf(command).filter(({ type }) => type === Subcommand)
    for (const path of subs.length > 0 ? subs.map(({ name }) => [name]) : [[]]) {
      for (const { name, type } of optionsOf(command, path[0])) {
        if (type === Text) yield [command, path, name]
      }
    }
  }
}

/** All texts for questions; a part of each kind for an option that is met for the first time, and fewer when it comes again. */
function* withTexts(
  met: ReturnType<typeof entrances>,
): Generator<[command: Command, path: string[], option: string, texts: typeof TEXTS]> {
  const known = new Map<string, number>()
  for (const [turn, [command, path, option]] of [...met].entries()) {
    const key = `${command.forModerators} ${option}`
    const times = known.get(key) ?? 0
    known.set(key, times + 1)
    const each = option === 'question' ? 1 : times === 0 ? 3 : 12
    yield [command, path, option, TEXTS.filter((_, index) => index % each === turn % each)]
  }
}

const needed = (command: Command, path: readonly string[]) =>
  Object.fromEntries(
    optionsOf(command, path[0]).flatMap(({ name, required }) => (required ? [[name, FITTING[name]]] : [])),
  )

test('every option of every command', async () => {
  for (const [command, path, option, texts] of withTexts(entrances())) {
    const who = command.forModerators ? MODERATOR : MEMBER
    const options = needed(command, path)
    await withEach(
      sent,
      (text) => sendAs(scene, who, commandForgery(command, path, { ...options, [option]: text })),
      texts,
    )
  }
}, 120_000)

test('every autocompletion', async () => {
  for (const [command, path, option, texts] of withTexts(entrances())) {
    if (!optionsOf(command, path[0]).find(({ name }) => name === option)?.autocomplete) continue
    const who = command.forModerators ? MODERATOR : MEMBER
    await withEach(sent, (text) => sendAs(scene, who, completionForgery(command, path, option, text)), texts)
  }
}, 120_000)

test('as long a message as Discord takes', async () => {
  const { ids, gateway } = scene.sandbox
  const author = { id: ids.users.member, username: 'member', discriminator: '0', avatar: null }
  for (const [name, text] of TEXTS.filter(([kind]) => kind.startsWith('huge'))) {
    const from = scene.sandbox.messages('policy').length
    const content = `<@${ids.bot}> ${text}`.slice(0, 4000)
    gateway.sendRaw('MESSAGE_CREATE', {
      ...{
        id: String(SnowflakeUtil.generate()),
        channel_id: ids.channel('policy'),
        guild_id: ids.guild,
      },
      ...{
        type: 0,
        author,
        content,
        mentions: [{ ...author, id: ids.bot }],
        mention_roles: [],
        attachments: [],
        embeds: [],
      },
    })
    await vi.waitFor(() => expect(scene.sandbox.messages('policy').length, name).toBeGreaterThan(from), 15_000)
  }
  expect(flawsIn(sent, OWN)).toEqual([])
})

test('mentions, direct messages, and somebody’s message', async () => {
  const member = scene.sandbox.as('member')
  for (const [, text] of TEXTS) {
    const from = sent.length
    await member.say('policy', `<@${scene.sandbox.ids.bot}> ${text}`.slice(0, 2000))
    const direct = text.slice(0, 2000)
    if (direct.trim() !== '') await member.say('dm', direct)
    expect(flawsIn(sent.slice(from), OWN)).toEqual([])
  }
  const { pings: _, ...message } = await postFor(scene, MEMBER)
  await withEach(sent, (content) => {
    const messages = { [message.id]: { ...message, content } }
    const data = { id: '1', name: 'Answer from facts', type: 3, target_id: message.id, resolved: { messages } }
    return sendAs(scene, MEMBER, { type: 2, data, name: 'Answer from facts', target: message.id })
  })
}, 120_000)
