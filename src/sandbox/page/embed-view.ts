/** Draws embeds with the component library, in the colours that Discord has today. */
import '@skyra/discord-components-core/discord-embed-description.js'
import '@skyra/discord-components-core/discord-embed-field.js'
import '@skyra/discord-components-core/discord-embed-fields.js'
import '@skyra/discord-components-core/discord-embed-footer.js'
import { DiscordEmbed } from '@skyra/discord-components-core/discord-embed.js'
import { DiscordHeader } from '@skyra/discord-components-core/discord-header.js'
import { DiscordReply } from '@skyra/discord-components-core/discord-reply.js'
import type { APIEmbed, APIEmbedField } from 'discord-api-types/v10'
import { css, html, nothing, type TemplateResult } from 'lit'
import { cssColor } from './component-view.ts'
import { drawMarkdown, type MarkdownContext } from './markdown-view.ts'
import { shortTime } from './times.ts'

// The library's shadow roots take their styles from these lists, and offer no other way in.
DiscordEmbed.elementStyles.push(css`
  :host { color: #dbdee1; font-size: 14px; line-height: 1.3; }
  :host .discord-left-border { background-color: #1e1f22; }
  :host .discord-embed-wrapper { background-color: #2b2d31; border: 0; min-width: 0; }
`)
DiscordHeader.elementStyles.push(css`
  :host > * { margin: 12px 0 4px; color: #f2f3f5; }
  :host(:first-child) > * { margin-top: 0; }
`)
DiscordReply.elementStyles.push(css`
  :host .discord-replied-message-content { overflow: hidden; min-width: 0; }
`)

/** An embed with its description, fields and footer. */
export function drawEmbed(embed: APIEmbed, context: MarkdownContext): TemplateResult {
  return html`<discord-embed
    slot="embeds"
    .color=${embed.color === undefined ? undefined : cssColor(embed.color)}
    .embedTitle=${embed.title}
    .url=${embed.url}
    .authorName=${embed.author?.name}
    .authorUrl=${embed.author?.url}
    .authorImage=${embed.author?.icon_url}
    .thumbnail=${embed.thumbnail?.url}
    .image=${embed.image?.url}
    .provider=${embed.provider?.name}
  >
    ${
      embed.description
        ? html`<discord-embed-description slot="description"
            >${drawMarkdown(embed.description, context)}</discord-embed-description
          >`
        : nothing
    }
    ${embed.fields && embed.fields.length > 0 ? drawFields(embed.fields, context) : nothing}
    ${
      embed.footer || embed.timestamp
        ? html`<discord-embed-footer
            slot="footer"
            .footerImage=${embed.footer?.icon_url}
            .timestamp=${embed.timestamp ? shortTime(embed.timestamp) : undefined}
            ><span dir="auto">${embed.footer?.text}</span></discord-embed-footer
          >`
        : nothing
    }
  </discord-embed>`
}

function drawFields(fields: APIEmbedField[], context: MarkdownContext): TemplateResult {
  const columns = inlineColumns(fields)
  return html`<discord-embed-fields slot="fields">
    ${fields.map(
      (field, index) => html`<discord-embed-field
        .fieldTitle=${field.name}
        ?inline=${field.inline}
        inline-index=${columns[index] ?? nothing}
        >${drawMarkdown(field.value, context)}</discord-embed-field
      >`,
    )}
  </discord-embed-fields>`
}

/** Up to three inline fields share a line: the column of each, 1 to 3. */
function inlineColumns(fields: APIEmbedField[]): (number | undefined)[] {
  let column = 0
  return fields.map((field) => {
    column = field.inline ? (column % 3) + 1 : 0
    return field.inline ? column : undefined
  })
}
