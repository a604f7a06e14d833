/** The page as a whole: channels, messages, message box, refusals, and the switch between the two people. */
import '@skyra/discord-components-core/discord-messages.js'
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { PageChannel, UserKey } from '../protocol.ts'
import type { Client } from './client.ts'
import { localesOf } from './commands.ts'
import './command-form.ts'
import { drawIntro } from './intro.ts'
import './message-box.ts'
import { drawMessageMenu, type OpenMessageMenu } from './message-menu.ts'
import { drawMessage, drawNotice, messageText, type OpenMenu } from './message-view.ts'
import './modal-dialog.ts'
import { nameOf } from './page-state.ts'
import { drawRefusal } from './refusal-view.ts'

/** What the page itself shows or hides; nothing of it concerns the bot. */
export interface Chrome {
  drawer: boolean
  intro: boolean
  menu: OpenMessageMenu | undefined
}

export interface AppContext {
  client: Client
  chrome: Chrome
  setChrome(change: Partial<Chrome>): void
  become(as: UserKey): void
  /** Counts the drawings, so that the message box is drawn again with the page. */
  revision: number
}

export function drawApp(context: AppContext): TemplateResult {
  const { client, chrome, setChrome, revision } = context
  return html`
    <div class="app ${chrome.drawer ? 'drawer-open' : ''}">
      ${drawSidebar(context)}
      <main>
        ${drawHeader(context)} ${chrome.intro ? drawIntro(context) : nothing} ${drawHistory(context)}
        <div class="refusals">${client.refusals.map(({ id, refusal }) => drawRefusal(id, refusal, client))}</div>
        <div class="bottom">
          ${drawReplyTo(client)}
          ${
            client.filling
              ? html`<command-form
                  .client=${client}
                  .entry=${client.filling.entry}
                  .rest=${client.filling.rest}
                  revision=${revision}
                ></command-form>`
              : html`<message-box .client=${client} revision=${revision}></message-box>`
          }
          ${drawTyping(client)}
        </div>
      </main>
    </div>
    ${chrome.menu ? drawMessageMenu(chrome.menu, client, () => setChrome({ menu: undefined })) : nothing}
    ${client.modal ? html`<modal-dialog .client=${client} .open=${client.modal}></modal-dialog>` : nothing}
    <div class="visually-hidden" aria-live="polite">${client.announcement}</div>
  `
}

function drawSidebar({ client, setChrome }: AppContext): TemplateResult {
  const { state } = client
  const link = (channel: PageChannel) => html`<li>
    <button
      type="button"
      class="channel ${client.unread.has(channel.id) ? 'unread' : ''}"
      aria-current=${channel.id === client.channel ? 'page' : 'false'}
      @click=${() => {
        setChrome({ drawer: false })
        client.open(channel.id)
      }}
    >
      <span class="hash" aria-hidden="true">${channel.type === 1 ? '@' : '#'}</span>
      <span>${channel.name}</span>
      ${client.unread.has(channel.id) ? html`<span class="visually-hidden">(unread)</span>` : nothing}
    </button>
  </li>`
  const guildChannels = state.channels.filter(({ type, isAway }) => type === 0 && !isAway)
  const away = state.channels.filter(({ isAway }) => isAway)
  return html`<nav class="sidebar" aria-label="Channels">
      <h1 dir="auto">${state.guild.name}</h1>
      <h2>Text channels</h2>
      <ul>
        ${guildChannels.map(link)}
      </ul>
      ${
        away.length === 0
          ? nothing
          : html`<h2>A server without ${state.bot.name}</h2>
              <ul>
                ${away.map(link)}
              </ul>`
      }
      <h2>Direct messages</h2>
      <ul>
        ${state.channels.filter(({ type }) => type === 1).map(link)}
      </ul>
      <p class="local">A local Discord. Nothing leaves this machine.</p>
    </nav>
    <button type="button" class="scrim" aria-label="Close the channel list" @click=${() => setChrome({ drawer: false })}></button>`
}

function drawHeader({ client, chrome, setChrome, become }: AppContext): TemplateResult {
  const { here, state, as } = client
  const person = (key: UserKey, label: string) =>
    html`<button type="button" class="who-button" aria-pressed=${key === as} @click=${() => become(key)}>${label}</button>`
  const locales = localesOf(state.commands)
  return html`<header class="top">
    <button
      type="button"
      class="box-button menu-button"
      aria-label="Channels"
      aria-expanded=${chrome.drawer}
      @click=${() => setChrome({ drawer: !chrome.drawer })}
    >
      ☰
    </button>
    <span class="hash" aria-hidden="true">${here?.type === 1 ? '@' : '#'}</span>
    <h2>${here?.name}</h2>
    <span class="status ${state.online ? 'online' : ''}">${state.bot.name} is ${state.online ? 'online' : 'offline'}</span>
    ${locales.length > 1 ? drawLanguages(locales, client) : nothing}
    <div class="who" role="group" aria-label="You are">
      <span class="who-label" aria-hidden="true">You are</span>${person('member', 'Member')}${person('moderator', 'Moderator')}${person('colleague', '2nd moderator')}
    </div>
    ${
      chrome.intro
        ? nothing
        : html`<button type="button" class="box-button" aria-label="How to try it" title="How to try it" @click=${() => setChrome({ intro: true })}>?</button>`
    }
  </header>`
}

function drawLanguages(locales: string[], client: Client): TemplateResult {
  const nameOfLocale = (locale: string) => new Intl.DisplayNames(locale, { type: 'language' }).of(locale) ?? locale
  return html`<select
    class="box-button language"
    aria-label="Language of your Discord"
    aria-busy=${client.isSpeaking}
    @change=${(event: Event) => void client.speak((event.target as HTMLSelectElement).value)}
  >
    ${locales.map(
      (locale) =>
        html`<option value=${locale} ?selected=${locale === client.state.locale}>${nameOfLocale(locale)}</option>`,
    )}
  </select>`
}

function drawHistory({ client, setChrome }: AppContext): TemplateResult {
  const { state, channel, here } = client
  const messages = state.messages[channel] ?? []
  const openMenu: OpenMenu = (message, at) => setChrome({ menu: { message, at } })
  return html`<div class="history" tabindex="0" role="log" aria-live="off" aria-label="Messages in ${here?.name}">
    <div class="history-start">
      <h3>${here?.type === 1 ? `Direct messages with ${here.name}` : `Welcome to #${here?.name}`}</h3>
      <p>${here?.type === 1 ? 'Only the two of you read here.' : 'This is the beginning of the channel.'}</p>
    </div>
    <discord-messages no-background>
      ${repeat(
        messages,
        ({ id }) => id,
        (message, index) => drawMessage(message, messages[index - 1], client, openMenu),
      )}
      ${client.notices.filter((notice) => notice.channel === channel).map((notice) => drawNotice(notice, client))}
    </discord-messages>
  </div>`
}

function drawReplyTo(client: Client): TemplateResult | typeof nothing {
  const { replyTo, state } = client
  if (!replyTo) return nothing
  const name = nameOf(state, replyTo.message.author)
  return html`<div class="reply-to">
    <span>Replying to <strong>${name}</strong> <span class="muted">${messageText(replyTo.message, client).slice(0, 80)}</span></span>
    <button
      type="button"
      class="text-button"
      aria-pressed=${replyTo.ping}
      @click=${() => client.update({ replyTo: { ...replyTo, ping: !replyTo.ping } })}
    >
      @ ${replyTo.ping ? 'on' : 'off'}
    </button>
    <button type="button" class="box-button" aria-label="Do not reply" @click=${() => client.update({ replyTo: undefined })}>✕</button>
  </div>`
}

function drawTyping({ typing, channel, state }: Client): TemplateResult {
  const typed = typing?.channel === channel && typing.until > Date.now()
  return html`<div class="typing">${typed ? `${state.bot.name} is typing…` : nothing}</div>`
}
