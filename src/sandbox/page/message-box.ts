/** Where messages are written: `/` offers commands, `@` and `#` mentions, Enter sends. */
import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { commandEntries, matchEntries, spelledOut } from './commands.ts'
import { sendIcon } from './icons.ts'
import { encodeMentions, matchMentions, mentionables, openMention } from './mentions.ts'
import { PICKER_ID, PickerHost, type PickerItem } from './picker.ts'

class MessageBox extends PickerHost {
  #text = ''
  /** What the picked mentions stand for, by their label. */
  #picked = new Map<string, string>()

  override willUpdate(): void {
    const { draft } = this.client
    if (draft === undefined) return
    this.client.draft = undefined
    this.#text = draft
    this.#offer(draft.length)
    this.#focus(draft.length)
  }

  override render(): TemplateResult {
    const { here, state } = this.client
    const where = here?.type === 1 ? `@${here.name}` : `#${here?.name}`
    const mention = `Mention ${state.bot.name}`
    return html`
      ${this.drawPicker()}
      <div class="box">
        <textarea
          rows="1"
          aria-label="Message ${where}"
          placeholder=${`Message ${where}`}
          maxlength="4000"
          role="combobox"
          aria-expanded=${this.picker !== undefined}
          aria-controls=${PICKER_ID}
          aria-autocomplete="list"
          aria-activedescendant=${this.activeId ?? nothing}
          .value=${live(this.#text)}
          @input=${this.#onInput}
          @keydown=${this.#onKey}
          @blur=${() => this.closePicker()}
        ></textarea>
        <button type="button" class="box-button" aria-label="Commands" title="Commands" @click=${() => this.#start('/')}>
          /
        </button>
        <button
          type="button"
          class="box-button"
          aria-label=${mention}
          title=${mention}
          @click=${() => this.#start(`@${state.bot.name} `)}
        >
          @
        </button>
        <button type="button" class="box-button send" aria-label="Send" title="Send" @click=${() => this.#say()}>${sendIcon()}</button>
      </div>
    `
  }

  override updated(): void {
    super.updated()
    const box = this.querySelector('textarea')
    if (!box) return
    box.style.height = 'auto'
    box.style.height = `${Math.min(box.scrollHeight, 200)}px`
  }

  #start(text: string): void {
    this.client.update({ draft: text })
  }

  #focus(caret: number): void {
    void this.updateComplete.then(() => {
      const box = this.querySelector('textarea')
      box?.focus()
      box?.setSelectionRange(caret, caret)
    })
  }

  #onInput = (event: Event): void => {
    const box = event.target as HTMLTextAreaElement
    this.#text = box.value
    this.#offer(box.selectionStart)
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.isComposing || this.handlePickerKey(event)) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      this.#say()
    } else if (event.key === 'Escape') this.client.update({ replyTo: undefined })
  }

  #offer(caret: number): void {
    const command = this.#text.startsWith('/') && !this.#text.includes('\n')
    if (command) this.#offerCommands(this.#text.slice(1))
    else this.#offerMentions(caret)
  }

  #offerMentions(caret: number): void {
    const typed = openMention(this.#text, caret)
    const found = typed === undefined ? [] : matchMentions(mentionables(this.client.state), typed)
    const items = found.map(({ label, code, detail }): PickerItem => {
      const take = () => {
        this.#picked.set(label, code)
        const before = `${this.#text.slice(0, caret - (typed?.length ?? 0))}${label} `
        this.#text = before + this.#text.slice(caret).trimStart()
        this.closePicker()
        this.#focus(before.length)
      }
      return { label, detail, take }
    })
    this.show(items.length > 0 ? { title: 'Members, roles and channels', items, active: 0 } : undefined)
  }

  #offerCommands(typed: string): void {
    const { client } = this
    const entries = commandEntries(client.state.commands, client.channel, client.state.locale)
    const spelled = spelledOut(entries, typed)
    if (spelled) {
      this.#text = ''
      this.closePicker()
      client.fill(spelled.entry, spelled.rest)
      return
    }
    const items = matchEntries(entries, typed).map((entry): PickerItem => {
      const hint = entry.options.map(({ name, label = name, required }) => (required ? label : `${label}?`)).join('  ')
      const take = () => {
        this.#text = ''
        this.closePicker()
        client.fill(entry)
      }
      return { label: `/${entry.name}`, detail: entry.description, hint, take }
    })
    const title = `Commands of ${client.state.bot.name}`
    if (items.length > 0) this.show({ title, items, active: 0 })
    else this.show({ title, items, active: -1, note: 'No such command here. Enter sends it as a message.' })
  }

  #say(): void {
    const content = encodeMentions(this.#text.trim(), mentionables(this.client.state), this.#picked)
    if (content === '') return
    this.#text = ''
    this.#picked.clear()
    this.closePicker()
    void this.client.say(content)
  }
}

customElements.define('message-box', MessageBox)
