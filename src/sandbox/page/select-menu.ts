/**
 * A select as Discord draws it: a button with a list of options that have descriptions. The component library's one
 * shows a picture of a select only; this one can be used, with mouse and keyboard.
 */
import { html, LitElement, nothing, type TemplateResult } from 'lit'

export interface SelectOption {
  label: string
  value: string
  description?: string | undefined
  emoji?: string | undefined
}

export class SelectMenu extends LitElement {
  static override properties = {
    options: { attribute: false },
    chosen: { attribute: false },
    placeholder: {},
    label: {},
    min: { type: Number },
    max: { type: Number },
    disabled: { type: Boolean },
    isOpen: { state: true },
    active: { state: true },
    upward: { state: true },
  }

  declare options: SelectOption[]
  declare chosen: string[]
  declare placeholder: string
  declare label: string
  declare min: number
  declare max: number
  declare disabled: boolean
  declare isOpen: boolean
  declare active: number
  declare upward: boolean

  constructor() {
    super()
    this.options = []
    this.chosen = []
    this.placeholder = 'Make a selection'
    this.label = ''
    this.min = 1
    this.max = 1
    this.disabled = false
    this.isOpen = false
    this.active = 0
    this.upward = false
    this.addEventListener('focusout', (event) => {
      if (!this.contains(event.relatedTarget as Node | null)) this.#closeList()
    })
  }

  /** Drawn into the page itself, so that the page's styles and labels reach it. */
  override createRenderRoot(): HTMLElement {
    return this
  }

  override render(): TemplateResult {
    const shown = this.options.filter(({ value }) => this.chosen.includes(value))
    const text = shown.map(({ label }) => label).join(', ') || this.placeholder
    return html`
      <button
        type="button"
        class="select-button ${shown.length > 0 ? 'has-choice' : ''}"
        role="combobox"
        aria-haspopup="listbox"
        aria-expanded=${this.isOpen}
        aria-label=${`${this.label || this.placeholder}${shown.length > 0 ? `: ${text}` : ''}`}
        aria-activedescendant=${this.isOpen ? `${this.id}-${this.active}` : nothing}
        ?disabled=${this.disabled}
        @click=${() => (this.isOpen ? this.#closeList() : this.#openList())}
        @keydown=${this.#onKey}
      >
        <span>${text}</span><span class="chevron" aria-hidden="true"></span>
      </button>
      ${this.isOpen ? this.#list() : nothing}
    `
  }

  #list(): TemplateResult {
    return html`<div class="select-list ${this.upward ? 'up' : ''}" role="listbox" aria-multiselectable=${this.max > 1}>
      ${this.options.map(
        (option, index) => html`<div
          id="${this.id}-${index}"
          role="option"
          class="select-option ${index === this.active ? 'active' : ''}"
          aria-selected=${this.chosen.includes(option.value)}
          @pointermove=${() => {
            this.active = index
          }}
          @pointerdown=${(event: Event) => event.preventDefault()}
          @click=${() => this.#toggle(index)}
        >
          ${option.emoji ? html`<span aria-hidden="true">${option.emoji}</span>` : nothing}
          <span class="select-text"
            ><span dir="auto">${option.label}</span
            >${option.description ? html`<small dir="auto">${option.description}</small>` : nothing}</span
          >
          <span class="select-mark" aria-hidden="true">${this.chosen.includes(option.value) ? '✓' : ''}</span>
        </div>`,
      )}
    </div>`
  }

  #onKey = (event: KeyboardEvent): void => {
    const last = this.options.length - 1
    const moves: Record<string, number> = {
      ArrowDown: Math.min(this.active + 1, last),
      ArrowUp: Math.max(this.active - 1, 0),
      Home: 0,
      End: last,
    }
    const to = moves[event.key]
    if (to !== undefined) {
      event.preventDefault()
      if (this.isOpen) this.active = to
      else this.#openList()
    } else if (event.key === 'Escape' && this.isOpen) {
      event.preventDefault()
      event.stopPropagation()
      this.#closeList()
    } else if ((event.key === 'Enter' || event.key === ' ') && this.isOpen) {
      event.preventDefault()
      this.#toggle(this.active)
    }
  }

  #openList(): void {
    this.isOpen = true
    // Near the lower edge it would open behind the message box.
    this.upward = this.getBoundingClientRect().bottom > innerHeight * 0.6
    this.active = Math.max(
      0,
      this.options.findIndex(({ value }) => this.chosen.includes(value)),
    )
  }

  /** Several choices are sent when the list closes, one choice at once: as Discord does. */
  #closeList(): void {
    if (!this.isOpen) return
    this.isOpen = false
    if (this.max > 1 && this.chosen.length >= this.min) this.#send()
  }

  #toggle(index: number): void {
    const value = this.options[index]?.value
    if (value === undefined) return
    if (this.max === 1) {
      this.chosen = [value]
      this.isOpen = false
      this.#send()
    } else if (this.chosen.includes(value)) this.chosen = this.chosen.filter((other) => other !== value)
    else if (this.chosen.length < this.max) this.chosen = [...this.chosen, value]
  }

  #sent = ''

  #send(): void {
    const sent = this.chosen.join('\n')
    // Closing a list again without another choice sends nothing twice.
    if (this.max > 1 && sent === this.#sent) return
    this.#sent = sent
    this.dispatchEvent(new CustomEvent('chosen', { detail: this.chosen }))
  }

  override updated(): void {
    if (this.isOpen) this.querySelector('.select-option.active')?.scrollIntoView({ block: 'nearest' })
  }
}

customElements.define('select-menu', SelectMenu)
