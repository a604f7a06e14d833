/** How to try it, for somebody who sees the page for the first time. */
import { html, type TemplateResult } from 'lit'
import type { AppContext } from './app-view.ts'

export function drawIntro({ client, setChrome }: AppContext): TemplateResult {
  const { name } = client.state.bot
  const direct = client.state.channels.find(({ type }) => type === 1)
  const write = (draft: string) => client.update({ filling: undefined, draft })
  return html`<section class="intro" aria-label="How to try it">
    <p><strong>This is a local Discord.</strong> Try ${name}:</p>
    <ul>
      <li><button type="button" class="intro-way" @click=${() => write(`@${name} `)}>@${name}</button> and a question</li>
      <li><button type="button" class="intro-way" @click=${() => write('/')}>/</button> for its commands</li>
      <li>
        <button type="button" class="intro-way" @click=${() => direct && client.open(direct.id)}>a direct message</button>
      </li>
      <li class="wide-only">right-click a message, <em>Apps</em></li>
    </ul>
    <button
      type="button"
      class="box-button intro-close"
      aria-label="Hide how to try it"
      title="Hide"
      @click=${() => setChrome({ intro: false })}
    >
      ✕
    </button>
  </section>`
}
