import type { APIMessage } from 'discord-api-types/v10'
import { type AnyComponent, walk } from './rules-components.ts'

/** All that can be read in a message, in order, except what is written on buttons and selects. */
export function readable({ content, embeds, components }: APIMessage): string {
  const inEmbeds = embeds.flatMap(({ author, title, description, fields, footer }) => [
    author?.name,
    title,
    description,
    ...(fields ?? []).flatMap(({ name, value }) => [name, value]),
    footer?.text,
  ])
  const inComponents = [...walk((components ?? []) as AnyComponent[], [])].map(([component]) => component.content)
  return [content, ...inEmbeds, ...inComponents].filter(Boolean).join('\n')
}
