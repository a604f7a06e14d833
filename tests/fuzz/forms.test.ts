import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Form, type FormKind, fieldsOn, PAGE } from '../../src/editing/form.ts'
import { visible } from '../../src/render/escape.ts'
import { formForgery, KINDS, MODERATOR_ROLE, postFor, pressForgery, type Somebody } from '../discord/forging.ts'
import { useKeeping } from '../discord/keeping/scene.ts'
import { complaintOf, draftOf, openProposal } from '../discord/subjects.ts'
import { TEXTS } from './corpus.ts'
import { listenIn, readOf } from './oracle.ts'
import { sendAs, textIn, withEach } from './trying.ts'

const scene = useKeeping()
const MEMBER: Somebody = KINDS.member
const MODERATOR: Somebody = KINDS['moderator by permission']
let sent: unknown[] = []

beforeAll(async () => {
  await scene.store.writeSetting(scene.sandbox.ids.guild, 'roles', MODERATOR_ROLE)
  sent = listenIn(scene.bot)
})
beforeEach(() => void sent.splice(0))
afterEach(() => {
  expect(scene.logged.splice(0).filter((line) => line.includes('a handler failed'))).toEqual([])
  expect(scene.sandbox.refusals()).toEqual([])
})

const slash = (name: string) => scene.sandbox.as('moderator').slash('general', `knowledge ${name}`)

describe('a note', () => {
  test('is shown to moderators as it reads', async () => {
    for (const [name, text] of TEXTS) {
      await withEach(sent, (note) => sendAs(scene, MEMBER, formForgery('wrong|2025-09-20|fare-cap', { note })), [
        [name, text],
      ])
      const [complaint] = await scene.store.listComplaints()
      const { message } = await slash('complaints')
      if (complaint) expect(textIn(message)).toContain(complaint.note)
      if (complaint) expect(visible(text.slice(0, 1000))).toBe(complaint.note)
      for (const { id } of await scene.store.listComplaints())
        await scene.store.closeComplaint(id, 'dismissed', () => '')
      await withEach(sent, async () => message, [[name, text]])
    }
  }, 60_000)

  test('of any length about any facts has room on its card', async () => {
    const user = scene.sandbox.ids.users.member
    const facts = [...scene.keeper.snapshot.facts.keys()]
    for (const note of ['*'.repeat(1000), '@a'.repeat(500), '://'.repeat(333)]) {
      const id = await scene.store.recordComplaint({ facts, asOf: '2025-09-20', note, user, at: new Date() })
      expect(textIn((await slash('complaints')).message)).toContain(note)
      await scene.store.closeComplaint(id, 'dismissed', () => '')
    }
  })
})

test('a reason is told to everybody as it reads', async () => {
  await withEach(
    sent,
    async (reason) => {
      const { id } = await openProposal(scene, { author: scene.sandbox.ids.users.member })
      const message = await postFor(scene, MODERATOR)
      await sendAs(scene, MODERATOR, formForgery(`proposal|rejected|${id}`, { reason }, message))
      const proposal = await scene.store.findProposal(id)
      if (proposal?.state !== 'rejected') return
      const card = scene.sandbox.messages('general').find((one) => one.id === message.id)
      expect(textIn(card)).toContain(`Reason: ${visible(reason.slice(0, 300))}`)
    },
    TEXTS.filter((_, index) => index % 2 === 0),
  )
  const told = scene.sandbox
    .messages('member-dm')
    .map((message) => textIn(message))
    .join('\n')
  expect(told).toContain('was rejected: **loud** *soft* __under__')
}, 60_000)

const FORMS: Record<FormKind, Pick<Form, 'id' | 'fields'>> = {
  add: { fields: { topic: 'ferries', kind: 'rule', citations: 'report: 3' } },
  supersede: { id: 'wish', fields: { topic: 'ferries', kind: 'position', citations: 'report', speaker: 'Jane Doe' } },
  edit: { id: 'wish', fields: {} },
  retire: { id: 'pier-opened', fields: {} },
  verify: { id: 'wish', fields: {} },
  'ask-as': { id: 'wish', fields: {} },
  source: { fields: { date: '2025-09-20' } },
  entity: { fields: {} },
  glossary: { id: 'boat', fields: {} },
  topic: { id: 'boats', fields: {} },
  undo: { fields: {} },
}

/** A form with the text in it, in all of its fields or in those that take any text. */
function filled(kind: FormKind, text: string, isWhole: boolean): Form {
  const form: Form = { kind, by: 'jo', base: {}, ...FORMS[kind] }
  const any = {
    statement: `Dogs: ${text}`,
    questions: `one ${text}\ntwo ${text}\nthree ${text}`,
    title: text,
    name: text,
  }
  const free: Form['fields'] = { ...any, aliases: text, synonyms: text, description: text, publisher: text, why: text }
  const pages = [PAGE.first, PAGE.details, PAGE.fromNothing].flatMap((page) => fieldsOn(form, page))
  const own = pages.flatMap(({ name, max }) => {
    const value = isWhole ? text : free[name]
    return value === undefined ? [] : [[name, value.slice(0, max)] as const]
  })
  return { ...form, fields: { ...form.fields, ...Object.fromEntries(own) } }
}

const KINDS_OF_FORMS = Object.keys(FORMS) as FormKind[]

test.each(KINDS_OF_FORMS)(
  'a form to %s tells what it would change, or what is wrong, whatever is typed',
  async (kind) => {
    const page = kind === 'add' ? PAGE.fromNothing : PAGE.first
    // Each text goes into some of the forms.
    const turn = KINDS_OF_FORMS.indexOf(kind)
    const texts = TEXTS.filter((_, index) => index % 8 === turn % 8)
    await withEach(
      sent,
      async (text) => {
        for (const isWhole of [true, false]) {
          const form = filled(kind, text, isWhole)
          const id = await draftOf(scene, MODERATOR, { ...form, fields: FORMS[kind].fields })
          for (const one of [page, PAGE.details]) {
            const fields = Object.fromEntries(fieldsOn(form, one).map(({ name }) => [name, form.fields[name] ?? '']))
            if (Object.keys(fields).length === 0) continue
            const shown = await sendAs(scene, MODERATOR, formForgery(`form|${id}|${one}`, fields))
            // The form again, with what was typed in it.
            if (shown) await sendAs(scene, MODERATOR, pressForgery(shown, `draft|edit|${id}|${one}`))
          }
        }
      },
      texts,
    )
  },
  60_000,
)

test('what is proposed, decided on, kept in the history and told reads as it was typed', async () => {
  const texts = TEXTS.filter(([name]) => /[15]$/.test(name))
  for (const [name, text] of texts) {
    await withEach(sent, async () => {
      const id = await draftOf(scene, MODERATOR, filled('source', text, false))
      const on = await postFor(scene, MODERATOR)
      await sendAs(scene, MODERATOR, pressForgery(on, `draft|propose|${id}`))
      const proposal = await scene.store.findProposal(id)
      if (proposal?.state !== 'open') return
      const review = await scene.sandbox.as('colleague').slash('general', 'knowledge review', { proposal: id })
      expect(textIn(review.message)).toContain(visible(text.slice(0, 200)).replaceAll('```', "'''").slice(0, 100))
      await scene.sandbox.as('colleague').press(review.message, 'Approve')
      await scene.keeper.settled()
      const history = await slash('history')
      const [revision] = await scene.store.listRevisions({ most: 1 })
      await sendAs(scene, MODERATOR, pressForgery(history.message, 'history|open', [String(revision?.id)]))
      await sendAs(scene, MODERATOR, pressForgery(history.message, `history|undo|${revision?.id}`))
    }, [[name, text]])
  }
  expect((await scene.store.listRevisions({ most: 100 })).length).toBeGreaterThan(5)
}, 120_000)

test('two changes that collide have room beside each other, however long they are', async () => {
  const long = (letter: string) =>
    Array.from({ length: 60 }, (_, at) => `${letter}${at} *${'_'.repeat(150)}`).join('\n')
  const form: Form = {
    kind: 'ask-as',
    id: 'wish',
    by: 'jo',
    base: {},
    fields: { questions: long('a'), why: '*'.repeat(300) },
  }
  const [first, second] = [
    await openProposal(scene, { form }),
    await openProposal(scene, {
      form: { ...form, fields: { questions: long('b') } },
      // Whoever is told of it has to be there.
      author: scene.sandbox.ids.users.member,
    }),
  ]
  await scene.keeper.approve(second.id, { approver: '1', secondPerson: false })
  const { message } = await scene.sandbox.as('moderator').slash('general', 'knowledge review', { proposal: first.id })
  await scene.sandbox.as('moderator').press(message, 'Approve')
  expect(
    scene.sandbox
      .messages('general')
      .map((one) => textIn(one))
      .join('\n'),
  ).toContain('Nothing was written')
})

test('everything a complaint, a gap and an explanation can show has room', async () => {
  await complaintOf(scene, MEMBER, '|'.repeat(1000))
  for (const [, text] of TEXTS) {
    await scene.store.recordGap({ question: visible(text).slice(0, 500), asOf: '2025-09-20', at: new Date() })
  }
  for (const name of ['gaps', 'complaints', 'digest']) {
    await withEach(sent, () => slash(name), [['all', '']])
  }
  const question = `${'maximum fare of the harbour office '.repeat(50)}${'_'.repeat(200)}`
  await scene.sandbox.as('moderator').slash('general', 'knowledge explain', { question })
  const gaps = await scene.store.listGaps(2000)
  const on = await postFor(scene, MODERATOR)
  await withEach(
    sent,
    async (id) => {
      await sendAs(scene, MODERATOR, pressForgery(on, 'gap|open', [id]))
      await sendAs(scene, MODERATOR, pressForgery(on, `gap|write|${id}`))
    },
    gaps.map(({ id }) => [String(id), String(id)] as const),
  )
  expect(readOf('')).toBe('')
}, 60_000)
