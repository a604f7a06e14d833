/** Shows what Discord would have refused, and why, to whoever works on the bot. */
import { html, type TemplateResult } from 'lit'
import type { Refusal } from '../protocol.ts'
import type { Client } from './client.ts'

export function drawRefusal(id: number, { method, path, status, body }: Refusal, client: Client): TemplateResult {
  return html`<div class="refusal" role="status">
    <div>
      <strong>Refused, as Discord would:</strong> ${body.message}
      <span class="muted">(code ${body.code}, HTTP ${status}, ${method} ${path})</span>
      <ul>
        ${flatErrors(body.errors).map(({ at, message }) => html`<li><code>${at}</code> ${message}</li>`)}
      </ul>
    </div>
    <button type="button" class="box-button" aria-label="Dismiss" @click=${() => client.dismissRefusal(id)}>✕</button>
  </div>`
}

/** Discord's error tree as lines: `data.embeds[0].title` and what is wrong there. */
export function flatErrors(tree: unknown, at = ''): { at: string; message: string }[] {
  if (typeof tree !== 'object' || tree === null) return []
  return Object.entries(tree).flatMap(([key, value]) => {
    if (key === '_errors') return (value as { message: string }[]).map(({ message }) => ({ at: at || 'body', message }))
    const index = /^\d+$/.test(key)
    return flatErrors(value, index ? `${at}[${key}]` : at === '' ? key : `${at}.${key}`)
  })
}
