/** The message box while a command is being filled in: its name, one field an option, and what else could be set. */
import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { api, reason } from './api.ts'
import {
  type Choice,
  type CommandEntry,
  type Field,
  isNumeric,
  knownChoices,
  type Option,
  readField,
  readOptions,
} from './commands.ts'
import { sendIcon } from './icons.ts'
import { PICKER_ID, PickerHost } from './picker.ts'

const COMPLETE_AFTER_MS = 120

class CommandForm extends PickerHost {
  static override properties = { ...PickerHost.properties, entry: { attribute: false }, rest: {} }

  declare entry: CommandEntry
  /** What was already typed after the command's name. */
  declare rest: string
  #fields: Field[] = []
  #focused = 0
  #errors = new Map<string, string>()
  /** Counts the questions to the bot, so that an answer to what has been typed over is dropped. */
  #asked = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has('entry')) return
    const { options } = this.entry
    const required = options.filter((option) => option.required)
    const shown = required.length === 0 && this.rest.trim() !== '' ? options.slice(0, 1) : required
    this.#fields = shown.map((option, index) => ({ option, text: index === 0 ? this.rest : '' }))
    this.#errors.clear()
    this.#focus(0)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  override render(): TemplateResult {
    const { name, description, options } = this.entry
    const left = options.filter((option) => !this.#fields.some((field) => field.option === option))
    const about = this.#fields[this.#focused]?.option
    const error = about && this.#errors.get(about.name)
    return html`
      ${this.drawPicker()}
      <div class="command-hint ${error ? 'wrong' : ''}" id="command-hint" role="status">
        <strong>${about?.label ?? `/${name}`}</strong> ${error ?? about?.description ?? description}
      </div>
      <div class="box command" role="group" aria-label="Command /${name}" @keydown=${this.#onKey}>
        <span class="command-name">/${name}</span>
        ${this.#fields.map((field, index) => this.#drawField(field, index))}
        ${left.map(
          (option) => html`<button
            type="button"
            class="option-add"
            title=${option.description}
            aria-label="Add option ${option.label}: ${option.description}"
            @click=${() => this.#add(option)}
          >
            + ${option.label}
          </button>`,
        )}
        <span class="grow"></span>
        <button
          type="button"
          class="box-button"
          aria-label="Cancel the command"
          title="Cancel"
          @click=${() => this.client.leaveCommand('')}
        >
          ✕
        </button>
        <button type="button" class="box-button send" aria-label="Send" title="Send" @click=${() => this.#submit()}>${sendIcon()}</button>
      </div>
    `
  }

  #drawField(field: Field, index: number): TemplateResult {
    const { option, text } = field
    const opens = this.picker !== undefined && this.#focused === index
    const wrong = this.#errors.has(option.name)
    return html`<label class="field ${wrong ? 'wrong' : ''}">
      <span class="field-name">${option.label}${option.required ? html`<b aria-hidden="true">*</b>` : nothing}</span>
      <span class="field-size" data-text=${text}
        ><input
          aria-label="${option.label}${option.required ? ', required' : ''}: ${option.description}"
          aria-required=${option.required ?? false}
          aria-invalid=${wrong}
          aria-describedby="command-hint"
          role="combobox"
          aria-expanded=${opens}
          aria-controls=${PICKER_ID}
          aria-autocomplete="list"
          aria-activedescendant=${(opens && this.activeId) || nothing}
          autocomplete="off"
          inputmode=${isNumeric(option) ? 'decimal' : 'text'}
          size="1"
          maxlength=${option.max_length ?? 6000}
          .value=${live(text)}
          @focus=${() => this.#offer(field)}
          @blur=${() => this.closePicker()}
          @input=${(event: Event) => this.#onInput(field, (event.target as HTMLInputElement).value)}
          @keydown=${(event: KeyboardEvent) => this.#onFieldKey(field, event)}
      /></span>
    </label>`
  }

  protected override closePicker(): void {
    clearTimeout(this.#timer)
    this.#asked++
    super.closePicker()
  }

  #focus(index: number): void {
    this.#focused = index
    this.requestUpdate()
    void this.updateComplete.then(() => {
      const inputs = this.querySelectorAll('input')
      // A command without fields is sent by its button: Enter works at once.
      const target = inputs[index] ?? this.querySelector<HTMLElement>('.send')
      target?.focus()
    })
  }

  #add(option: Option): void {
    this.#fields = [...this.#fields, { option, text: '' }]
    this.#focus(this.#fields.length - 1)
  }

  #onInput(field: Field, text: string): void {
    field.text = text
    delete field.picked
    this.#errors.delete(field.option.name)
    this.#offer(field)
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    this.client.leaveCommand('')
  }

  #onFieldKey(field: Field, event: KeyboardEvent): void {
    if (event.isComposing || this.handlePickerKey(event)) return
    if (event.key === 'Enter') {
      event.preventDefault()
      this.#submit()
    } else if (event.key === 'Backspace' && field.text === '') {
      event.preventDefault()
      if (!field.option.required) this.#remove(field)
      else if (this.#fields[0] === field) this.client.leaveCommand(`/${this.entry.name}`)
    }
  }

  #remove(field: Field): void {
    this.#fields = this.#fields.filter((other) => other !== field)
    this.closePicker()
    this.#focus(Math.max(0, this.#fields.length - 1))
  }

  /** Offers the choices of a field: at once where they are known, else the bot's, which are asked for. */
  #offer(field: Field): void {
    const { option } = field
    this.#focused = this.#fields.indexOf(field)
    clearTimeout(this.#timer)
    const asked = ++this.#asked
    const known = knownChoices(option, this.client.state)
    if (known) {
      const typed = field.picked === undefined ? field.text.trim().toLowerCase() : ''
      this.#showChoices(
        field,
        known.filter(({ name }) => name.toLowerCase().includes(typed)),
        0,
      )
    } else if (option.autocomplete) {
      const loading = { title: option.description, items: [], active: -1, note: 'Loading options…' }
      this.show(this.picker?.title === option.description ? this.picker : loading)
      this.#timer = setTimeout(() => void this.#complete(field, asked), COMPLETE_AFTER_MS)
    } else this.show(undefined)
  }

  async #complete(field: Field, asked: number): Promise<void> {
    const { client, entry } = this
    const { name, description: title } = field.option
    const options = { ...readOptions(this.#fields, client.state), [name]: field.text }
    const request = { as: client.as, channel: client.channel, command: entry.command.id, path: entry.path }
    const outcome = await api
      .autocomplete({ ...request, options, focused: name })
      .catch((error) => ({ kind: 'failed' as const, text: reason(error) }))
    if (asked !== this.#asked) return
    if (outcome.kind === 'choices') this.#showChoices(field, outcome.choices, -1)
    else this.show({ title, items: [], active: -1, note: 'Loading options failed' })
  }

  /** Known choices start with the first one active; the bot's with none, because free text is an answer too. */
  #showChoices(field: Field, choices: readonly Choice[], active: number): void {
    const title = field.option.description
    const items = choices.map(({ name, value }) => ({ label: name, take: () => this.#take(field, name, value) }))
    const note = items.length === 0 ? { note: 'No options match your search' } : {}
    this.show({ title, items, active: items.length === 0 ? -1 : active, ...note })
  }

  #take(field: Field, name: string, value: Choice['value']): void {
    field.text = name
    field.picked = value
    this.#errors.delete(field.option.name)
    const next = this.#fields.findIndex(({ option, text }) => option.required && text === '')
    this.#focus(next < 0 ? this.#focused : next)
    this.closePicker()
  }

  #submit(): void {
    const { client, entry } = this
    this.#errors.clear()
    for (const field of this.#fields) {
      const { error } = readField(field, knownChoices(field.option, client.state))
      if (error) this.#errors.set(field.option.name, error)
    }
    const wrong = this.#fields.findIndex(({ option }) => this.#errors.has(option.name))
    this.closePicker()
    if (wrong >= 0) {
      this.#focus(wrong)
      return
    }
    client.leaveCommand('')
    void client.run(entry, readOptions(this.#fields, client.state))
  }
}

customElements.define('command-form', CommandForm)
