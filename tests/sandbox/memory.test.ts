import type { ChatInputCommandInteraction, Client } from 'discord.js'
import { afterEach, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { startEchoBot } from './echo-bot.ts'
import { request, say } from './requests.ts'

let sandbox: Sandbox
let client: Client<true> | undefined
afterEach(async () => {
  await client?.destroy()
  client = undefined
  await sandbox.close()
})

test('of a channel’s messages the last ones are kept, as many as wanted', async () => {
  sandbox = await startSandbox({ keep: 3 })
  const posted = ['1', '2', '3', '4'].map((content) => sandbox.as('member').post('general', content))
  sandbox.as('member').post('policy', 'elsewhere')
  expect(sandbox.messages('general').map(({ content }) => content)).toEqual(['2', '3', '4'])
  const channel = sandbox.ids.channel('general')
  const get = async (id = '') => (await request(sandbox, 'GET', `/channels/${channel}/messages/${id}`)).body
  expect(await get(posted[0]?.id)).toMatchObject({ code: 10008 })
  expect(await get(posted[1]?.id)).toMatchObject({ id: posted[1]?.id })
  expect(sandbox.messages('policy')).toHaveLength(1)
})

test('with a message its nonce and its files are forgotten', async () => {
  sandbox = await startSandbox({ keep: 2 })
  client = await startEchoBot(sandbox)
  const once = { content: 'once', nonce: '7', enforce_nonce: true }
  const first = await say(sandbox, once)
  expect((await say(sandbox, once)).body.id).toBe(first.body.id)
  const channel = await client.channels.fetch(sandbox.ids.channel('general'))
  if (!channel?.isSendable()) throw new Error('not sendable')
  const picture = await channel.send({ files: [{ attachment: Buffer.from('png'), name: 'dot.png' }] })
  const url = picture.attachments.first()?.url ?? ''
  expect((await fetch(url)).status).toBe(200)
  await say(sandbox, { content: 'further' })
  expect((await say(sandbox, once)).body.id).not.toBe(first.body.id)
  expect((await fetch(url)).status).toBe(404)
})

test('a file that is taken off its message is served no longer', async () => {
  sandbox = await startSandbox()
  client = await startEchoBot(sandbox)
  const channel = await client.channels.fetch(sandbox.ids.channel('general'))
  if (!channel?.isSendable()) throw new Error('not sendable')
  const picture = await channel.send({ content: 'x', files: [{ attachment: Buffer.from('png'), name: 'dot.png' }] })
  const url = picture.attachments.first()?.url ?? ''
  await picture.edit({ attachments: [] })
  expect((await fetch(url)).status).toBe(404)
})

test('interactions and their modals are forgotten when their token has run out', async () => {
  let time = Date.now()
  sandbox = await startSandbox({ now: () => time, tokenLifetime: 1000 })
  client = await startEchoBot(sandbox)
  const asked = new Promise<ChatInputCommandInteraction>((resolve) =>
    client?.once('interactionCreate', resolve as never),
  )
  const { modal } = await sandbox.as('member').slash('general', 'form')
  const { id, token } = await asked
  const again = async () =>
    (await request(sandbox, 'POST', `/interactions/${id}/${token}/callback`, { type: 4, data: { content: 'x' } })).body
  expect((await again()).code).toBe(40060)
  time += 1001
  await sandbox.as('member').slash('general', 'echo', { text: 'later' })
  expect((await again()).code).toBe(10062)
  await expect(sandbox.as('member').submit(modal, { note: 'x' })).rejects.toThrow('not open')
})

test('ids are made of the sandbox’s clock, and differ while it stands', async () => {
  const time = Date.UTC(2025, 8, 20)
  sandbox = await startSandbox({ now: () => time })
  const ids = Array.from({ length: 5000 }, (_, i) => sandbox.as('member').post('general', `${i}`).id)
  expect(new Set(ids).size).toBe(5000)
  expect(new Set(ids.map((id) => Number(BigInt(id) >> 22n) + 1_420_070_400_000))).toEqual(new Set([time]))
})
