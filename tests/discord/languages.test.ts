import { afterEach, describe, expect, test } from 'vitest'
import { readable, useBot } from './harness.ts'

const scene = useBot()
const member = () => scene.sandbox.as('member')
afterEach(() => member().speak('en-US'))

describe('in the asker’s language', () => {
  test('commands are registered with their names in it', () => {
    const ask = scene.sandbox.commands().find(({ name }) => name === 'ask')
    expect(ask?.name_localizations).toMatchObject({ de: 'fragen', 'es-ES': 'preguntar', 'es-419': 'preguntar' })
    expect(ask?.options?.[0]?.description_localizations?.de).toContain('auf Englisch')
  })

  test('the words around a fact are in it, and the fact is as it was written', async () => {
    member().speak('de')
    const { message } = await member().slash('general', 'ask', { question: 'what speed?' })
    const text = readable(message)
    expect(text).toMatch(/^The city caps the speed in bicycle lanes at 25 km\/h\. /)
    expect(text).toContain('In Kraft Stand 20. September 2025, bis zum 10. November 2025: noch 51 Tage.')
    expect(text).toContain('19. September 2025, Absatz 3')
    expect(JSON.stringify(message.components)).toContain('"label":"Quellen"')
  })

  test('so are its mistakes, its forms, its choices and its pages, and that questions are understood in English', async () => {
    member().speak('es-ES')
    const nothing = await member().slash('general', 'ask', { question: '¿Hay algo?' })
    expect(readable(nothing.message)).toContain('Entiendo las preguntas en inglés')
    const refused = await member().slash('general', 'ask', { question: 'what speed?', 'as-of': '2025' })
    expect(refused.message.content).toContain('La fecha necesita un día completo')
    const [today] = await member().autocomplete('general', 'ask', { question: 'x', 'as-of': '' }, 'as-of')
    expect(today?.name).toBe('Hoy, 20 de septiembre de 2025')
    const answer = await member().slash('general', 'ask', { question: 'what speed?' })
    const { modal } = await member().press(answer.message, '¿Falso o desfasado?')
    expect(modal.modal.title).toBe('¿Falso o desfasado?')
    const timeline = await member().slash('general', 'timeline')
    expect(readable(timeline.message)).toContain('Cronología: todos los temas')
  })

  test('whoever presses a button is answered in theirs', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'what speed?' })
    scene.sandbox.as('moderator').speak('de')
    const sources = await scene.sandbox.as('moderator').press(message, 'Sources')
    expect(readable(sources.message)).toContain('geprüft am 19. September 2025')
    scene.sandbox.as('moderator').speak('en-US')
  })
})
