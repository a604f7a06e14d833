import { ApplicationCommandOptionType } from 'discord.js'
import { beforeAll, expect, test } from 'vitest'
import { listCommands } from '../../commands/index.ts'
import { measureId } from '../../src/discord/choices.ts'
import type { Command } from '../../src/discord/command.ts'
import { approveId } from '../../src/discord/keeping/proposal-cards.ts'
import { parseKnowledge } from '../../src/knowledge/parse.ts'
import { gapDigest } from '../../src/render/custom-id.ts'
import type { Forgery } from '../../src/sandbox/people.ts'
import {
  commandForgery,
  completionForgery,
  everything,
  forge,
  formForgery,
  joinOther,
  KINDS,
  type Kind,
  MODERATOR_ROLE,
  OTHER,
  optionsOf,
  postFor,
  pressForgery,
  type Somebody,
} from './forging.ts'
import { FERRIES, useKeeping } from './keeping/scene.ts'
import { askedInVain, complaintOf, draftOf, openProposal, privateAnswer } from './subjects.ts'

const loaded = parseKnowledge(
  Object.entries(FERRIES).map(([path, content]) => ({ path, content })),
  { reservedNames: [] },
)
if (!loaded.ok) throw new Error('the knowledge of these tests has faults')
const commands = listCommands(loaded.snapshot)
const scene = useKeeping()
const DAY = '2025-09-20'
const MEASURE = measureId({ name: 'fare', unit: 'euro' })

/** For whom something is, and what anybody else is told. */
const RULES = {
  everybody: { kinds: Object.keys(KINDS) as Kind[], refusal: /^nobody is refused$/ },
  'whoever manages the channel': {
    kinds: ['member with Manage Channels', 'moderator of another server', 'moderator in a direct message'],
    refusal: /permission Manage Channels|only where I can write/,
  },
  'whoever manages the server': {
    kinds: ['moderator by permission', 'moderator of another server'],
    refusal: /permission Manage Server|a setting of a server/,
  },
  moderators: { kinds: ['moderator by permission', 'moderator by role'], refusal: /^Only moderators can do this/ },
  'moderators who manage the server': {
    kinds: ['moderator by permission'],
    refusal: /^Only (?:moderators can do this|members with the permission Manage Server)/,
  },
} satisfies Record<string, { kinds: Kind[]; refusal: RegExp }>

/** One thing to try: for whom it is, what it shows them, and how it is tried. */
interface Try {
  readonly name: string
  readonly rule: keyof typeof RULES
  readonly shows: RegExp
  make(who: Somebody): Forgery | Promise<Forgery>
}

function typed(name: string, rule: Try['rule'], shows: RegExp, options: Record<string, unknown> = {}): Try {
  const [command = '', ...path] = name.slice(1).split(' ')
  return { name, rule, shows, make: () => commandForgery(commandNamed(command), path, options) }
}

function pressed(
  name: string,
  rule: Try['rule'],
  shows: RegExp,
  rest: string | ((who: Somebody) => Promise<string>),
  values?: (rest: string) => string[],
): Try {
  return {
    name,
    rule,
    shows,
    async make(who) {
      const args = typeof rest === 'string' ? rest : await rest(who)
      const message = /\bshare$/.test(name) ? await privateAnswer(scene, who) : await postFor(scene, who)
      const id = `${name.replace(/^\w+ /, '')}|${args}`
      return values ? pressForgery(message, id.replace(/\|[^|]*$/, ''), values(args)) : pressForgery(message, id)
    },
  }
}

function sent(
  name: string,
  rule: Try['rule'],
  shows: RegExp,
  rest: (who: Somebody) => Promise<string>,
  fields: Record<string, string | string[]>,
): Try {
  return {
    name,
    rule,
    shows,
    make: async (who) =>
      formForgery(`${name.replace(/^\w+ /, '')}|${await rest(who)}`, fields, await postFor(scene, who)),
  }
}

const fact = { fact: 'fare-cap' }
const drafted = async (who: Somebody) => String(await draftOf(scene, who))
const proposed = async () => String((await openProposal(scene)).id)
const toApprove = async () => approveId(await openProposal(scene)).replace('proposal|approve|', '')
const asked = async () => String((await askedInVain(scene)).id)
const askedBefore = async () => {
  const { id, question } = await askedInVain(scene)
  return `${id}|${gapDigest(question)}`
}
const complained = async (who: Somebody) => String(await complaintOf(scene, who))
const complainedOf = async (who: Somebody) => `${await complained(who)}|wish`

/** Everything that anybody can do. */
const TRIES: readonly Try[] = [
  typed('/ask', 'everybody', /at most 30 euros/, { question: 'maximum fare' }),
  typed('/fact', 'everybody', /at most 30 euros/, fact),
  typed('/timeline', 'everybody', /Timeline/),
  typed('/chart', 'everybody', /Figures/),
  typed('/positions', 'everybody', /Who says what/),
  typed('/compare', 'everybody', /Harbour Office and Jane Doe/, { a: 'Harbour Office', b: 'Jane Doe' }),
  typed('/upcoming', 'everybody', /What ends or is planned/),
  typed('/follow', 'whoever manages the channel', /I will tell you here|is followed here already/, {
    topic: 'ferries',
  }),
  typed('/unfollow', 'whoever manages the channel', /is no longer followed|is not followed/, { topic: 'ferries' }),
  typed('/following', 'everybody', /followed here/i),
  typed('/sources', 'everybody', /Every fact cites/),
  typed('/about', 'everybody', /curated/),
  typed('/privacy show', 'everybody', /What I keep about you|I keep nothing about you/),
  typed('/privacy delete', 'everybody', /Delete all of this|nothing of yours/),
  // On a message that nobody asked for it is refused, and what it deletes is the presser's alone.
  pressed('step privacy|delete', 'everybody', /Somebody else was asked this|This is deleted/, ''),
  typed('/settings', 'whoever manages the server', /Answers here are shown to everybody/, { answers: 'public' }),
  typed('/ferries', 'everybody', /What a crossing costs/),
  typed('/piers', 'everybody', /Where ferries land/),
  {
    name: 'Apps → Answer from facts',
    rule: 'everybody',
    shows: /at most 30 euros/,
    async make(who) {
      const { pings: _, ...message } = await postFor(scene, who)
      const messages = { [message.id]: { ...message, content: 'maximum fare' } }
      const data = { id: '1', name: 'Answer from facts', type: 3, target_id: message.id, resolved: { messages } }
      return { type: 2, data, name: 'Answer from facts', target: message.id }
    },
  },
  typed('/knowledge add', 'moderators', /Add a fact/, { topic: 'ferries', kind: 'rule', source: 'report' }),
  typed('/knowledge edit', 'moderators', /Edit a fact/, fact),
  typed('/knowledge supersede', 'moderators', /Replace a fact/, { ...fact, source: 'report' }),
  typed('/knowledge retire', 'moderators', /Retire a fact/, fact),
  typed('/knowledge verify', 'moderators', /Verify a fact|changes nothing/, fact),
  typed('/knowledge ask-as', 'moderators', /Add questions to a fact/, fact),
  typed('/knowledge source', 'moderators', /Source/, { source: 'report' }),
  typed('/knowledge entity', 'moderators', /Entity/, { entity: 'jane-doe' }),
  typed('/knowledge glossary', 'moderators', /Glossary/, { term: 'boat' }),
  typed('/knowledge topic', 'moderators', /Topic/, { topic: 'boats' }),
  typed('/knowledge review', 'moderators', /Proposal \d|No proposal/),
  typed('/knowledge history', 'moderators', /Changes, newest first/),
  typed('/knowledge explain', 'moderators', /fare-cap/, { question: 'maximum fare' }),
  typed('/knowledge gaps', 'moderators', /asked in vain|No question/),
  typed('/knowledge complaints', 'moderators', /omplaint/),
  typed('/knowledge digest', 'moderators', /Digest of/),
  typed('/knowledge settings', 'moderators', /This holds/),
  typed('/knowledge settings', 'moderators who manage the server', /Changed/, { 'digest-day': 3 }),
  pressed('press show', 'everybody', /at most 30 euros/, `${DAY}|fare-cap`),
  pressed('press further', 'everybody', /at most 30 euros/, `${DAY}|fare-cap`),
  pressed('press sources', 'everybody', /A report on ferries/, `${DAY}|fare-cap`),
  pressed('press wrong', 'everybody', /Wrong or out of date/, `${DAY}|fare-cap`),
  pressed('press share', 'everybody', /Shared by/, `${DAY}|fare-cap`),
  sent('form wrong', 'everybody', /Thank you/, async () => `${DAY}|fare-cap`, { note: 'It is 31 now' }),
  pressed('step chart|page', 'everybody', /Figures/, `${DAY}|1|${MEASURE}`),
  pressed('step chart|share', 'everybody', /Figures[\s\S]*Shared by/, `${DAY}|1|${MEASURE}`),
  pressed('step timeline|page', 'everybody', /Timeline/, `${DAY}|1`),
  pressed('step timeline|share', 'everybody', /Timeline[\s\S]*Shared by/, `${DAY}|1`),
  pressed('step positions|page', 'everybody', /Who says what/, `${DAY}|1||`),
  pressed('step positions|share', 'everybody', /Who says what[\s\S]*Shared by/, `${DAY}|1||`),
  pressed('step compare|page', 'everybody', /Harbour Office and/, `${DAY}|1|e|harbour-office|jane-doe`),
  pressed(
    'step compare|share',
    'everybody',
    /Harbour Office and[\s\S]*Shared by/,
    `${DAY}|1|e|harbour-office|jane-doe`,
  ),
  pressed('step upcoming|page', 'everybody', /What ends/, `${DAY}|1|90`),
  pressed('step upcoming|share', 'everybody', /What ends[\s\S]*Shared by/, `${DAY}|1|90`),
  sent(
    'step form',
    'moderators',
    /questions would be answered with it|how it will be/,
    async (who) => `${await drafted(who)}|0`,
    {
      questions: 'What does it cost aboard?',
    },
  ),
  pressed('step draft|edit', 'moderators', /Add questions to a fact/, async (who) => `${await drafted(who)}|0`),
  pressed('step draft|discard', 'moderators', /Discarded/, drafted),
  pressed('step draft|propose', 'moderators', /is waiting for another moderator/, drafted),
  pressed('step proposal|open', 'moderators', /Proposal \d/, proposed, (id) => [id]),
  pressed('step proposal|approve', 'moderators', /It is in force/, toApprove),
  pressed('step proposal|edit', 'moderators', /Add questions to a fact/, proposed),
  pressed('step proposal|reject', 'moderators', /Reject proposal/, proposed),
  pressed('step proposal|rebase', 'moderators', /Proposal \d/, proposed),
  sent('step proposal|rejected', 'moderators', /Reason: Not so/, proposed, { reason: 'Not so' }),
  pressed('step history|open', 'moderators', /Revision 1/, '1'),
  pressed('step history|older', 'moderators', /Changes, newest first/, '99'),
  pressed('step history|undo', 'moderators', /Undo/, '1'),
  pressed('step gap|tell', 'everybody', /You will get a direct message/, askedBefore),
  pressed('step gap|open', 'moderators', /^Asked/, asked, (id) => [id]),
  pressed('step gap|write', 'moderators', /May zebra number/, asked),
  pressed('step gap|dismiss', 'moderators', /Dismissed/, asked),
  pressed('step complaint|tell', 'everybody', /You will get a direct message/, complained),
  pressed('step complaint|edit', 'moderators', /Edit a fact/, complainedOf),
  pressed('step complaint|retire', 'moderators', /Retire a fact/, complainedOf),
  pressed('step complaint|dismiss', 'moderators', /is dismissed/, complained),
]

function commandNamed(name: string): Command {
  const found = commands.find(({ definition }) => definition.name === name)
  if (!found) throw new Error(`there is no command ${name}`)
  return found
}

/** What can be typed, chosen, pressed and sent, by the names of the table. */
function* namesIn(command: Command): Generator<string> {
  const { definition, executeOn, presses = {}, forms = {}, steps = {} } = command
  const subs = optionsOf(command).filter(({ type }) => type === ApplicationCommandOptionType.Subcommand)
  if (executeOn) yield `Apps → ${definition.name}`
  else if (subs.length === 0) yield `/${definition.name}`
  for (const { name } of subs) yield `/${definition.name} ${name}`
  for (const action of Object.keys(presses)) yield `press ${action}`
  for (const action of Object.keys(forms)) yield `form ${action}`
  for (const [step, { verbs }] of Object.entries(steps)) {
    if (verbs.length === 0) yield `step ${step}`
    for (const verb of verbs) yield `step ${step}|${verb}`
  }
}

test('nothing that anybody can do is left out', () => {
  expect([...new Set(TRIES.map(({ name }) => name))].sort()).toEqual(
    commands.flatMap((one) => [...namesIn(one)]).sort(),
  )
})

beforeAll(async () => {
  await joinOther(scene)
  await scene.store.writeSetting(scene.sandbox.ids.guild, 'roles', MODERATOR_ROLE)
  const { id } = await openProposal(scene)
  await scene.keeper.approve(id, { approver: '1', secondPerson: false })
})

const kinds = Object.keys(KINDS) as Kind[]

/** What comes of a try: `allowed`, `refused` in private with nothing changed, or what was said instead. */
async function verdictOn({ make, shows, rule }: Try, kind: Kind): Promise<string> {
  const who = KINDS[kind]
  const forgery = await make(who)
  const before = everything(scene)
  const { text, isPrivate } = await forge(scene, who, forgery)
  await scene.keeper.settled()
  const isRefused = RULES[rule].refusal.test(text) && isPrivate
  if (isRefused) {
    expect(everything(scene), kind).toEqual(before)
    return 'refused'
  }
  return shows.test(text) ? 'allowed' : text
}

test.each(TRIES.map((one) => [one.name, one.rule, one] as const))('%s is for %s', async (_name, rule, one) => {
  const verdicts: Record<string, string> = {}
  for (const kind of kinds) verdicts[kind] = await verdictOn(one, kind)
  const isAllowed = (kind: Kind) => RULES[rule].kinds.some((allowed) => allowed === kind)
  expect(verdicts).toEqual(Object.fromEntries(kinds.map((kind) => [kind, isAllowed(kind) ? 'allowed' : 'refused'])))
})

test.each(kinds)('a %s is offered choices only for commands that they may use', async (kind) => {
  for (const command of commands) {
    const subs = optionsOf(command).filter(({ type }) => type === ApplicationCommandOptionType.Subcommand)
    for (const path of subs.length > 0 ? subs.map(({ name }) => [name]) : [[]]) {
      for (const { name } of optionsOf(command, path[0]).filter(({ autocomplete }) => autocomplete)) {
        const what = [command.definition.name, ...path, name].join(' ')
        // Where nothing is followed there is nothing to choose from.
        if (what === 'unfollow topic') continue
        const typed = name === 'term' ? 'f' : ''
        const { text } = await forge(scene, KINDS[kind], completionForgery(command, path, name, typed))
        const mayUse = !command.forModerators || RULES.moderators.kinds.some((one) => one === kind)
        expect(text === '' ? 'nothing' : 'choices', what).toBe(mayUse ? 'choices' : 'nothing')
      }
    }
  }
})

test('what somebody settles for another server stays there', async () => {
  const { sandbox, store } = scene
  await forge(
    scene,
    KINDS['moderator of another server'],
    commandForgery(commandNamed('settings'), [], { answers: 'private' }),
  )
  expect((await store.readSettings(OTHER)).get('answers')).toBe('private')
  expect((await store.readSettings(sandbox.ids.guild)).get('answers')).not.toBe('private')
  await store.writeSetting(OTHER, 'answers', 'public')
})
