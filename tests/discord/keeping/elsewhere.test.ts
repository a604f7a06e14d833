import { expect, test } from 'vitest'
import type { PageMessage } from '../../../src/sandbox/protocol.ts'
import { useKeeping } from './scene.ts'

const ELSEWHERE = '1100000000000009999'
const scene = useKeeping(() => ELSEWHERE)

test('a moderator of another guild is offered nothing and refused at every step; the operator is told why', async () => {
  const moderator = scene.sandbox.as('moderator')
  expect(moderator.commands('moderators')).not.toContain('knowledge')
  expect(moderator.commands('moderators')).toContain('ask')
  expect(scene.logged.join('')).toContain('is the bot in the server MODERATORS_GUILD_ID?')
  const channel = await scene.bot.client.channels.fetch(scene.sandbox.ids.channel('moderators'))
  if (!channel?.isSendable()) throw new Error('not sendable')
  for (const customId of ['proposal|approve|1|x', 'history|undo|1', 'draft|propose|1', 'gap|dismiss|1', 'form|1|0']) {
    await channel.send({
      content: 'x',
      components: [{ type: 1, components: [{ type: 2, style: 2, label: 'Forged', custom_id: customId }] }],
    })
    const [forged] = moderator.messages('moderators').slice(-1)
    const { message } = await moderator.press(forged as PageMessage, 'Forged')
    expect(message.content, customId).toMatch(/^Only moderators can do this|no longer there/)
  }
  expect(await scene.store.listRevisions({ most: 9 })).toEqual([])
})
