/** A modal form: texts, and labels around text inputs and selects. */
import type {
  APIComponentInModalActionRow,
  APILabelComponent,
  APIModalInteractionResponseCallbackComponent,
  APISelectMenuComponent,
  APITextInputComponent,
} from 'discord-api-types/v10'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import type { Client, OpenModal } from './client.ts'
import { defaultValues, selectOptions } from './component-view.ts'
import { drawMarkdown } from './markdown-view.ts'
import './select-menu.ts'

const ACTION_ROW = 1
const TEXT_INPUT = 4
const TEXT_DISPLAY = 10
const LABEL = 18
const PARAGRAPH = 2

class ModalDialog extends LitElement {
  static override properties = { client: { attribute: false }, open: { attribute: false } }

  declare client: Client
  declare open: OpenModal
  #values = new Map<string, string | string[]>()
  #sending = false
  #missing: string | undefined
  #before: Element | null = null

  override createRenderRoot(): HTMLElement {
    return this
  }

  override firstUpdated(): void {
    this.#before = document.activeElement
    this.querySelector('dialog')?.showModal()
    this.querySelector<HTMLElement>('.modal-fields input, .modal-fields textarea, .modal-fields button')?.focus()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    // Back to where the reader was, as after any dialog.
    if (this.#before instanceof HTMLElement) this.#before.focus()
  }

  override willUpdate(changed: Map<string, unknown>): void {
    const before = changed.get('open') as OpenModal | undefined
    if (changed.has('open')) this.#sending = false
    // The bot answered a form with another one.
    if (before && before.id !== this.open.id) this.#values.clear()
  }

  override render(): TemplateResult {
    const { title, components } = this.open.modal
    const { name } = this.client.state.bot
    return html`<dialog class="modal" aria-labelledby="modal-title" @cancel=${this.#cancel}>
      <form method="dialog" novalidate @submit=${this.#submit}>
        <header>
          <h2 id="modal-title" dir="auto">${title}</h2>
          <button type="button" class="box-button" aria-label="Close" @click=${this.#cancel}>✕</button>
        </header>
        <p class="modal-note">This form goes to ${name}. Do not share passwords or other sensitive information.</p>
        <div class="modal-fields">${components.map((component) => this.#drawComponent(component))}</div>
        ${this.open.error ? html`<p class="failed" role="alert">${this.open.error}</p>` : nothing}
        <footer>
          <button type="button" class="button secondary" @click=${this.#cancel}>Cancel</button>
          <button type="submit" class="button primary" ?disabled=${this.#sending}>Submit</button>
        </footer>
      </form>
    </dialog>`
  }

  #drawComponent(component: APIModalInteractionResponseCallbackComponent): TemplateResult {
    const type: number = component.type
    if (type === TEXT_DISPLAY && 'content' in component) return drawMarkdown(component.content, this.client.names)
    if (type === LABEL) return this.#drawLabel(component as APILabelComponent)
    if (type !== ACTION_ROW || !('components' in component)) return html`<p>A component of type ${type}</p>`
    const inputs = component.components as APIComponentInModalActionRow[]
    return html`${inputs.map((input) =>
      input.type === TEXT_INPUT ? this.#drawInput(input, input.label ?? '', undefined) : nothing,
    )}`
  }

  #drawLabel({ label, description, component }: APILabelComponent): TemplateResult {
    if (component.type === TEXT_INPUT) return this.#drawInput(component, label, description)
    if (!('custom_id' in component)) return html`<p>${label}</p>`
    const select = component as APISelectMenuComponent
    const id = select.custom_id
    const value = this.#values.get(id) ?? defaultValues(select)
    return html`<div class="modal-field">
      ${this.#drawName(label, select.required !== false, description)}
      <select-menu
        id="modal-${id}"
        .options=${selectOptions(select, this.client)}
        .chosen=${typeof value === 'string' ? [value] : value}
        label=${label}
        placeholder=${select.placeholder ?? 'Make a selection'}
        min=${select.min_values ?? 1}
        max=${select.max_values ?? 1}
        @chosen=${(event: CustomEvent<string[]>) => this.#values.set(id, event.detail)}
      ></select-menu>
      ${this.#drawMissing(id)}
    </div>`
  }

  #drawInput(input: APITextInputComponent, label: string, description: string | undefined): TemplateResult {
    const id = input.custom_id
    const value = String(this.#values.get(id) ?? input.value ?? '')
    const onInput = (event: Event) => this.#values.set(id, (event.target as HTMLInputElement).value)
    const required = input.required !== false
    const [max, hint] = [input.max_length ?? 4000, input.placeholder ?? '']
    const missing = this.#missing === id
    return html`<label class="modal-field">
      ${this.#drawName(label, required, description)}
      ${
        (input.style as number) === PARAGRAPH
          ? html`<textarea rows="4" maxlength=${max} placeholder=${hint} aria-required=${required} aria-invalid=${missing} .value=${value} @input=${onInput}></textarea>`
          : html`<input maxlength=${max} placeholder=${hint} aria-required=${required} aria-invalid=${missing} .value=${value} @input=${onInput} />`
      }
      ${this.#drawMissing(id)}
    </label>`
  }

  #drawName = (label: string, required: boolean, description: string | undefined): TemplateResult =>
    html`<span class="modal-label" dir="auto">${label}${required ? html`<b aria-hidden="true">*</b>` : nothing}</span>
      ${description ? html`<span class="modal-description" dir="auto">${description}</span>` : nothing}`

  #drawMissing = (id: string): TemplateResult | typeof nothing =>
    this.#missing === id ? html`<span class="failed" role="alert">This field is required</span>` : nothing

  #cancel = (event: Event): void => {
    event.preventDefault()
    this.client.update({ modal: undefined })
  }

  #submit = (event: Event): void => {
    event.preventDefault()
    const fields: Record<string, string | string[]> = {}
    this.#missing = undefined
    for (const input of modalInputs(this.open.modal.components)) {
      const preset = input.type === TEXT_INPUT ? (input.value ?? '') : defaultValues(input)
      const value = this.#values.get(input.custom_id) ?? preset
      const empty = typeof value === 'string' ? value.trim() === '' : value.length === 0
      if (empty && input.required !== false) this.#missing ??= input.custom_id
      fields[input.custom_id] = value
    }
    this.#sending = this.#missing === undefined
    this.requestUpdate()
    if (this.#sending) void this.client.submit(fields)
  }
}

/** Everything in a modal that takes a value. */
function modalInputs(components: readonly unknown[]): (APITextInputComponent | APISelectMenuComponent)[] {
  return (components as { component?: unknown; components?: unknown[] }[]).flatMap((component) => {
    if (component.component) return modalInputs([component.component])
    if (component.components) return modalInputs(component.components)
    return 'custom_id' in component ? [component as unknown as APITextInputComponent] : []
  })
}

customElements.define('modal-dialog', ModalDialog)
