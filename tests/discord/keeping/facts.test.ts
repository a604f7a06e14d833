import { describe, expect, test } from 'vitest'
import { loadKnowledge } from '../../../src/knowledge/load.ts'
import type { PageMessage } from '../../../src/sandbox/protocol.ts'
import { isPrivate, readable } from '../harness.ts'
import { FERRIES, useKeeping } from './scene.ts'

const scene = useKeeping()
const member = () => scene.sandbox.as('member')
const moderator = () => scene.sandbox.as('moderator')
const colleague = () => scene.sandbox.as('colleague')

const QUESTIONS = 'What does a crossing cost at night?\nnight boat price\nhow much is the late ferry'
const ADD = { topic: 'ferries', kind: 'rule', source: 'report', paragraphs: '4, 5' }

/** What waits, as the second moderator sees it. */
async function reviewed(proposal?: number): Promise<PageMessage> {
  return (await colleague().slash('moderators', 'knowledge review', proposal ? { proposal } : {})).message
}

async function proposeNightFare(statement = 'A crossing at night costs 40 euros.'): Promise<PageMessage> {
  const { modal } = await moderator().slash('moderators', 'knowledge add', ADD)
  const { message } = await moderator().submit(modal, {
    statement,
    questions: QUESTIONS,
    period: 'from 1 May 2025',
    why: 'New notice',
  })
  return message
}

const numberIn = (text: string) => Number(/[Pp]roposal (\d+)/.exec(text)?.[1])

describe('a fact', () => {
  test('is written in a form, previewed, proposed, approved by a second moderator, and answers', async () => {
    await moderator().slash('moderators', 'knowledge settings', { channel: scene.sandbox.ids.channel('moderators') })
    const draft = await proposeNightFare()
    expect(isPrivate(draft)).toBe(true)
    expect(readable(draft)).toContain('A crossing at night costs 40 euros. \\[1\\]')
    expect(readable(draft)).toContain('Holds as of 20 September 2025, since 1 May 2025')
    expect(readable(draft)).toContain('3 of 3 questions would be answered with it.')
    expect(scene.read('topics/ferries.yaml')).toBe(FERRIES['topics/ferries.yaml'])
    const proposed = await moderator().press(draft, 'Propose')
    expect(readable(proposed.message)).toContain('waiting for another moderator')

    await expect
      .poll(() => readable(colleague().messages('moderators').at(-1) ?? {}))
      .toContain('+ statement: A crossing at night costs 40 euros.')
    const card = colleague().messages('moderators').at(-1)
    expect(readable(card ?? {})).toContain(`Proposed by <@${scene.sandbox.ids.users.moderator}>`)
    expect(card?.pings).toEqual({ everyone: false, users: [], roles: [] })
    const own = await moderator().press(card as PageMessage, 'Approve')
    expect(own.message.content).toContain('nobody approves what they wrote themselves')
    const approved = await colleague().press(card as PageMessage, 'Approve')
    expect(readable(approved.message)).toContain(`Approved by <@${scene.sandbox.ids.users.colleague}>`)

    expect(scene.read('topics/ferries.yaml')).toBe(`${FERRIES['topics/ferries.yaml']}
  - id: crossing-night-costs-40-euros
    statement: A crossing at night costs 40 euros.
    kind: rule
    period: { from: 2025-05-01 }
    citations: [{ source: report, paragraph: [4, 5] }]
    verified: 2025-09-20
`)
    const answer = await member().slash('general', 'ask', { question: 'what does a crossing cost at night' })
    expect(readable(answer.message)).toContain('A crossing at night costs 40 euros.')
    await expect.poll(() => moderator().messages('dm').map(readable).at(-1)).toMatch(/Your proposal \d+ was approved/)
    const loaded = await loadKnowledge(scene.folder, { reservedNames: [] })
    expect(loaded.ok).toBe(true)
  })

  test('that says nearly the same as another one is noticed, and it can be thrown away', async () => {
    const draft = await proposeNightFare('At night a crossing costs 40 euros.')
    expect(readable(draft)).toContain('A fact says nearly the same: “A crossing at night costs 40 euros.”')
    const { message } = await moderator().press(draft, 'Discard')
    expect(readable(message)).toContain('Nothing was changed')
    expect(
      (
        await moderator()
          .press(draft, 'Discard')
          .catch((error) => error)
      ).toString(),
    ).toContain('No component')
  })

  test('with faults is told all of them, and what was typed is still there', async () => {
    const { modal } = await moderator().slash('moderators', 'knowledge add', { ...ADD, paragraphs: 'x' })
    const typed = { statement: 'Fares rise tomorrow.', questions: 'fare rise?\nFare rise', period: 'from Smarch 2025' }
    const { message } = await moderator().submit(modal, typed)
    const text = readable(message)
    expect(text).toContain('cannot be proposed yet')
    expect(text).toContain('Write at least 3 different questions, one a line: there is 1.')
    expect(text).toContain('I could not read the date “Smarch 2025”')
    expect(text).toContain('There is no source “report: x”')
    const again = await moderator().press(message, 'Edit text')
    expect(JSON.stringify(again.modal.modal)).toContain('Fares rise tomorrow.')
    const details = await moderator().press(message, 'More details')
    await moderator().submit(details.modal, { citations: 'report: 4' })
    const better = await moderator().press(message, 'Edit text')
    const fixed = await moderator().submit(better.modal, { ...typed, period: '', questions: QUESTIONS })
    expect(readable(fixed.message)).toContain('means another day to every reader')
    const last = await moderator().press(message, 'Edit text')
    const right = await moderator().submit(last.modal, {
      statement: 'Fares rose on 1 May 2025.',
      questions: QUESTIONS,
      period: '',
    })
    expect(readable(right.message)).toContain('this is how it will be')
    await moderator().press(right.message, 'Discard')
  })

  test('is edited: only what was changed is changed', async () => {
    const before = scene.read('topics/ferries.yaml')
    const { modal } = await moderator().slash('moderators', 'knowledge edit', { fact: 'fare-cap' })
    const { message } = await moderator().submit(modal, {
      statement: 'A crossing costs at most 31 euros until 10 November 2025.',
    })
    expect(readable(message)).toContain('- statement: A crossing costs at most 30 euros until 10 November 2025.')
    const { message: done } = await moderator().press(message, 'Propose')
    const approved = await colleague().press(await reviewed(numberIn(readable(done))), 'Approve')
    expect(readable(approved.message)).toContain('It is in force, as revision')
    expect(scene.read('topics/ferries.yaml')).toBe(before.replace('at most 30 euros', 'at most 31 euros'))
  })

  test('is superseded by a newer one, verified, asked in other words, and retired', async () => {
    const approve = async (message: PageMessage) => {
      const { message: proposed } = await moderator().press(message, 'Propose')
      const approved = await colleague().press(await reviewed(numberIn(readable(proposed))), 'Approve')
      expect(readable(approved.message)).toContain('It is in force')
    }
    const newer = await moderator().slash('moderators', 'knowledge supersede', {
      fact: 'pier-opened',
      source: 'report',
    })
    const statement = 'Pier 4 closed on 1 September 2025.'
    await approve(
      (
        await moderator().submit(newer.modal, {
          statement,
          questions: 'When did pier 4 close?\nis pier 4 open\npier 4 closed?',
          period: 'on 1 September 2025',
        })
      ).message,
    )
    const replaced = await member().slash('general', 'fact', { fact: 'pier-opened' })
    expect(readable(replaced.message)).toContain(`a newer fact replaces it: “${statement}”`)

    await approve((await moderator().slash('moderators', 'knowledge verify', { fact: 'wish' })).message)
    expect(scene.keeper.snapshot.facts.get('wish')?.verified).toBe('2025-09-20')

    const words = await moderator().slash('moderators', 'knowledge ask-as', { fact: 'wish' })
    const asked = await moderator().submit(words.modal, { questions: 'who is for cheaper boats' })
    expect(readable(asked.message)).toContain('questions would be answered with it')
    await approve(asked.message)
    expect(
      readable((await member().slash('general', 'ask', { question: 'who is for cheaper boats' })).message),
    ).toContain('Jane Doe')

    const old = await member().slash('general', 'ask', { question: 'maximum fare' })
    const retire = await moderator().slash('moderators', 'knowledge retire', { fact: 'fare-cap' })
    await approve((await moderator().submit(retire.modal, { why: 'The notice was withdrawn' })).message)
    expect(scene.keeper.snapshot.facts.has('fare-cap')).toBe(false)
    expect(scene.read('questions/ferries.yaml')).not.toContain('fare-cap')
    const gone = await member().press(old.message, 'Sources')
    expect(gone.message.content).toContain('has been withdrawn')
    const again = await moderator().slash('moderators', 'knowledge add', ADD)
    const same = await moderator().submit(again.modal, { statement: 'Fare cap.', questions: 'a1\nb2\nc3' })
    expect(readable(same.message)).toContain('id fare-cap-no-2')
  })

  test('and everything around it can be added: source, entity, glossary, topic and its first fact', async () => {
    const approve = async (message: PageMessage) => {
      const { message: proposed } = await moderator().press(message, 'Propose')
      const approved = await colleague().press(await reviewed(numberIn(readable(proposed))), 'Approve')
      expect(readable(approved.message)).toContain('It is in force')
    }
    const source = await moderator().slash('moderators', 'knowledge source')
    await approve(
      (await moderator().submit(source.modal, { title: 'Bus timetable', date: 'May 2025', publisher: 'Bus Co' }))
        .message,
    )
    expect(scene.keeper.snapshot.sources.get('bus-timetable-2025-05')).toMatchObject({
      publisher: 'Bus Co',
      date: '2025-05',
    })
    const entity = await moderator().slash('moderators', 'knowledge entity')
    await approve((await moderator().submit(entity.modal, { name: 'Bus Company', aliases: 'Bus Co\nBC' })).message)
    const glossary = await moderator().slash('moderators', 'knowledge glossary', { term: 'bus' })
    await approve((await moderator().submit(glossary.modal, { synonyms: 'coach\nomnibus' })).message)
    const topic = await moderator().slash('moderators', 'knowledge topic', { topic: 'buses' })
    await approve((await moderator().submit(topic.modal, { title: 'Buses', description: 'Where buses go' })).message)
    expect(member().commands('general')).not.toContain('buses')
    const add = await moderator().slash('moderators', 'knowledge add', {
      topic: 'buses',
      kind: 'rule',
      source: 'bus-timetable-2025-05',
    })
    const fact = {
      statement: 'The Bus Company runs a bus to pier 4 every hour.',
      questions: 'How often is there a bus to pier 4?\nbus to the pier\nwhen does the coach go',
    }
    const draft = await moderator().submit(add.modal, fact)
    expect(readable(draft.message)).toContain('about Bus Company')
    await approve(draft.message)
    await expect.poll(() => member().commands('general')).toContain('buses')
    expect(readable((await member().slash('general', 'buses')).message)).toContain('1 fact')
  })
})

describe('proposals', () => {
  test('are rejected with a reason, which the author is told', async () => {
    const { message } = await moderator().press(await proposeNightFare('Night crossings cost 50 euros.'), 'Propose')
    const card = await reviewed(numberIn(readable(message)))
    const { modal } = await colleague().press(card, 'Reject')
    const rejected = await colleague().submit(modal, { reason: 'The notice says 40.' })
    expect(readable(rejected.message)).toContain('Reason: The notice says 40.')
    await expect
      .poll(() => readable(moderator().messages('dm').at(-1) ?? {}))
      .toContain('was rejected: The notice says 40.')
    const elsewhere = colleague()
      .messages('moderators')
      .find((message) => JSON.stringify(message.components).includes(`proposal|reject|${numberIn(readable(card))}"`))
    const stale = await colleague().press(elsewhere as PageMessage, 'Approve')
    expect(readable(stale.message)).toContain('Reason: The notice says 40.')
    expect(JSON.stringify(stale.message.components)).not.toContain('proposal|')
    const late = await colleague().slash('moderators', 'knowledge review', { proposal: numberIn(readable(card)) })
    expect(readable(late.message)).toContain('There is no open proposal')
  })

  test('that another moderator edits need a third one, and nobody approves what they have not seen', async () => {
    const { message } = await moderator().press(await proposeNightFare('Crossings by night cost 60 euros.'), 'Propose')
    const number = numberIn(readable(message))
    const unseen = await reviewed(number)
    const seen = await reviewed(number)
    const { modal } = await colleague().press(seen, 'Edit')
    const edited = await colleague().submit(modal, {
      statement: 'Crossings by night cost 61 euros.',
      questions: QUESTIONS,
      period: '',
    })
    expect(readable(edited.message)).toContain('61 euros')
    const refused = await colleague().press(unseen, 'Approve')
    expect(readable(refused.kind === 'updated' ? refused.message : {})).toContain('61 euros')
    await expect
      .poll(() => colleague().messages('moderators').at(-1)?.content)
      .toContain('was edited since you opened it')
    const own = await colleague().press(edited.message, 'Approve')
    expect(own.message.content).toContain('nobody approves what they wrote')
    await moderator().slash('moderators', 'knowledge settings', { 'second-person': false })
    const approved = await colleague().press(edited.message, 'Approve')
    expect(readable(approved.message)).toContain('It is in force')
    await moderator().slash('moderators', 'knowledge settings', { 'second-person': true })
  })

  test('on facts that were changed since are not written over them', async () => {
    const { modal } = await moderator().slash('moderators', 'knowledge edit', { fact: 'wish' })
    const draft = await moderator().submit(modal, { statement: 'Jane Doe wants much lower fares.' })
    const { message } = await moderator().press(draft.message, 'Propose')
    const card = await reviewed(numberIn(readable(message)))
    const text = scene.read('topics/ferries.yaml')
    scene.write(
      'topics/ferries.yaml',
      text.replace('quote: { text: Fares must fall,', 'quote: { text: Fares have to fall,'),
    )
    const conflict = await colleague().press(card, 'Approve')
    expect(readable(conflict.message)).toContain('This has been changed since: fact wish.')
    expect(readable(conflict.message)).toContain('Fares have to fall')
    const rebased = await colleague().press(conflict.message, 'Put it on top of that')
    const approved = await colleague().press(rebased.message, 'Approve')
    expect(readable(approved.message)).toContain('It is in force')
    expect(scene.keeper.snapshot.facts.get('wish')).toMatchObject({
      statement: 'Jane Doe wants much lower fares.',
      quote: { text: 'Fares have to fall' },
    })
  })

  test('that two moderators approve at once are applied once', async () => {
    await moderator().slash('moderators', 'knowledge settings', { 'second-person': false })
    const { message } = await moderator().press(await proposeNightFare('The last crossing leaves at 23:00.'), 'Propose')
    const number = numberIn(readable(message))
    const cards = [await reviewed(number), await reviewed(number)]
    const results = await Promise.all([
      colleague().press(cards[0] as PageMessage, 'Approve'),
      moderator().press(message, 'Approve'),
      colleague().press(cards[1] as PageMessage, 'Approve'),
    ])
    const texts = results.map(({ message }) => readable(message))
    expect(texts.filter((text) => text.includes('It is in force'))).toHaveLength(1)
    expect(scene.read('topics/ferries.yaml').match(/The last crossing leaves/g)).toHaveLength(1)
    expect((await scene.store.listRevisions({ most: 100 })).filter(({ proposal }) => proposal === number)).toHaveLength(
      1,
    )
    await moderator().slash('moderators', 'knowledge settings', { 'second-person': true })
  })

  test('outlive a restart', async () => {
    const { message } = await moderator().press(await proposeNightFare('On Sundays crossings are free.'), 'Propose')
    const number = numberIn(readable(message))
    const card = await reviewed(number)
    await scene.restart()
    const approved = await colleague().press(card, 'Approve')
    expect(readable(approved.message)).toContain('It is in force')
  })
})

describe('the history', () => {
  test('tells what was changed in Discord and by hand, and undoes it', async () => {
    const before = scene.read('topics/ferries.yaml')
    const changed = before.replace('wants much lower fares', 'wants no fares')
    expect(changed).not.toBe(before)
    scene.write('topics/ferries.yaml', changed)
    await expect.poll(() => scene.keeper.snapshot.facts.get('wish')?.statement).toContain('no fares')
    const { message } = await moderator().slash('moderators', 'knowledge history', { fact: 'wish' })
    const list = readable(message)
    expect(list.split('\n')[1]).toMatch(/Revision \d+, 20 September 2025: changed wish, by hand/)
    const number = /Revision (\d+)/.exec(list)?.[1] ?? ''
    const opened = await moderator().select(message, 'Open one to see or undo it', [number])
    expect(readable(opened.message)).toContain('+ statement: Jane Doe wants no fares.')
    const { modal } = await moderator().press(opened.message, 'Undo')
    const draft = await moderator().submit(modal, { why: 'She never said so' })
    const { message: proposed } = await moderator().press(draft.message, 'Propose')
    const approved = await colleague().press(await reviewed(numberIn(readable(proposed))), 'Approve')
    expect(readable(approved.message)).toContain('It is in force')
    expect(scene.read('topics/ferries.yaml')).toBe(before)
  })
})
