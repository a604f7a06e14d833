/** Builds messages from request bodies, and shows the bot only what Discord would show it. */
import { type APIAllowedMentions, type APIMessage, type APIUser, MessageReferenceType } from 'discord-api-types/v10'
import { BOT } from './actors.ts'
import { type Flaw, refuse } from './api-error.ts'
import { userBody } from './bodies.ts'
import type { Channel } from './places.ts'
import type { PageMessage } from './protocol.ts'
import { type AnyComponent, walk } from './rules-components.ts'
import { COMPONENTS_V2, EPHEMERAL, LOADING, type MessageBody, messageFlaws } from './rules-messages.ts'
import type { World } from './world.ts'

/** SUPPRESS_EMBEDS, EPHEMERAL, SUPPRESS_NOTIFICATIONS and IS_COMPONENTS_V2: what a new message may set. */
const FLAGS_OF_NEW = 4 | EPHEMERAL | 4096 | COMPONENTS_V2
/** Who sees a message is settled once it is there. */
const FLAGS_OF_EDIT = 4 | COMPONENTS_V2
const MESSAGE_CONTENT = 1 << 15

export interface Upload {
  /** The n of `files[n]`. */
  index: string
  name: string
  type: string
  data: Buffer
}

export interface Draft {
  author: APIUser
  channel: Channel
  body: MessageBody
  files?: Upload[]
  /** Where in the request the message's fields are, for error paths. */
  at?: string[]
  /** Further fields of the message: the interaction it answers, and so on. */
  extra?: Partial<APIMessage>
  mayPingEveryone?: boolean
}

/** The message that a request would create; throws what Discord would refuse. */
export function newMessage(world: World, draft: Draft): PageMessage {
  const { author, channel, extra } = draft
  const id = world.snowflake()
  const base = {
    id,
    type: 0,
    channel_id: channel.id,
    author,
    content: '',
    timestamp: new Date(world.now()).toISOString(),
    edited_timestamp: null,
    tts: false,
    pinned: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    components: [],
    flags: 0,
    pings: { everyone: false, users: [], roles: [] },
    ...extra,
  } as PageMessage
  const reference = draft.body.message_reference
  const replied = reference && world.find(reference.message_id)
  if (replied) {
    base.type = 19
    base.message_reference = { type: MessageReferenceType.Default, ...where(replied.message, channel) }
    const { referenced_message: _, ...target } = replied.message
    base.referenced_message = target
  } else if (reference && reference.fail_if_not_exists !== false) {
    refuse([{ path: ['message_reference'], code: 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE', message: 'Unknown message' }])
  }
  return changedMessage(world, base, draft, FLAGS_OF_NEW)
}

function where(target: PageMessage, channel: Channel) {
  const guild = channel.guild ? { guild_id: channel.guild.id } : {}
  return { message_id: target.id, channel_id: target.channel_id, ...guild }
}

/** A message with the parts replaced that a body names; throws what Discord would refuse. */
export function changedMessage(
  world: World,
  old: PageMessage,
  draft: Omit<Draft, 'author'>,
  settable = FLAGS_OF_EDIT,
): PageMessage {
  const { body, files = [], at = [] } = draft
  // A message that has components of version 2 keeps the flag for good.
  const flags = ((old.flags ?? 0) & ~LOADING) | ((body.flags ?? 0) & settable)
  const kept = body.attachments
    ? old.attachments.filter(({ id }) => body.attachments?.some((a) => a.id === id))
    : old.attachments
  const added = files.map((file) => uploaded(world, file, body))
  const attachments = [...kept, ...added]
  const merged = {
    flags,
    content: body.content === undefined ? old.content : (body.content ?? ''),
    embeds: body.embeds === undefined ? old.embeds : (body.embeds ?? []),
    components: body.components === undefined ? ((old.components ?? []) as AnyComponent[]) : (body.components ?? []),
    attachments,
  }
  refuse(messageFlaws(body, merged).map((flaw): Flaw => ({ ...flaw, path: [...at, ...flaw.path] })))
  // Only now, so that nothing is kept of a message that is refused.
  for (const [index, { id, filename }] of added.entries()) {
    const { type, data } = files[index] as Upload
    world.messages.files.set(id, { name: filename, type, data })
  }
  const urls = new Map(attachments.map(({ filename, url }) => [`attachment://${filename}`, url]))
  const message = {
    ...old,
    ...merged,
    embeds: withUrls(merged.embeds, urls).map((embed) => ({ type: 'rich', ...embed })),
    components: numbered(withUrls(merged.components, urls)),
  } as PageMessage
  return { ...message, ...mentions(world, message, draft) }
}

function uploaded(world: World, { index, name, type, data }: Upload, body: MessageBody) {
  const id = world.snowflake()
  const described = body.attachments?.find((attachment) => attachment.id === index)
  const filename = (described?.filename ?? name).replace(/[^\w.-]+/g, '_')
  const url = `${world.origin}/attachments/${id}/${filename}`
  const description = described?.description ? { description: described.description } : {}
  return { id, filename, size: data.length, url, proxy_url: url, content_type: type, ...description }
}

/** Replaces `attachment://name` by where the file is served. */
function withUrls<T>(value: T, urls: Map<string, string>): T {
  if (urls.size === 0) return value
  return JSON.parse(JSON.stringify(value), (_, part) => (typeof part === 'string' ? (urls.get(part) ?? part) : part))
}

/** Discord numbers the components that come without an id. */
function numbered(components: AnyComponent[]): AnyComponent[] {
  const copy = structuredClone(components)
  const taken = new Set([...walk(copy, [])].map(([{ id }]) => id))
  let next = 1
  for (const [component] of walk(copy, [])) {
    if (component.id) continue
    while (taken.has(next)) next++
    component.id = next++
  }
  return copy
}

/** Whom the text mentions, and whom of them `allowed_mentions` lets it notify. */
function mentions(
  world: World,
  message: PageMessage,
  { body, channel, mayPingEveryone = true }: Omit<Draft, 'author'>,
) {
  const texts = [...walk((message.components ?? []) as AnyComponent[], [])].map(([component]) => component.content)
  const text = [message.content, ...texts].join('\n')
  const allowed: APIAllowedMentions = body.allowed_mentions ?? { parse: ['users', 'roles', 'everyone'] as never[] }
  const may = (kind: string, id: string, ids?: string[]) => allowed.parse?.includes(kind as never) || ids?.includes(id)
  const users = [...text.matchAll(/<@!?(\d+)>/g)].flatMap(([, id = '']) =>
    may('users', id, allowed.users) ? [id] : [],
  )
  const known = Object.values(channel.guild?.roles ?? {})
  const roles = [...text.matchAll(/<@&(\d+)>/g)].flatMap(([, id = '']) =>
    known.includes(id) && may('roles', id, allowed.roles) ? [id] : [],
  )
  const everyone =
    channel.type === 0 && mayPingEveryone && /@(everyone|here)\b/.test(text) && may('everyone', '') === true
  const repliedTo = body.message_reference && message.referenced_message?.author.id
  if (repliedTo && (body.allowed_mentions ? allowed.replied_user === true : true)) users.push(repliedTo)
  const mentioned = [...new Set(users)].flatMap((id) => userBody(world, id) ?? [])
  return {
    mentions: mentioned,
    mention_roles: [...new Set(roles)],
    mention_everyone: everyone,
    pings: { everyone, users: mentioned.map(({ id }) => id), roles: [...new Set(roles)] },
  }
}

/** Without the intent for it, a bot sees the content of its own messages, of direct ones, and of those that mention it. */
export function asSeenByBot<M extends APIMessage>(message: M, inGuild: boolean, intents: number): M {
  const concerned = message.author.id === BOT || message.mentions.some(({ id }) => id === BOT)
  if (!inGuild || concerned || intents & MESSAGE_CONTENT) return message
  return { ...message, content: '', embeds: [], attachments: [], components: [] }
}
