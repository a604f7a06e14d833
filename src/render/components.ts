import type {
  APIActionRowComponent,
  APIButtonComponent,
  APIComponentInContainer,
  APIContainerComponent,
  APIStringSelectComponent,
} from 'discord.js'
import type { Control } from './view.ts'

// Discord's numbers, spelled out here because discord.js itself takes too long to load for a command line.
const ACTION_ROW = 1
const BUTTON = 2
const STRING_SELECT = 3
const TEXT = 10
const GALLERY = 12
const SEPARATOR = 14
const CONTAINER = 17
const STYLE = { main: 1, plain: 2, danger: 4 } as const
const COMPONENTS_V2 = 1 << 15

/** Discord's limits for one message of this kind, with a margin for how it may count characters. */
const MOST_COMPONENTS = 40
const MOST_CHARACTERS = 3900

/** A message as Discord's API takes it. Nothing in it can ping. */
export interface Message {
  readonly flags: number
  readonly components: APIContainerComponent[]
  readonly allowed_mentions: { readonly parse: [] }
}

export function text(content: string): APIComponentInContainer {
  return { type: TEXT, content }
}

/** A picture among the message's files. */
export function picture(file: string, description: string): APIComponentInContainer {
  return { type: GALLERY, items: [{ media: { url: `attachment://${file}` }, description: description || null }] }
}

export function separator(): APIComponentInContainer {
  return { type: SEPARATOR, divider: true, spacing: 1 }
}

/** Buttons in rows of five, each menu in a row of its own. */
export function controlRows(controls: readonly Control[]): APIComponentInContainer[] {
  const buttons = controls.flatMap((control) => (control.kind === 'button' ? [control] : []))
  const menus = controls.flatMap((control) => (control.kind === 'menu' ? [control] : []))
  const rows: APIComponentInContainer[] = []
  for (let start = 0; start < buttons.length; start += 5) {
    rows.push(
      row(
        buttons.slice(start, start + 5).map(({ customId, label, style = 'plain' }) => ({
          type: BUTTON,
          style: STYLE[style],
          custom_id: customId,
          label,
        })),
      ),
    )
  }
  for (const { customId, placeholder, options } of menus) {
    rows.push(row([{ type: STRING_SELECT, custom_id: customId, placeholder, options }]))
  }
  return rows
}

/** One message of one container. */
export function message(accentColor: number, components: APIComponentInContainer[]): Message {
  return {
    flags: COMPONENTS_V2,
    components: [{ type: CONTAINER, accent_color: accentColor, components }],
    allowed_mentions: { parse: [] },
  }
}

/** Whether Discord takes it: all components and all text of a message count together. */
export function fits({ components }: Message): boolean {
  const { count, characters } = sizeOf(components)
  return count <= MOST_COMPONENTS && characters <= MOST_CHARACTERS
}

/** Components and characters, however deep. */
function sizeOf(value: unknown): { count: number; characters: number } {
  if (Array.isArray(value)) {
    return value.map(sizeOf).reduce((sum, one) => add(sum, one), { count: 0, characters: 0 })
  }
  if (typeof value !== 'object' || value === null) return { count: 0, characters: 0 }
  const { type, content, label, placeholder, components } = value as Record<string, unknown>
  const own = [content, label, placeholder].reduce<number>(
    (sum, one) => sum + (typeof one === 'string' ? one.length : 0),
    0,
  )
  return add(sizeOf(components), { count: typeof type === 'number' ? 1 : 0, characters: own })
}

function add(one: { count: number; characters: number }, other: { count: number; characters: number }) {
  return { count: one.count + other.count, characters: one.characters + other.characters }
}

function row(components: (APIButtonComponent | APIStringSelectComponent)[]): APIActionRowComponent<never> {
  return { type: ACTION_ROW, components } as unknown as APIActionRowComponent<never>
}
