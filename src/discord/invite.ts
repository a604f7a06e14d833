import { OAuth2Scopes, PermissionFlagsBits } from 'discord.js'

const SCOPES = [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands]

/** A permission that the bot needs in a server, as Discord's settings call it, and what it cannot do without it. */
export interface NeededPermission {
  readonly flag: bigint
  readonly name: string
  readonly reason: string
}

/** What the bot needs in every server: for the invite link, and to see what is missing. */
export const PERMISSIONS: readonly NeededPermission[] = [
  { flag: PermissionFlagsBits.ViewChannel, name: 'View Channels', reason: 'it sees no mention' },
  { flag: PermissionFlagsBits.SendMessages, name: 'Send Messages', reason: 'it answers no mention and posts no news' },
  {
    flag: PermissionFlagsBits.SendMessagesInThreads,
    name: 'Send Messages in Threads',
    reason: 'it answers no mention in threads',
  },
  {
    flag: PermissionFlagsBits.AttachFiles,
    name: 'Attach Files',
    reason: 'it shows timelines and charts without their picture',
  },
  {
    flag: PermissionFlagsBits.ReadMessageHistory,
    name: 'Read Message History',
    reason: 'it does not see whether whoever presses a button also asked the question',
  },
]

/** The address at which people add an application's bot to a server. */
export function inviteLink(application: string): string {
  const permissions = PERMISSIONS.reduce((all, { flag }) => all | flag, 0n)
  const query = new URLSearchParams({
    client_id: application,
    scope: SCOPES.join(' '),
    permissions: String(permissions),
  })
  return `https://discord.com/oauth2/authorize?${query}`
}
