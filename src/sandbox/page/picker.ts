/**
 * The list above the message box: commands, mentions, choices, or the bot's own completions. One line of it is active,
 * moved with the arrows, taken with Enter, Tab or a click. Whatever offers such a list extends this class.
 */
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import type { Client } from './client.ts'

export interface PickerItem {
  label: string
  /** After the label, dimmer. */
  detail?: string
  hint?: string
  take: () => void
}

export interface Picker {
  title: string
  items: PickerItem[]
  /** -1: none, so that Enter sends what was typed. */
  active: number
  note?: string
}

export const PICKER_ID = 'picker'

export class PickerHost extends LitElement {
  static override properties = { client: { attribute: false }, revision: { type: Number } }

  declare client: Client
  /** Raised by the page whenever the client has changed. */
  declare revision: number
  protected picker: Picker | undefined

  /** Drawn into the page itself, so that the page's styles and labels reach it. */
  override createRenderRoot(): HTMLElement {
    return this
  }

  protected show(picker: Picker | undefined): void {
    this.picker = picker
    this.requestUpdate()
  }

  protected closePicker(): void {
    this.show(undefined)
  }

  /** True where a key was the picker's: arrows move, Enter and Tab take, Escape closes. */
  protected handlePickerKey(event: KeyboardEvent): boolean {
    const { picker } = this
    if (!picker) return false
    const { items, active } = picker
    const takes = event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)
    // Tab takes the first of the bot's completions even where none is active.
    const item = items[active] ?? (event.key === 'Tab' ? items[0] : undefined)
    if (event.key === 'ArrowDown' && items.length > 0) this.#activate((active + 1) % items.length)
    else if (event.key === 'ArrowUp' && items.length > 0) this.#activate((active <= 0 ? items.length : active) - 1)
    else if (event.key === 'Escape') this.closePicker()
    else if (takes && item) item.take()
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  protected drawPicker(): TemplateResult | typeof nothing {
    const { picker } = this
    if (!picker) return nothing
    return html`<div class="picker">
      <div class="picker-title" id="picker-title">${picker.title}</div>
      <div role="listbox" id=${PICKER_ID} aria-labelledby="picker-title">
        ${picker.items.map((item, index) => this.#drawItem(item, index, index === picker.active))}
      </div>
      ${picker.note ? html`<div class="picker-note" role="status">${picker.note}</div>` : nothing}
    </div>`
  }

  /** The active line, as the text field that the picker belongs to names it. */
  protected get activeId(): string | undefined {
    return this.picker && this.picker.active >= 0 ? `${PICKER_ID}-${this.picker.active}` : undefined
  }

  override updated(): void {
    this.querySelector('.picker-item.active')?.scrollIntoView({ block: 'nearest' })
  }

  #activate(index: number): void {
    if (this.picker) this.show({ ...this.picker, active: index })
  }

  #drawItem(item: PickerItem, index: number, active: boolean): TemplateResult {
    return html`<div
      role="option"
      id="${PICKER_ID}-${index}"
      class="picker-item ${active ? 'active' : ''}"
      aria-selected=${active}
      @pointermove=${() => active || this.#activate(index)}
      @pointerdown=${(event: Event) => event.preventDefault()}
      @click=${item.take}
    >
      <span class="picker-label" dir="auto">${item.label}</span>
      ${item.detail ? html`<span class="picker-detail" dir="auto">${item.detail}</span>` : nothing}
      ${item.hint ? html`<span class="picker-hint">${item.hint}</span>` : nothing}
    </div>`
  }
}
