/** What can be done with a message: reply, copy, and the bot's message commands under *Apps*. */
import { html, nothing, type TemplateResult } from 'lit'
import { ref } from 'lit/directives/ref.js'
import { styleMap } from 'lit/directives/style-map.js'
import type { PageMessage } from '../protocol.ts'
import type { Client } from './client.ts'
import { messageCommands } from './commands.ts'
import { messageText } from './message-view.ts'
import { EPHEMERAL } from './page-state.ts'

export interface OpenMessageMenu {
  message: PageMessage
  at: { x: number; y: number }
}

interface Item {
  label: string
  act: () => void
}

export function drawMessageMenu({ message, at }: OpenMessageMenu, client: Client, close: () => void): TemplateResult {
  const ephemeral = Boolean((message.flags ?? 0) & EPHEMERAL)
  const commands = messageCommands(client.state.commands, message.channel_id)
  const reply = () => client.update({ replyTo: { message, ping: message.author.id !== client.state.me.id } })
  const own: Item[] = [
    { label: 'Reply', act: reply },
    { label: 'Copy text', act: () => void navigator.clipboard?.writeText(messageText(message, client)) },
  ]
  const apps = commands.map(
    (command): Item => ({
      label: command.name_localizations?.[client.state.locale as 'de'] ?? command.name,
      act: () => void client.useOn(message, command),
    }),
  )
  const draw = ({ label, act }: Item) => html`<button
    type="button"
    role="menuitem"
    class="menu-item"
    @click=${() => {
      close()
      act()
    }}
  >
    ${label}
  </button>`
  return html`<div class="menu-backdrop" @click=${close} @contextmenu=${(event: Event) => {
    event.preventDefault()
    close()
  }}></div>
  <div
    class="menu"
    role="menu"
    aria-label="Message"
    style=${styleMap({ '--x': `${at.x}px`, '--y': `${at.y}px` })}
    @keydown=${(event: KeyboardEvent) => onKey(event, close)}
    ${ref(focusFirst)}
  >
    ${ephemeral ? own.slice(1).map(draw) : own.map(draw)}
    ${apps.length > 0 && !ephemeral ? html`<div class="menu-title" aria-hidden="true">Apps</div>${apps.map(draw)}` : nothing}
  </div>`
}

function focusFirst(menu: Element | undefined): void {
  if (!(menu instanceof HTMLElement)) return
  // Its buttons are there a moment later.
  queueMicrotask(() => {
    keepInside(menu)
    menu.querySelector('button')?.focus()
  })
}

/** Near an edge the menu opens to the other side. */
function keepInside(menu: HTMLElement): void {
  const { right, bottom } = menu.getBoundingClientRect()
  if (right > innerWidth - 8) menu.style.translate = `${Math.min(0, innerWidth - 8 - right)}px 0`
  if (bottom > innerHeight - 8) menu.style.marginTop = `${innerHeight - 8 - bottom}px`
}

function onKey(event: KeyboardEvent, close: () => void): void {
  const items = [...(event.currentTarget as HTMLElement).querySelectorAll('button')]
  const at = items.indexOf(document.activeElement as HTMLButtonElement)
  const to: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }
  const next = to[event.key]
  if (event.key === 'Escape' || event.key === 'Tab') close()
  else if (next === undefined) return
  else items.at(next % items.length)?.focus()
  event.preventDefault()
}
