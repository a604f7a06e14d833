import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '../src/sandbox/sandbox.ts'
import { readable } from './discord/harness.ts'
import { openWorkshop, type Program, type Workshop } from './program.ts'

let workshop: Workshop
let sandbox: Sandbox
let shards: Program[]
beforeEach(async () => {
  workshop = openWorkshop()
  cpSync('knowledge', join(workshop.folder, 'knowledge'), { recursive: true })
  // Both may log in at once, so that neither waits for the other.
  sandbox = await startSandbox({ botName: 'Footnote', guilds: 2, shards: 2, maxConcurrency: 2, patience: 20_000 })
  shards = ['0', '1'].map((shard) =>
    workshop.run({
      DISCORD_API: sandbox.api,
      DISCORD_TOKEN: sandbox.token,
      KNOWLEDGE_DIR: join(workshop.folder, 'knowledge'),
      // As a pod of a StatefulSet is told.
      HOSTNAME: `footnote-gateway-${shard}`,
      SHARDS: 'hostname',
      SHARD_COUNT: '2',
    }),
  )
  await Promise.all(shards.map(({ writes }) => writes(/ready as/)))
}, 60_000)
afterEach(async () => {
  for (const { child } of shards) child.kill('SIGTERM')
  expect(await Promise.all(shards.map(({ ended }) => ended))).toEqual([0, 0])
  await sandbox.close()
  workshop.clear()
  expect(sandbox.refusals()).toEqual([])
}, 60_000)

const QUESTION = 'When do the lower tariffs expire?'
const handled = ({ output }: Program) => output().match(/"msg":"handled"/g)?.length ?? 0

test('two processes with a shard each answer in their own servers, from the same knowledge and database', async () => {
  const member = sandbox.as('member')
  for (const channel of ['general', 'general-2', 'dm']) {
    expect(readable((await member.slash(channel, 'ask', { question: QUESTION })).message)).toContain('November 2025')
    expect(readable(await member.say(channel, `<@${sandbox.ids.bot}> ${QUESTION}`))).toContain('November 2025')
  }
  await vi.waitFor(() => expect(shards.map(handled).toSorted()).toEqual([2, 4]), 10_000)
  // What is settled through one process holds in the other.
  await sandbox.as('moderator').slash('general-2', 'follow', { topic: 'tariffs' })
  expect((await sandbox.as('moderator').slash('general-2', 'follow', { topic: 'tariffs' })).message.content).toContain(
    'already',
  )
}, 60_000)
