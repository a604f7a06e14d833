/** What a person's client sends when components are used, checked as it would check it. */
import type { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10'
import { Resolved } from './command-data.ts'
import { PersonError } from './person-error.ts'
import type { Guild } from './places.ts'
import type { PageMessage } from './protocol.ts'
import { type AnyComponent, walk } from './rules-components.ts'
import type { World } from './world.ts'

/** What a select's component type lets one choose, as an option's type. */
const CHOOSES: Record<number, number> = { 5: 6, 6: 8, 7: 9, 8: 7 }

/** An interaction's `data` for a component of a message; `values` are those chosen in a select. */
export function pressData(
  world: World,
  guild: Guild | undefined,
  message: PageMessage,
  customId: string,
  values: string[] = [],
): Record<string, unknown> {
  const all = [...walk((message.components ?? []) as AnyComponent[], [])].map(([component]) => component)
  const component = all.find(({ custom_id }) => custom_id === customId)
  if (!component) throw new PersonError('That component is not on the message')
  if (component.disabled) throw new PersonError('That component is disabled')
  const picked = component.type === 2 ? {} : chosen(world, guild, component, values)
  return { custom_id: customId, component_type: component.type, id: component.id, ...picked }
}

/** An interaction's `data` for a modal that was filled in; `fields` by custom id. */
export function modalData(
  world: World,
  guild: Guild | undefined,
  modal: APIModalInteractionResponseCallbackData,
  fields: Record<string, string | string[]>,
): Record<string, unknown> {
  const filled = (component: AnyComponent): Record<string, unknown> => {
    const { id, type } = component
    if (component.component) return { id, type, component: filled(component.component) }
    if (component.components) return { id, type, components: component.components.map(filled) }
    if (!component.custom_id) return { id, type }
    return { id, type, custom_id: component.custom_id, ...answer(world, guild, component, fields[component.custom_id]) }
  }
  return { custom_id: modal.custom_id, components: (modal.components as AnyComponent[]).map(filled) }
}

function answer(
  world: World,
  guild: Guild | undefined,
  component: AnyComponent,
  given: string | string[] | undefined,
): Record<string, unknown> {
  const needed = component.required !== false
  if (component.type !== 4) {
    const values = given === undefined ? [] : [given].flat()
    return values.length === 0 && !needed ? { values } : chosen(world, guild, component, values)
  }
  const value = String(given ?? component.value ?? '')
  const low = component.min_length ?? (needed ? 1 : 0)
  const high = component.max_length ?? 4000
  const skipped = value === '' && !needed
  if (!skipped && (value.length < low || value.length > high))
    throw new PersonError(`"${component.custom_id}" must be between ${low} and ${high} characters`)
  return { value }
}

function chosen(world: World, guild: Guild | undefined, select: AnyComponent, values: string[]) {
  const low = select.min_values ?? 1
  const high = select.max_values ?? 1
  if (values.length < low || values.length > high) throw new PersonError(`Choose between ${low} and ${high}`)
  const offeredValues = select.options?.map(({ value }) => value)
  if (offeredValues && !values.every((value) => offeredValues.includes(value)))
    throw new PersonError('That is not among the options')
  const resolved = new Resolved(world, guild)
  const kind = CHOOSES[select.type]
  if (kind) for (const value of values) resolved.add(kind, value) ?? missing(value)
  return { values, ...resolved.body() }
}

function missing(id: string): never {
  throw new PersonError(`Nothing has the id ${id}`)
}
