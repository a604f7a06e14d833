/** Draws message components: rows of buttons and selects, and Components V2, which the component library lacks. */
import type {
  APIActionRowComponent,
  APIButtonComponent,
  APIComponentInMessageActionRow,
  APIContainerComponent,
  APIFileComponent,
  APIMediaGalleryComponent,
  APIMessageComponent,
  APISectionComponent,
  APISelectMenuComponent,
  APISeparatorComponent,
  APITextDisplayComponent,
  APIThumbnailComponent,
} from 'discord-api-types/v10'
import { html, nothing, type TemplateResult } from 'lit'
import { styleMap } from 'lit/directives/style-map.js'
import type { PageMessage } from '../protocol.ts'
import type { Client } from './client.ts'
import { knownChoices } from './commands.ts'
import { fileIcon } from './icons.ts'
import { drawMarkdown } from './markdown-view.ts'
import './select-menu.ts'
import type { SelectOption } from './select-menu.ts'

/** What a component needs to be drawn and pressed. */
export interface ComponentContext {
  client: Client
  message: PageMessage
}

type Drawer = (component: never, context: ComponentContext) => TemplateResult

/** By Discord's component type. */
const DRAWERS: Record<number, Drawer> = {
  1: drawRow,
  2: drawButton,
  3: drawSelect,
  5: drawSelect,
  6: drawSelect,
  7: drawSelect,
  8: drawSelect,
  9: drawSection,
  10: drawText,
  11: drawThumbnail,
  12: drawGallery,
  13: drawFile,
  14: drawSeparator,
  17: drawContainer,
}

/** A message's components, from top to bottom. */
export function drawComponents(components: readonly APIMessageComponent[], context: ComponentContext) {
  return components.map((component) => {
    const drawer = DRAWERS[component.type]
    return drawer
      ? drawer(component as never, context)
      : html`<p class="unknown">A component of type ${component.type}</p>`
  })
}

function drawRow(row: APIActionRowComponent<APIComponentInMessageActionRow>, context: ComponentContext) {
  return html`<div class="action-row">${drawComponents(row.components, context)}</div>`
}

const BUTTON_STYLES = ['', 'primary', 'secondary', 'success', 'danger', 'link', 'premium']

function drawButton(button: APIButtonComponent, { client, message }: ComponentContext) {
  const style = BUTTON_STYLES[button.style] ?? 'secondary'
  const emoji =
    'emoji' in button && button.emoji ? html`<span aria-hidden="true">${emojiText(button.emoji)}</span>` : nothing
  const label = html`${emoji}<span dir="auto">${'label' in button ? button.label : 'Premium'}</span>`
  if ('url' in button && /^https?:/i.test(button.url) && !button.disabled) {
    return html`<a class="button link" href=${button.url} target="_blank" rel="noopener noreferrer nofollow" title=${button.url}
      >${label}<span class="launch" aria-label="(opens a new tab)">↗</span></a
    >`
  }
  const id = 'custom_id' in button ? button.custom_id : undefined
  const busy = client.pressing.has(`${message.id}/${id}`)
  return html`<button
    type="button"
    class="button ${style}"
    aria-busy=${busy}
    ?disabled=${button.disabled || id === undefined || busy}
    @click=${() => id !== undefined && client.press(message, id)}
  >
    ${label}
  </button>`
}

function drawSelect(select: APISelectMenuComponent, { client, message }: ComponentContext) {
  const id = select.custom_id
  return html`<select-menu
    id="select-${message.id}-${id}"
    .options=${selectOptions(select, client)}
    .chosen=${defaultValues(select)}
    placeholder=${select.placeholder ?? 'Make a selection'}
    min=${select.min_values ?? 1}
    max=${select.max_values ?? 1}
    ?disabled=${select.disabled || client.pressing.has(`${message.id}/${id}`)}
    @chosen=${(event: CustomEvent<string[]>) => client.press(message, id, event.detail)}
  ></select-menu>`
}

// By component type, the option type of a slash command that offers the same.
const ENTITY_SELECTS: Record<number, number> = { 5: 6, 6: 8, 7: 9, 8: 7 }

/** What a select offers: its own options, or the people, roles or channels of the sandbox. */
export function selectOptions(select: APISelectMenuComponent, client: Client): SelectOption[] {
  if ('options' in select) {
    return select.options.map(({ label, value, description, emoji }) => ({
      label,
      value,
      description,
      emoji: emoji && emojiText(emoji),
    }))
  }
  const like = { type: ENTITY_SELECTS[select.type] ?? 6, name: '', description: '' }
  return (knownChoices(like, client.state) ?? []).map(({ name, value }) => ({ label: name, value: String(value) }))
}

/** What is chosen in a select before anybody chooses. */
export function defaultValues(select: APISelectMenuComponent): string[] {
  if ('options' in select) return select.options.filter((option) => option.default).map(({ value }) => value)
  return ('default_values' in select ? (select.default_values ?? []) : []).map(({ id }) => id)
}

function drawText(text: APITextDisplayComponent, { client }: ComponentContext) {
  return html`<div class="text-display">${drawMarkdown(text.content, client.names)}</div>`
}

function drawContainer(container: APIContainerComponent, context: ComponentContext) {
  const accent = container.accent_color
  const style = accent === undefined || accent === null ? {} : { '--accent': cssColor(accent) }
  return cover(
    container.spoiler,
    html`<div class="container" style=${styleMap(style)}>${drawComponents(container.components, context)}</div>`,
  )
}

function drawSection(section: APISectionComponent, context: ComponentContext) {
  return html`<div class="section">
    <div>${drawComponents(section.components, context)}</div>
    <div class="accessory">${drawComponents([section.accessory], context)}</div>
  </div>`
}

function drawSeparator(separator: APISeparatorComponent) {
  const size = separator.spacing === 2 ? 'large' : ''
  return separator.divider === false ? html`<div class="space ${size}"></div>` : html`<hr class="divider ${size}" />`
}

function drawThumbnail(thumbnail: APIThumbnailComponent) {
  return cover(thumbnail.spoiler, drawImage(thumbnail.media.url, thumbnail.description, 'thumbnail'))
}

function drawGallery(gallery: APIMediaGalleryComponent) {
  const items = gallery.items.map((item) =>
    cover(item.spoiler, drawImage(item.media.url, item.description, 'gallery-item')),
  )
  return html`<div class="gallery count-${Math.min(items.length, 3)}">${items}</div>`
}

function drawFile(file: APIFileComponent) {
  const name = decodeURIComponent(file.file.url.split('/').at(-1) ?? 'file')
  return cover(file.spoiler, drawFileLink(file.file.url, name))
}

/** A file to download, as a box with its name. */
export function drawFileLink(url: string, name: string, size?: number): TemplateResult {
  return html`<a class="file" href=${webUrl(url)} download=${name}
    >${fileIcon()}<span dir="auto">${name}</span>${size === undefined ? nothing : html`<small>${size} bytes</small>`}</a
  >`
}

/** An image, or its description where it cannot be shown. */
export function drawImage(url: string, description: string | null | undefined, kind: string): TemplateResult {
  return html`<img class=${kind} src=${webUrl(url)} alt=${description ?? ''} title=${description ?? nothing} loading="lazy" />`
}

/** `#5865f2` for Discord's number. */
export const cssColor = (color: number): string => `#${color.toString(16).padStart(6, '0')}`

const webUrl = (url: string): string => (/^(?:https?:|\/)/i.test(url) ? url : 'about:blank')

const emojiText = (emoji: { id?: string | null; name?: string | null }): string =>
  emoji.id ? `:${emoji.name ?? 'emoji'}:` : (emoji.name ?? '')

const cover = (spoiler: boolean | undefined, content: TemplateResult): TemplateResult =>
  spoiler ? html`<details class="spoiler-cover"><summary>Spoiler</summary>${content}</details>` : content
