import type { ChatInputCommandInteraction } from 'discord.js'
import { UserError } from '../../errors.ts'
import { renderView } from '../../render/message.ts'
import type { Part } from '../../render/view.ts'
import type { Context } from '../context.ts'
import { toOptions } from '../replies.ts'
import { PRIVATE } from './complaints.ts'
import { type Desk, readModeration } from './moderation.ts'

export const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const
export const NEVER = -1
const MOST_ROLES = 20

/** `/knowledge settings`: changes what is given, and shows what holds. */
export async function settings(interaction: ChatInputCommandInteraction, desk: Desk, context: Context): Promise<void> {
  const { options } = interaction
  const { store } = context
  const channel = options.getChannel('channel')
  const role = options.getRole('moderators')
  const secondPerson = options.getBoolean('second-person')
  const digestDay = options.getInteger('digest-day')
  const isChange = channel !== null || role !== null || secondPerson !== null || digestDay !== null
  if (isChange && !desk.isManager) {
    throw new UserError('Only members with the permission Manage Server can change the settings.')
  }
  const set = (name: string, value: string) => store.writeSetting(desk.guild, name, value)
  if (channel) await set('channel', channel.id)
  if (role) {
    if (role.id === desk.guild) throw new UserError('Everybody has this role. Choose one that only moderators have.')
    const { roles } = desk
    const next = roles.includes(role.id) ? roles.filter((one) => one !== role.id) : [...roles, role.id]
    if (next.length > MOST_ROLES) throw new UserError(`There can be ${MOST_ROLES} roles at most.`)
    await set('roles', next.join(','))
  }
  if (secondPerson !== null) await set('second-person', secondPerson ? 'on' : 'off')
  if (digestDay !== null) await set('digest-day', String(digestDay))
  if (isChange) {
    const sender = store.pseudonymOf(interaction.user.id)
    context.log.info({ sender, guild: desk.guild }, 'changed the moderators’ settings')
  }
  if (role) await context.register()
  const now = await readModeration(store, desk.guild)
  const parts: Part[] = [
    { kind: 'line', text: isChange ? 'Changed. This holds now:' : 'This holds:' },
    {
      kind: 'people',
      text: 'Proposals, faults and digests are told in',
      users: now.channel ? [`#${now.channel}`] : [],
      none: '(no channel yet)',
    },
    {
      kind: 'people',
      text: 'Moderators are members with Manage Server, and the roles',
      users: now.roles.map((one) => `&${one}`),
      none: '(none)',
    },
    {
      kind: 'note',
      text: now.secondPerson
        ? 'Somebody else than the author has to approve a proposal.'
        : 'Authors may approve their own proposals.',
    },
    { kind: 'note', text: now.digestDay === undefined ? 'No weekly digest.' : `A digest each ${DAYS[now.digestDay]}.` },
  ]
  await interaction.reply({ ...toOptions(renderView({ tone: 'neutral', parts, controls: [] })), flags: PRIVATE })
}
