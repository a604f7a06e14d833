import {
  type ChatInputCommandInteraction,
  type Client,
  type DiscordAPIError,
  type Interaction,
  MessageFlags,
} from 'discord.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { startEchoBot } from './echo-bot.ts'

let sandbox: Sandbox
let client: Client<true>

beforeAll(async () => {
  sandbox = await startSandbox({ ackTimeout: 1000, userInstalls: ['moderator'] })
  client = await startEchoBot(sandbox)
  client.removeAllListeners('interactionCreate')
})

afterAll(async () => {
  await client.destroy()
  await sandbox.close()
})

const member = () => sandbox.as('member')

/** Lets the bot do this with the next interaction; resolves with what it returns, or the error that it meets. */
function once<T>(handle: (interaction: never) => Promise<T>): Promise<T | DiscordAPIError> {
  return new Promise((resolve) =>
    client.once('interactionCreate', (interaction: Interaction) => handle(interaction as never).then(resolve, resolve)),
  )
}

type Raw = { id: string; token: string; applicationId: string }

async function callback({ id, token }: Raw, body: unknown) {
  const response = await fetch(`${sandbox.api}/v10/interactions/${id}/${token}/callback`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: JSON.stringify(response.status === 204 ? null : await response.json()) }
}

interface Slash extends Raw {
  reply(body: unknown): Promise<unknown>
  deferReply(body?: unknown): Promise<unknown>
  editReply(body: unknown): Promise<{ id: string }>
  followUp(body: unknown): Promise<{ id: string }>
  deleteReply(): Promise<unknown>
  fetchReply(): Promise<{ content: string }>
}

describe('responses', () => {
  test('a second response is refused, the first one stands', async () => {
    const done = once(async (interaction: Slash) => {
      await interaction.reply('first')
      return callback(interaction, { type: 4, data: { content: 'second' } })
    })
    expect((await member().slash('general', 'slow')).message.content).toBe('first')
    expect(await done).toMatchObject({ status: 400, body: expect.stringContaining('40060') })
  })

  test('a refused response leaves time for a better one', async () => {
    void once(async (interaction: Slash) => {
      await callback(interaction, { type: 4, data: { content: '' } })
      await interaction.reply('better')
    })
    expect((await member().slash('general', 'slow')).message.content).toBe('better')
    expect(sandbox.refusals().at(-1)?.body.code).toBe(50006)
  })

  test.each([
    ['a change of no message', { type: 7, data: { content: 'x' } }],
    ['choices for what is not being completed', { type: 8, data: { choices: [] } }],
    ['a pong', { type: 1 }],
    ['nothing known', { type: 42 }],
  ])('%s does not fit a command', async (_, body) => {
    const done = once(async (interaction: Slash) => {
      const refused = await callback(interaction, body)
      await interaction.reply('x')
      return refused
    })
    await member().slash('general', 'slow')
    expect(await done).toMatchObject({ status: 400, body: expect.stringContaining('50035') })
  })

  test.each([
    ['a title over 45', { title: 'x'.repeat(46) }],
    ['no fields', { components: [] }],
    ['6 fields', { components: [1, 2, 3, 4, 5, 6].map((id) => label({ custom_id: `${id}` })) }],
    ['a custom id twice', { components: [label({}), label({})] }],
    ['a length that cannot be', { components: [label({ min_length: 9, max_length: 8 })] }],
    ['a text longer than it allows', { components: [label({ max_length: 1, value: 'xx' })] }],
    ['a label over 45', { components: [{ ...label({}), label: 'x'.repeat(46) }] }],
    ['an unknown key', { colour: 1 }],
  ])('a modal with %s is refused', async (_, change) => {
    const done = once(async (interaction: Slash) => {
      const data = { custom_id: 'm', title: 'M', components: [label({})], ...change }
      const refused = await callback(interaction, { type: 9, data })
      await interaction.reply('x')
      return refused
    })
    await member().slash('general', 'form')
    expect(await done).toMatchObject({ status: 400, body: expect.stringContaining('50035') })
  })

  test.each([
    ['26 of them', Array.from({ length: 26 }, (_, i) => ({ name: `${i}`, value: `${i}` }))],
    ['a name over 100', [{ name: 'x'.repeat(101), value: 'x' }]],
    ['a value over 100', [{ name: 'x', value: 'x'.repeat(101) }]],
    ['an empty name', [{ name: '', value: 'x' }]],
    ['a number for a text', [{ name: 'x', value: 1 }]],
  ])('choices with %s are refused', async (_, choices) => {
    const done = once(async (interaction: Raw) => {
      const refused = await callback(interaction, { type: 8, data: { choices } })
      await callback(interaction, { type: 8, data: { choices: [] } })
      return refused
    })
    expect(await member().autocomplete('general', 'echo', { text: '' }, 'text')).toEqual([])
    expect(await done).toMatchObject({ status: 400, body: expect.stringContaining('50035') })
  })

  function label(input: object) {
    return { type: 18, label: 'Note', component: { type: 4, style: 1, custom_id: 'note', ...input } }
  }
})

describe('what comes after the response', () => {
  test('"thinking…" is shown until it is edited', async () => {
    const seen: unknown[] = []
    const done = once(async (interaction: Slash) => {
      await interaction.deferReply()
      seen.push(sandbox.messages('policy').at(-1))
      return interaction.editReply({ content: 'now' })
    })
    const { message } = await member().slash('policy', 'slow')
    expect(seen).toMatchObject([{ id: message.id, flags: 128, content: '' }])
    expect(message).toMatchObject({ content: 'now', flags: 0 })
    await done
  })

  test('a deferred answer may be of components of version 2', async () => {
    void once(async (interaction: Slash) => {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral })
      await interaction.editReply({
        flags: MessageFlags.IsComponentsV2,
        components: [{ type: 17, accent_color: 1, components: [{ type: 10, content: 'boxed' }] }],
      })
    })
    const { message } = await member().slash('policy', 'slow')
    expect(message).toMatchObject({
      flags: 64 | (1 << 15),
      components: [{ type: 17, id: 1, components: [{ type: 10, id: 2, content: 'boxed' }] }],
    })
  })

  test('a first follow-up takes the place of "thinking…", further ones stand by themselves', async () => {
    const before = sandbox.messages('policy').length
    const done = once(async (interaction: Slash) => {
      await interaction.deferReply()
      const first = await interaction.followUp('one')
      const second = await interaction.followUp({ content: 'two', flags: MessageFlags.Ephemeral })
      return [first.id, second.id]
    })
    const { message } = await member().slash('policy', 'slow')
    const [first] = (await done) as string[]
    expect(first).toBe(message.id)
    expect(
      sandbox
        .messages('policy')
        .slice(before)
        .map(({ content, flags }) => [content, flags]),
    ).toEqual([
      ['one', 0],
      ['two', 64],
    ])
    expect(sandbox.messages('policy').at(-1)?.referenced_message?.id).toBe(first)
    expect(sandbox.as('moderator').messages('policy').at(-1)?.content).toBe('one')
  })

  test('who sees a message is settled by its first response', async () => {
    void once(async (interaction: Slash) => {
      await interaction.deferReply()
      await interaction.editReply({ content: 'open', flags: MessageFlags.Ephemeral } as never)
    })
    const { message } = await member().slash('policy', 'slow')
    expect(message).toMatchObject({ content: 'open', flags: 0 })
  })

  test('the answer can be fetched and deleted', async () => {
    const done = once(async (interaction: Slash) => {
      await interaction.reply({ content: 'fleeting', flags: MessageFlags.Ephemeral })
      const { content } = await interaction.fetchReply()
      await interaction.deleteReply()
      const gone = await interaction.fetchReply().catch((error: DiscordAPIError) => error.code)
      return [content, gone]
    })
    const { message } = await member().slash('policy', 'slow')
    expect(await done).toEqual(['fleeting', 10008])
    expect(sandbox.messages('policy').map(({ id }) => id)).not.toContain(message.id)
  })

  test('nothing can follow what was not responded to', async () => {
    const done = once(async ({ token, applicationId }: Raw) => {
      const response = await fetch(`${sandbox.api}/v10/webhooks/${applicationId}/${token}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ content: 'early' }),
      })
      return response.status
    })
    await expect(member().slash('policy', 'slow')).rejects.toThrow('did not respond')
    expect(await done).toBe(404)
  })

  test('a picture is kept and served, other files are never shown as pages', async () => {
    void once(async (interaction: Slash) => {
      await interaction.reply({
        embeds: [{ image: { url: 'attachment://dot.png' } }],
        files: [
          { attachment: Buffer.from('png'), name: 'dot.png' },
          { attachment: Buffer.from('<script>'), name: 'page.html' },
        ],
      })
    })
    const { message } = await member().slash('policy', 'slow')
    const [picture, page] = message.attachments
    expect(message.embeds[0]?.image?.url).toBe(picture?.url)
    expect(await (await fetch(picture?.url ?? '')).text()).toBe('png')
    const served = await fetch(page?.url ?? '')
    expect(served.headers.get('content-type')).toBe('application/octet-stream')
    expect(served.headers.get('x-content-type-options')).toBe('nosniff')
  })
})

describe('what the bot is told', () => {
  test('the person, their permissions, the place and who installed it', async () => {
    const told = once(async (interaction: ChatInputCommandInteraction) => {
      await interaction.reply('x')
      const { guildId, context, authorizingIntegrationOwners, memberPermissions } = interaction
      return { guildId, context, authorizingIntegrationOwners, mayManage: memberPermissions?.has('ManageGuild') }
    })
    await sandbox.as('moderator').slash('general', 'slow')
    expect(await told).toMatchObject({
      guildId: sandbox.ids.guild,
      context: 0,
      mayManage: true,
      authorizingIntegrationOwners: { 0: sandbox.ids.guild, 1: sandbox.ids.users.moderator },
    })
  })

  test('in direct messages there is no guild', async () => {
    const told = once(async (interaction: Slash & { guildId: unknown; context: unknown }) => {
      await interaction.reply('x')
      return [interaction.guildId, interaction.context]
    })
    expect((await member().slash('dm', 'slow')).message.channel_id).toBe(sandbox.ids.channel('member-dm'))
    expect(await told).toEqual([null, 1])
  })

  test('commands are offered where and to whom they were made for', async () => {
    const commands = [
      { name: 'here', description: 'x', contexts: [0] },
      { name: 'there', description: 'x', contexts: [1] },
      { name: 'mine', description: 'x', integration_types: [1] },
      { name: 'admin', description: 'x', default_member_permissions: '0' },
    ]
    const before = sandbox.commands()
    await client.application.commands.set(commands)
    expect(member().commands('general')).toEqual(['here'])
    expect(member().commands('dm')).toEqual(['there', 'admin'])
    expect(sandbox.as('moderator').commands('general')).toEqual(['here', 'mine'])
    await client.application.commands.set(before as never)
    expect(sandbox.commands().map(({ name }) => name)).toEqual(before.map(({ name }) => name))
  })
})

test('only what allowed_mentions lets through pings', async () => {
  const { bot, botRole, users } = sandbox.ids
  const content = `@everyone <@${users.moderator}> <@&${botRole}>`
  const channel = await client.channels.fetch(sandbox.ids.channel('policy'))
  if (!channel?.isSendable()) throw new Error('not sendable')
  await channel.send({ content, allowedMentions: { parse: [] } })
  expect(sandbox.messages('policy').at(-1)).toMatchObject({ pings: { everyone: false, users: [], roles: [] } })
  await channel.send({ content, allowedMentions: { users: [users.moderator] } })
  expect(sandbox.messages('policy').at(-1)?.pings).toEqual({ everyone: false, users: [users.moderator], roles: [] })
  await channel.send(content)
  expect(sandbox.messages('policy').at(-1)?.pings).toEqual({
    everyone: true,
    users: [users.moderator],
    roles: [botRole],
  })
  expect(member().post('policy', `@everyone <@${bot}>`).pings).toEqual({ everyone: false, users: [bot], roles: [] })
})
