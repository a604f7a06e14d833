import { MessageCreateRequestSchema } from 'discord-api-spec/zod'
import { expect } from 'vitest'
import { fits, type Message } from '../../src/render/components.ts'
import { componentFlaws } from '../../src/sandbox/rules-components.ts'
import { schemaFlaws } from '../../src/sandbox/validate.ts'

/** All text of a message, in order. */
export function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf)
  if (typeof value !== 'object' || value === null) return []
  const { content, components } = value as { content?: string; components?: unknown }
  return [...(content ? [content] : []), ...textsOf(components)]
}

/** Discord takes it, and nobody is pinged by it. */
export function expectFit(message: Message): void {
  expect(schemaFlaws(MessageCreateRequestSchema, message)).toEqual([])
  expect(componentFlaws(message.components as never, true)).toEqual([])
  expect(fits(message)).toBe(true)
  expect(message.allowed_mentions).toEqual({ parse: [] })
  expect(textsOf(message.components).join('\n')).not.toMatch(/@everyone|@here|<@[!&]?\d/)
}
