/** Whoever uses the bot: the three people whom one can be, and anybody else by the same measure. */
import type { UserKey } from './protocol.ts'

export const BOT = '1100000000000000021'
export const OWNER = '1100000000000000013'
export const JOINED = '2025-01-01T00:00:00.000000+00:00'

export const VIEW_CHANNEL = 1n << 10n
export const ADMINISTRATOR = 1n << 3n
export const MENTION_EVERYONE = 1n << 17n
const VIEW = VIEW_CHANNEL | (1n << 11n) | (1n << 14n) | (1n << 15n) | (1n << 16n) | (1n << 31n) | (1n << 6n)
const MODERATE =
  (1n << 1n) | (1n << 2n) | (1n << 4n) | (1n << 5n) | (1n << 7n) | (1n << 13n) | (1n << 17n) | (1n << 40n)
export const EVERYONE_PERMISSIONS = VIEW
export const BOT_PERMISSIONS = VIEW | (1n << 13n) | (1n << 38n)

export interface Actor {
  id: string
  username: string
  name: string
  permissions: bigint
  /** Their direct messages with the bot. */
  dm: string
  isModerator?: true
  /** Set for one of the three people; everybody else is of the crowd. */
  key?: UserKey
  /** The language of their client, where it is their own to tell. */
  locale?: string
  /** Whether they have installed the app for themselves. */
  hasInstalled?: boolean
}

export interface Person extends Actor {
  key: UserKey
}

export const PEOPLE: Record<UserKey, Person> = {
  member: {
    key: 'member',
    id: '1100000000000000011',
    username: 'member',
    name: 'You (member)',
    permissions: VIEW,
    dm: '1100000000000000051',
  },
  moderator: {
    key: 'moderator',
    id: '1100000000000000012',
    username: 'moderator',
    name: 'You (moderator)',
    permissions: VIEW | MODERATE,
    isModerator: true,
    dm: '1100000000000000052',
  },
  colleague: {
    key: 'colleague',
    id: '1100000000000000014',
    username: 'colleague',
    name: 'You (second moderator)',
    permissions: VIEW | MODERATE,
    isModerator: true,
    dm: '1100000000000000053',
  },
}
