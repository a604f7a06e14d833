import { describe, expect, test, vi } from 'vitest'
import { createEngine } from '../../src/answering/engine.ts'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import { RESERVED_NAMES } from '../../src/knowledge/reserved-names.ts'
import { isPrivate, readable, startBot, TODAY, useBot } from './harness.ts'

const loaded = await loadKnowledge('knowledge', { reservedNames: RESERVED_NAMES })
if (!loaded.ok) throw new Error('The shipped knowledge has faults.')
const { snapshot } = loaded

/** The bot as people get it: the real client, the real engine, the knowledge that comes with it. */
const scene = useBot((sandbox) => startBot(sandbox, snapshot, createEngine(snapshot)))
const member = () => scene.sandbox.as('member')
const QUESTION = 'How high are US tariffs on Chinese goods?'

describe('the bot with the knowledge that comes with it', () => {
  test.each([
    ['/ask', async () => (await member().slash('general', 'ask', { question: QUESTION })).message],
    ['a mention', () => member().say('general', `<@${scene.sandbox.ids.bot}> ${QUESTION}`)],
    ['a DM', () => member().say('dm', QUESTION)],
    [
      'the context menu',
      async () => (await member().menu(member().post('general', QUESTION), 'Answer from facts')).message,
    ],
  ])('answers through %s with the statement, its status and its paragraphs', async (_, ask) => {
    const text = readable(await ask())
    expect(text).toContain('capped at 30%')
    expect(text).toContain('In force as of 20 September 2025, until 10 November 2025')
    expect(text).toMatch(/19 September 2025, paragraphs 16, 17/)
  })

  test('shows the sources of an answer, and of a later day that it has expired', async () => {
    const { message } = await member().slash('general', 'ask', { question: QUESTION, 'as-of': '2026-01-01' })
    expect(readable(message)).toContain('Expired: its stated end, 10 November 2025')
    const sources = await member().press(message, 'Sources')
    expect(isPrivate(sources.message)).toBe(true)
    expect(readable(sources.message)).toContain('paragraphs 16, 17')
  })

  test('declines what it knows nothing about, and records it', async () => {
    const question = 'What is the capital of Mongolia?'
    const { message } = await member().slash('general', 'ask', { question })
    expect(readable(message)).toContain('No recorded fact answers this question')
    await vi.waitFor(async () =>
      expect(await scene.running.store.listGaps()).toMatchObject([{ question, asOf: TODAY }]),
    )
  })

  test.each([...snapshot.topics.values()])('opens /$name, and completes and shows a fact of it', async (topic) => {
    const opened = await member().slash('general', topic.name)
    expect(readable(opened.message)).toContain(topic.title)
    const [choice] = await member().autocomplete('general', topic.name, { fact: '' }, 'fact')
    const fact = snapshot.facts.get(choice?.value as string)
    expect(fact?.topic).toBe(topic.name)
    const shown = await member().slash('general', topic.name, { fact: fact?.id ?? '' })
    expect(readable(shown.message)).toMatch(/paragraph|19 September 2025/)
  })

  test.each([
    ['when does the tarif truce end', 'lower-tariffs-expire'],
    ['who leads the committee', 'moolenaar-chairs-committee'],
    ['deadlien', 'tiktok-deadline-2025-12-16'],
  ])('completes “%s” with what was meant', async (typed, id) => {
    const choices = await member().autocomplete('general', 'fact', { fact: typed }, 'fact')
    expect(choices.slice(0, 3).map(({ value }) => value)).toContain(id)
    expect(snapshot.facts.get(String(choices[0]?.value))?.kind).not.toBe('unknown')
  })
})
