/** What one user sees, and how events change it. Pure. */
import type { PageEvent, PageMessage, PageState, PageUser } from '../protocol.ts'

/** The state after an event; the same object where nothing changed. */
export function applyEvent(state: PageState, event: PageEvent): PageState {
  switch (event.type) {
    case 'message-created':
    case 'message-updated':
      return withMessages(state, event.message.channel_id, (messages) => upsert(messages, event.message))
    case 'message-deleted':
      return withMessages(state, event.channel, (messages) => messages.filter(({ id }) => id !== event.id))
    case 'commands':
      return { ...state, commands: event.commands }
    case 'online':
      return { ...state, online: event.online }
    default:
      return state
  }
}

/** The message with this id, wherever it is. */
export function findMessage(state: PageState, id: string): PageMessage | undefined {
  return Object.values(state.messages)
    .flat()
    .find((message) => message.id === id)
}

/** A user's name as the page shows it: from the people known here, else the name that came with the message. */
export function nameOf(state: PageState, user: { id: string; username?: string } | undefined): string {
  return state.users.find(({ id }) => id === user?.id)?.name ?? user?.username ?? 'unknown-user'
}

const AVATAR_COLORS = ['#2d8a52', '#b8531a', '#a83c90', '#3a6ea5']

/** A drawn avatar, so that none has to be fetched: the initial on a colour of the user's own. */
export function avatarOf(state: PageState, user: { id: string; username?: string } | undefined): string {
  const name = nameOf(state, user)
  // "You (moderator)" is known by its role, everybody else by their name.
  const initial = /[\p{L}\p{N}]/u.exec(/\((.*)\)/.exec(name)?.[1] ?? name)?.[0] ?? '?'
  const at = state.users.findIndex(({ id }) => id === user?.id)
  const color = user?.id === state.bot.id ? '#5865f2' : (AVATAR_COLORS[at] ?? '#6d6f78')
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="${color}"/><text x="20" y="27" text-anchor="middle" font-family="sans-serif" font-weight="600" font-size="19" fill="#fff">${initial.toUpperCase()}</text></svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}

/** True where a message would have notified this user, so that Discord draws it highlighted. */
export function pingsUser(message: PageMessage, user: PageUser): boolean {
  return message.author.id !== user.id && (message.pings.everyone || message.pings.users.includes(user.id))
}

const GROUP_WITHIN = 7 * 60_000

/** True where a message continues the one above it: Discord then leaves out author and avatar. */
export function continues(message: PageMessage, above: PageMessage | undefined): boolean {
  return (
    above !== undefined &&
    above.author.id === message.author.id &&
    !message.interaction &&
    !message.referenced_message &&
    Date.parse(message.timestamp) - Date.parse(above.timestamp) < GROUP_WITHIN &&
    ((message.flags ?? 0) & EPHEMERAL) === ((above.flags ?? 0) & EPHEMERAL)
  )
}

export const EPHEMERAL = 64
export const LOADING = 128
export const COMPONENTS_V2 = 32_768

function withMessages(
  state: PageState,
  channel: string,
  change: (messages: PageMessage[]) => PageMessage[],
): PageState {
  return { ...state, messages: { ...state.messages, [channel]: change(state.messages[channel] ?? []) } }
}

function upsert(messages: PageMessage[], message: PageMessage): PageMessage[] {
  const at = messages.findIndex(({ id }) => id === message.id)
  return at < 0 ? [...messages, message] : messages.with(at, message)
}
