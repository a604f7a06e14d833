/** Draws one message: author, what it answers, text, embeds, components, and what can be done with it. */
import '@skyra/discord-components-core/discord-command.js'
import '@skyra/discord-components-core/discord-message.js'
import '@skyra/discord-components-core/discord-reply.js'
import { html, nothing, type TemplateResult } from 'lit'
import type { PageMessage } from '../protocol.ts'
import type { Client, Notice } from './client.ts'
import { drawComponents, drawFileLink, drawImage } from './component-view.ts'
import { drawEmbed } from './embed-view.ts'
import { eyeIcon, moreIcon, replyIcon } from './icons.ts'
import { drawMarkdown, plainText } from './markdown-view.ts'
import { avatarOf, COMPONENTS_V2, continues, EPHEMERAL, findMessage, LOADING, nameOf, pingsUser } from './page-state.ts'
import { shortTime } from './times.ts'

/** Where a message's menu is to open: at the pointer, or below the button that asked for it. */
export type OpenMenu = (message: PageMessage, at: { x: number; y: number }) => void

export function drawMessage(
  message: PageMessage,
  above: PageMessage | undefined,
  client: Client,
  openMenu: OpenMenu,
): TemplateResult {
  const { state } = client
  const flags = message.flags ?? 0
  const name = nameOf(state, message.author)
  const highlight = pingsUser(message, state.me)
  return html`<article
    class="row ${flags & EPHEMERAL ? 'ephemeral' : ''} ${highlight ? 'highlight' : ''} ${continues(message, above) ? 'continues' : ''}"
    aria-label="${name}, ${shortTime(message.timestamp)}"
    data-message=${message.id}
    @contextmenu=${(event: MouseEvent) => {
      event.preventDefault()
      openMenu(message, { x: event.clientX, y: event.clientY })
    }}
  >
    <discord-message
      .author=${name}
      .avatar=${avatarOf(state, message.author)}
      .timestamp=${shortTime(message.timestamp)}
      ?bot=${message.author.bot}
      ?edited=${message.edited_timestamp !== null && message.edited_timestamp !== undefined && !(flags & COMPONENTS_V2)}
      ?message-body-only=${continues(message, above)}
    >
      ${drawOrigin(message, client)}
      ${flags & LOADING && !message.content ? drawThinking(name) : drawBody(message, client)}
      <div slot="components">${drawFoot(message, client)}</div>
    </discord-message>
    ${drawTools(message, client, openMenu)}
  </article>`
}

/** A command on its way, or one that came to nothing: a line of the page's own. */
export function drawNotice(notice: Notice, client: Client): TemplateResult {
  const { state } = client
  const failed = notice.kind === 'failed'
  return html`<article class="row ${failed ? 'ephemeral' : 'sending'}">
    <discord-message .author=${state.bot.name} .avatar=${avatarOf(state, state.bot)} .timestamp=${'now'} bot>
      ${
        notice.what === undefined
          ? nothing
          : html`<discord-command
              slot="reply"
              .author=${state.me.name}
              .avatar=${avatarOf(state, state.me)}
              .command=${notice.what}
            ></discord-command>`
      }
      ${failed ? html`<span class="failed">${notice.text}</span>` : html`<span class="muted">Sending command…</span>`}
      ${failed ? html`<div slot="components">${drawOnlyYou(() => client.dismissNotice(notice.id))}</div>` : nothing}
    </discord-message>
  </article>`
}

/** What a message is in plain words, for reply previews and the live region. */
export function messageText(message: PageMessage, client: Client): string {
  const texts = [message.content, ...(message.embeds ?? []).flatMap(({ title, description }) => [title, description])]
  collectTexts(message.components ?? [], texts)
  return plainText(texts.filter(Boolean).join(' '), client.names)
}

function drawOrigin(message: PageMessage, client: Client): TemplateResult | typeof nothing {
  const { state } = client
  if (message.interaction) {
    const { user, name } = message.interaction
    const slash = !state.commands.some(({ command }) => command.type === 3 && command.name === name)
    return html`<discord-command
      slot="reply"
      .author=${nameOf(state, user)}
      .avatar=${avatarOf(state, user)}
      .command=${slash ? `/${name}` : name}
    ></discord-command>`
  }
  if (!message.message_reference) return nothing
  const { message_id: id = '' } = message.message_reference
  const target = message.referenced_message ? findMessage(state, message.referenced_message.id) : findMessage(state, id)
  if (!target) return html`<discord-reply slot="reply" deleted></discord-reply>`
  return html`<discord-reply
    slot="reply"
    .author=${nameOf(state, target.author)}
    .avatar=${avatarOf(state, target.author)}
    ?bot=${target.author.bot}
    ?mentions=${message.mentions.some((user) => user.id === target.author.id)}
    >${messageText(target, client).slice(0, 120) || 'Press to see the message'}</discord-reply
  >`
}

function drawBody(message: PageMessage, client: Client) {
  // Files of such a message are seen only where a component shows them.
  const isOfComponents = ((message.flags ?? 0) & COMPONENTS_V2) !== 0
  return [
    message.content ? drawMarkdown(message.content, client.names) : nothing,
    ...(isOfComponents ? [] : (message.attachments ?? [])).map(({ url, filename, size, content_type, description }) =>
      content_type?.startsWith('image/')
        ? drawImage(url, description, 'attachment')
        : drawFileLink(url, filename, size),
    ),
    ...(message.embeds ?? []).map((embed) => drawEmbed(embed, client.names)),
  ]
}

const drawThinking = (name: string) =>
  html`<span class="thinking"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${name} is thinking…</span>`

function drawFoot(message: PageMessage, client: Client) {
  const failure = client.failures.get(message.id)
  return [
    ...drawComponents(message.components ?? [], { client, message }),
    failure ? html`<p class="failed" role="alert">${failure}</p>` : nothing,
    (message.flags ?? 0) & EPHEMERAL ? drawOnlyYou(() => client.dismiss(message)) : nothing,
  ]
}

const drawOnlyYou = (dismiss: () => void) =>
  html`<p class="only-you">
    ${eyeIcon()} Only you can see this ·
    <button type="button" class="text-button" @click=${dismiss}>Dismiss message</button>
  </p>`

function drawTools(message: PageMessage, client: Client, openMenu: OpenMenu): TemplateResult {
  const ephemeral = Boolean((message.flags ?? 0) & EPHEMERAL)
  return html`<div class="tools">
    ${
      ephemeral
        ? nothing
        : html`<button
            type="button"
            class="tool"
            title="Reply"
            aria-label="Reply"
            @click=${() => client.update({ replyTo: { message, ping: message.author.id !== client.state.me.id } })}
          >
            ${replyIcon()}
          </button>`
    }
    <button
      type="button"
      class="tool"
      title="More"
      aria-label="More"
      aria-haspopup="menu"
      @click=${(event: MouseEvent) => {
        const box = (event.currentTarget as HTMLElement).getBoundingClientRect()
        openMenu(message, { x: box.right, y: box.bottom })
      }}
    >
      ${moreIcon()}
    </button>
  </div>`
}

/** The texts of Components V2, wherever they are nested. */
function collectTexts(components: readonly unknown[], into: (string | null | undefined)[]): void {
  for (const component of components as { content?: string; components?: unknown[] }[]) {
    into.push(component.content)
    collectTexts(component.components ?? [], into)
  }
}
