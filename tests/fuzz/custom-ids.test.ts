import { afterEach, beforeAll, expect, test } from 'vitest'
import { listCommands } from '../../commands/index.ts'
import { measureId } from '../../src/discord/choices.ts'
import { formForgery, KINDS, MODERATOR_ROLE, postFor, pressForgery } from '../discord/forging.ts'
import { useKeeping } from '../discord/keeping/scene.ts'
import { askedInVain, complaintOf, draftOf, openProposal, privateAnswer } from '../discord/subjects.ts'
import { fc } from '../render/property.ts'
import { flawsIn, listenIn } from './oracle.ts'
import { OWN, sendAs } from './trying.ts'

const scene = useKeeping()
/** Discord takes no longer custom id. */
const LONGEST = 100
let sent: unknown[] = []

beforeAll(async () => {
  await scene.store.writeSetting(scene.sandbox.ids.guild, 'roles', MODERATOR_ROLE)
  sent = listenIn(scene.bot)
})
afterEach(() => {
  expect(scene.logged.splice(0).filter((line) => line.includes('a handler failed'))).toEqual([])
})

const commands = listCommands({ topics: new Map() })
const names = commands.flatMap(({ presses = {}, forms = {}, steps = {} }) => [
  ...Object.keys(presses),
  ...Object.keys(forms),
  ...Object.entries(steps).flatMap(([step, { verbs }]) => [step, ...verbs.map((verb) => `${step}|${verb}`)]),
])

/** Parts of custom ids: those that mean something to some step, and those that mean nothing to any. */
const part = fc.oneof(
  fc.constantFrom('1', '2', '3', '4', '5', '0', '99', '-1', '1e9', '0x1', '1.5', 'NaN', '', ' ', '999999999999'),
  fc.constantFrom('2025-09-20', '2025-09-19', '9999-12-31', '0001-01-01', '2025-02-30', '2025', '2025-04'),
  fc.constantFrom(
    'fare-cap',
    'wish',
    'old-fare',
    'gone',
    'fare-cap,wish',
    ',,,',
    'f',
    'e',
    'harbour-office',
    'jane-doe',
  ),
  fc.constantFrom('ferries', 'piers', measureId({ name: 'fare', unit: 'euro' }), '#AAAAAA', 'constructor', '__proto__'),
  fc.string({ unit: 'binary', maxLength: 12 }),
)
const customId = fc
  .tuple(
    fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: part }),
    fc.array(part, { maxLength: 6 }),
  )
  .map(([name, parts]) => [name, ...parts].join('|').slice(0, LONGEST))
const fields = fc.dictionary(
  fc.constantFrom('note', 'reason', 'statement', 'questions', 'why', 'kind', 'topic', 'citations', 'x'),
  fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.array(part, { maxLength: 3 })),
  { maxKeys: 4 },
)
const forgery = fc.record({
  who: fc.constantFrom(KINDS.member, KINDS['moderator by permission'], KINDS['moderator in a direct message']),
  customId,
  how: fc.oneof(
    fc.record({ kind: fc.constant('button' as const) }),
    fc.record({ kind: fc.constant('menu' as const), values: fc.array(part, { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('form' as const), fields }),
  ),
  isPrivate: fc.boolean(),
})

test('no custom id, choice or form breaks anything, whoever sends it', async () => {
  const [member, moderator] = [KINDS.member, KINDS['moderator by permission']]
  for (const who of [member, moderator]) {
    await draftOf(scene, who)
    await complaintOf(scene, who)
  }
  await openProposal(scene)
  await askedInVain(scene)
  await fc.assert(
    fc.asyncProperty(forgery, async ({ who, customId, how, isPrivate }) => {
      const from = sent.length
      const on = isPrivate && how.kind !== 'form' ? await privateAnswer(scene, who) : await postFor(scene, who)
      if (how.kind === 'form') await sendAs(scene, who, formForgery(customId, how.fields, on))
      else await sendAs(scene, who, pressForgery(on, customId, how.kind === 'menu' ? how.values : undefined))
      expect(scene.logged.filter((line) => line.includes('a handler failed'))).toEqual([])
      expect(scene.sandbox.refusals()).toEqual([])
      expect(flawsIn(sent.slice(from), OWN)).toEqual([])
    }),
    { numRuns: 150 },
  )
}, 120_000)
