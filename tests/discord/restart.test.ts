import { describe, expect, test } from 'vitest'
import { sampleSnapshot } from '../render/sample.ts'
import { isPrivate, readable, scooters, snapshot, startBot, useBot } from './harness.ts'

const scene = useBot()
const member = () => scene.sandbox.as('member')

describe('a restart', () => {
  test('leaves buttons working and registers nothing anew while nothing changed', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'which one?' })
    const registered = JSON.stringify(scene.sandbox.commands())
    await scene.running.stop()
    scene.running = await startBot(scene.sandbox)
    expect(JSON.stringify(scene.sandbox.commands())).toBe(registered)
    expect(scene.running.logged.some((line) => line.includes('registered the commands'))).toBe(false)
    const pressed = await member().press(message, 'May scooters use bicycle lanes?')
    expect(readable(pressed.message)).toContain(scooters.statement)
  })

  test('with other knowledge registers its commands, and says of a fact that is gone that it was withdrawn', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'which one?' })
    await scene.running.stop()
    const moved = [...snapshot.facts.values()].filter(({ id }) => id !== scooters.id)
    scene.running = await startBot(scene.sandbox, sampleSnapshot(moved.map((fact) => ({ ...fact, topic: 'bicycles' }))))
    expect(member().commands('general')).toContain('bicycles')
    expect(member().commands('general')).not.toContain('cycling')
    const pressed = await member().press(message, 'May scooters use bicycle lanes?')
    expect(pressed.message.content).toContain('withdrawn')
    expect(isPrivate(pressed.message)).toBe(true)
  })
})
