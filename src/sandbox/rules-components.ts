import type { Flaw } from './api-error.ts'
import { urlFlaws } from './rules-urls.ts'

/** Every field that the rules for components read, of whatever type the component is. */
export interface AnyComponent {
  type: number
  id?: number | null
  custom_id?: string | null
  style?: number
  label?: string | null
  emoji?: unknown
  url?: string | null
  sku_id?: string | null
  disabled?: boolean | null
  content?: string
  value?: string | null
  required?: boolean | null
  min_values?: number | null
  max_values?: number | null
  min_length?: number | null
  max_length?: number | null
  options?: Array<{ label: string; value: string; default?: boolean | null }>
  media?: { url: string }
  file?: { url: string }
  items?: Array<{ media: { url: string } }>
  components?: AnyComponent[]
  component?: AnyComponent
  accessory?: AnyComponent
}

type Path = Array<string | number>

const ROW = 1
const BUTTON = 2
const TEXT_DISPLAY = 10
const SELECTS = [3, 5, 6, 7, 8]
const LINK = 5
const PREMIUM = 6
const MEDIA = ['http', 'https', 'attachment']

/** Every component with its path, depth first. */
export function* walk(components: AnyComponent[], at: Path): Generator<[AnyComponent, Path]> {
  for (const [index, component] of components.entries()) yield* descend(component, [...at, index])
}

function* descend(component: AnyComponent, path: Path): Generator<[AnyComponent, Path]> {
  yield [component, path]
  if (component.components) yield* walk(component.components, [...path, 'components'])
  if (component.component) yield* descend(component.component, [...path, 'component'])
  if (component.accessory) yield* descend(component.accessory, [...path, 'accessory'])
}

/** What Discord has against a message's components beyond their shapes. */
export function componentFlaws(components: AnyComponent[], v2: boolean): Flaw[] {
  const all = [...walk(components, ['components'])]
  const flaws = [...duplicateFlaws(all), ...all.flatMap(([component, path]) => oneFlaws(component, path))]
  if (!v2) return [...flaws, ...legacyFlaws(components)]
  if (all.length > 40) flaws.push(tooMany(40))
  const text = all.reduce(
    (sum, [component]) => sum + (component.type === TEXT_DISPLAY ? length(component.content) : 0),
    0,
  )
  if (text > 4000)
    flaws.push({
      path: ['components'],
      code: 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
      message: 'Displayable text in components exceeds maximum size of 4000',
    })
  return flaws
}

function legacyFlaws(components: AnyComponent[]): Flaw[] {
  const flaws = components.flatMap(({ type }, index) =>
    type === ROW
      ? []
      : [
          {
            path: ['components', index, 'type'],
            code: 'UNION_TYPE_CHOICES',
            message: 'Value of field "type" must be one of (1,).',
          },
        ],
  )
  return components.length > 5 ? [...flaws, tooMany(5)] : flaws
}

function tooMany(max: number): Flaw {
  return { path: ['components'], code: 'BASE_TYPE_BAD_LENGTH', message: `Must be between 1 and ${max} in length.` }
}

/** Custom ids and numeric ids are unique in a message or modal. */
export function duplicateFlaws(all: Array<[AnyComponent, Path]>): Flaw[] {
  const seen = new Set<unknown>()
  const flaws: Flaw[] = []
  for (const [component, path] of all) {
    for (const key of ['custom_id', 'id'] as const) {
      const value = component[key]
      if (value === undefined || value === null || value === 0) continue
      if (seen.has(value)) flaws.push(duplicate(key, path))
      seen.add(value)
    }
  }
  return flaws
}

function duplicate(key: 'custom_id' | 'id', path: Path): Flaw {
  const what = key === 'custom_id' ? 'Component custom id cannot be duplicated' : 'Component id cannot be duplicated'
  return { path: [...path, key], code: `COMPONENT_${key.toUpperCase()}_DUPLICATED`, message: what }
}

function oneFlaws(component: AnyComponent, path: Path): Flaw[] {
  const media = [component.media, component.file].flatMap((item) => (item ? [item.url] : []))
  const flaws = media.flatMap((url) => urlFlaws(url, [...path, component.media ? 'media' : 'file', 'url'], MEDIA))
  for (const [index, item] of (component.items ?? []).entries())
    flaws.push(...urlFlaws(item.media.url, [...path, 'items', index, 'media', 'url'], MEDIA))
  if (component.type === ROW) flaws.push(...rowFlaws(component, path))
  if (component.type === BUTTON) flaws.push(...buttonFlaws(component, path))
  if (SELECTS.includes(component.type)) flaws.push(...selectFlaws(component, path))
  if (component.type === TEXT_DISPLAY && !component.content?.trim()) flaws.push(required([...path, 'content']))
  return flaws
}

function rowFlaws({ components = [] }: AnyComponent, path: Path): Flaw[] {
  if (!components.some(({ type }) => SELECTS.includes(type)) || components.length === 1) return []
  const message = 'The specified component exceeds the maximum width'
  return [{ path: [...path, 'components', 1], code: 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', message }]
}

function buttonFlaws(button: AnyComponent, path: Path): Flaw[] {
  if (button.style === PREMIUM) return button.sku_id ? [] : [required([...path, 'sku_id'])]
  const flaws: Flaw[] = []
  const link = button.style === LINK
  const needed = link ? 'url' : 'custom_id'
  if (!button[needed]) flaws.push(required([...path, needed]))
  if (button.url && button.custom_id)
    flaws.push({
      path,
      code: 'BUTTON_COMPONENT_CUSTOM_ID_AND_URL',
      message: 'A custom id and url cannot both be specified',
    })
  else if (!link && button.url)
    flaws.push({ path: [...path, 'url'], code: 'BUTTON_COMPONENT_INVALID_STYLE', message: 'Only a link has a url' })
  if (!button.label?.trim() && !button.emoji)
    flaws.push({ path: [...path, 'label'], code: 'BASE_TYPE_REQUIRED', message: 'A label or an emoji is required' })
  if (button.url) flaws.push(...urlFlaws(button.url, [...path, 'url'], ['http', 'https', 'discord']))
  return flaws
}

/** Selects of a message or a modal. */
export function selectFlaws(select: AnyComponent, path: Path): Flaw[] {
  const flaws: Flaw[] = []
  const min = select.min_values ?? 1
  const max = select.max_values ?? 1
  const options = select.options
  if (min > max)
    flaws.push({
      path: [...path, 'min_values'],
      code: 'SELECT_COMPONENT_MIN_OVER_MAX',
      message: 'Must be at most max_values.',
    })
  if (!options) return flaws
  if (options.length < max || options.length < min)
    flaws.push({
      path: [...path, 'options'],
      code: 'BASE_TYPE_BAD_LENGTH',
      message: `Must be between ${Math.max(min, max)} and 25 in length.`,
    })
  const values = options.map(({ value }) => value)
  for (const [index, option] of options.entries()) {
    const at = [...path, 'options', index]
    if (!option.label.trim()) flaws.push(required([...at, 'label']))
    if (!option.value.trim()) flaws.push(required([...at, 'value']))
    if (values.indexOf(option.value) < index)
      flaws.push({
        path: [...at, 'value'],
        code: 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        message: 'The specified option value is already used',
      })
  }
  if (options.filter((option) => option.default).length > max)
    flaws.push({
      path: [...path, 'options'],
      code: 'SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES',
      message: 'More options are marked default than can be selected',
    })
  return flaws
}

export function required(path: Path): Flaw {
  return { path, code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }
}

function length(text: string | null | undefined): number {
  return text ? [...text].length : 0
}
