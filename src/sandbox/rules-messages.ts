import type { APIEmbed, RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10'
import { errors, type Flaw } from './api-error.ts'
import { type AnyComponent, componentFlaws, required } from './rules-components.ts'
import { urlFlaws } from './rules-urls.ts'

export const EPHEMERAL = 1 << 6
export const LOADING = 1 << 7
export const COMPONENTS_V2 = 1 << 15

/** A message's body, new or changed, as the schemas leave it. */
export type MessageBody = Omit<RESTPostAPIChannelMessageJSONBody, 'components' | 'attachments'> & {
  components?: AnyComponent[] | null
  attachments?: Array<{ id: string; filename?: string | null; description?: string | null }> | null
}

/** What the message would be: for an edit, the old parts that the body leaves alone. */
export interface Merged {
  flags: number
  content: string
  embeds: APIEmbed[]
  components: AnyComponent[]
  attachments: unknown[]
}

/** What Discord has against a message beyond the shape of its body. Throws if the message would be empty. */
export function messageFlaws(body: MessageBody, merged: Merged): Flaw[] {
  const v2 = (merged.flags & COMPONENTS_V2) !== 0
  const flaws = [
    ...(v2 ? legacyFields(merged, body) : []),
    ...embedFlaws(merged.embeds),
    ...componentFlaws(merged.components, v2),
    ...mentionFlaws(body.allowed_mentions),
  ]
  if ([...merged.content].length > 2000)
    flaws.push({ path: ['content'], code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 2000 or fewer in length.' })
  const shown = merged.embeds.length + merged.components.length + merged.attachments.length
  if (flaws.length === 0 && !merged.content.trim() && shown === 0 && !body.poll) throw errors.emptyMessage()
  return flaws
}

function legacyFields(merged: Merged, body: MessageBody): Flaw[] {
  const used = { content: merged.content !== '', embeds: merged.embeds.length > 0, poll: Boolean(body.poll) }
  return Object.entries(used)
    .filter(([, present]) => present)
    .map(([field]) => ({
      path: [field],
      code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      message: `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
    }))
}

function embedFlaws(embeds: APIEmbed[]): Flaw[] {
  const flaws = embeds.flatMap((embed, index) => oneEmbedFlaws(embed, ['embeds', index]))
  if (embeds.reduce((sum, embed) => sum + embedLength(embed), 0) > 6000)
    flaws.push({
      path: ['embeds'],
      code: 'MAX_EMBED_SIZE_EXCEEDED',
      message: 'Embed size exceeds maximum size of 6000',
    })
  return flaws
}

function oneEmbedFlaws(embed: APIEmbed, path: Array<string | number>): Flaw[] {
  const web = ['http', 'https']
  const media = ['http', 'https', 'attachment']
  const flaws = [
    ...urlFlaws(embed.url, [...path, 'url'], web),
    ...urlFlaws(embed.author?.url, [...path, 'author', 'url'], web),
    ...urlFlaws(embed.author?.icon_url, [...path, 'author', 'icon_url'], media),
    ...urlFlaws(embed.footer?.icon_url, [...path, 'footer', 'icon_url'], media),
    ...urlFlaws(embed.image?.url, [...path, 'image', 'url'], media),
    ...urlFlaws(embed.thumbnail?.url, [...path, 'thumbnail', 'url'], media),
  ]
  for (const [index, field] of (embed.fields ?? []).entries())
    for (const key of ['name', 'value'] as const)
      if (!field[key].trim()) flaws.push(required([...path, 'fields', index, key]))
  if (embedLength(embed) === 0 && !embed.image && !embed.thumbnail && !embed.video)
    flaws.push(required([...path, 'description']))
  return flaws
}

function embedLength(embed: APIEmbed): number {
  const texts = [embed.title, embed.description, embed.footer?.text, embed.author?.name]
  for (const field of embed.fields ?? []) texts.push(field.name, field.value)
  return texts.reduce((sum, text) => sum + [...(text ?? '').trim()].length, 0)
}

function mentionFlaws(allowed: MessageBody['allowed_mentions']): Flaw[] {
  return (['users', 'roles'] as const)
    .filter((key) => allowed?.parse?.includes(key as never) && (allowed[key]?.length ?? 0) > 0)
    .map((key) => ({
      path: ['allowed_mentions'],
      code: 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
      message: `parse:["${key}"] and ${key}: [ids...] are mutually exclusive.`,
    }))
}
