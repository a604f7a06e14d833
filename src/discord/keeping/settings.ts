import { ChannelType, type ChatInputCommandInteraction } from 'discord.js'
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

/** What is given, as it is to be kept: all of it, or a UserError. What Discord's client offers, others need not keep to. */
function changesIn({ options }: ChatInputCommandInteraction, { roles, guild }: Desk): Map<string, string> {
  const channel = options.getChannel('channel')
  const role = options.getRole('moderators')
  const secondPerson = options.getBoolean('second-person')
  const digestDay = options.getInteger('digest-day')
  if (channel && channel.type !== ChannelType.GuildText) {
    throw new UserError('Moderators are told in a text channel. Choose one from the list.')
  }
  if (role && role.id === guild) {
    throw new UserError('Everybody has this role. Choose one that only moderators have.')
  }
  const next = role && (roles.includes(role.id) ? roles.filter((one) => one !== role.id) : [...roles, role.id])
  if (next && next.length > MOST_ROLES) throw new UserError(`There can be ${MOST_ROLES} roles at most.`)
  if (digestDay !== null && digestDay !== NEVER && !DAYS[digestDay]) {
    throw new UserError('The digest comes on a day of the week, or never. Choose one from the list.')
  }
  return new Map([
    ...(channel ? [['channel', channel.id] as const] : []),
    ...(next ? [['roles', next.join(',')] as const] : []),
    ...(secondPerson === null ? [] : [['second-person', secondPerson ? 'on' : 'off'] as const]),
    ...(digestDay === null ? [] : [['digest-day', String(digestDay)] as const]),
  ])
}

/** `/knowledge settings`: changes what is given, and shows what holds. */
export async function settings(interaction: ChatInputCommandInteraction, desk: Desk, context: Context): Promise<void> {
  const { store } = context
  const changes = changesIn(interaction, desk)
  const isChange = changes.size > 0
  if (isChange && !desk.isManager) {
    throw new UserError('Only members with the permission Manage Server can change the settings.')
  }
  for (const [name, value] of changes) await store.writeSetting(desk.guild, name, value)
  if (isChange) {
    const sender = store.pseudonymOf(interaction.user.id)
    context.log.info({ sender, guild: desk.guild }, 'changed the moderators’ settings')
  }
  if (changes.has('roles')) await context.register()
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
