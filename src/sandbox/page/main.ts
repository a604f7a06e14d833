/** Starts the page, and draws it again whenever something has changed. Who one is, and where, is in the address. */
import { html, render } from 'lit'
import type { UserKey } from '../protocol.ts'
import { api, reason } from './api.ts'
import { type AppContext, type Chrome, drawApp } from './app-view.ts'
import { Client } from './client.ts'
import { messageText } from './message-view.ts'
import { nameOf } from './page-state.ts'

const INTRO_HIDDEN = 'intro-hidden'

let client: Client | undefined
let chrome: Chrome = { drawer: false, intro: localStorage.getItem(INTRO_HIDDEN) === null, menu: undefined }
let revision = 0
let scheduled = false
let lastSeen = ''

function setChrome(change: Partial<Chrome>): void {
  chrome = { ...chrome, ...change }
  if (change.intro === false) localStorage.setItem(INTRO_HIDDEN, 'yes')
  if (change.intro === true) localStorage.removeItem(INTRO_HIDDEN)
  schedule()
}

/** However many things change at once, the page is drawn once. */
function schedule(): void {
  if (scheduled) return
  scheduled = true
  queueMicrotask(() => {
    scheduled = false
    if (client) draw(client)
  })
}

function draw(current: Client): void {
  const history = document.querySelector('.history')
  const atEnd = !history || history.scrollHeight - history.scrollTop - history.clientHeight < 80
  announce(current)
  history?.setAttribute('data-channel', current.channel)
  const moved = location.hash !== `#${current.here?.name}`
  if (moved) window.history.replaceState(null, '', `#${current.here?.name}`)
  const context: AppContext = { client: current, chrome, setChrome, become, revision: ++revision }
  render(drawApp(context), document.body)
  if (atEnd || moved) void scrollToEnd()
}

/** The elements of the messages draw themselves a moment later, and grow. */
async function scrollToEnd(): Promise<void> {
  const history = document.querySelector('.history')
  for (let frame = 0; frame < 3; frame++) {
    history?.scrollTo({ top: history.scrollHeight })
    await new Promise(requestAnimationFrame)
  }
}

/** A new message of somebody else's is read out, once. */
function announce(current: Client): void {
  const last = current.state.messages[current.channel]?.at(-1)
  const seen = `${current.channel}/${last?.id}/${last?.edited_timestamp ?? ''}`
  if (seen === lastSeen || !last) return
  lastSeen = seen
  if (last.author.id === current.state.me.id) return
  current.announcement = `${nameOf(current.state, last.author)}: ${messageText(last, current) || 'thinking'}`
}

async function become(as: UserKey): Promise<void> {
  const channel = client?.here
  try {
    const state = await api.state(as)
    client?.close()
    // A direct channel is another one for everybody, under the same name.
    const name = channel?.name ?? decodeURIComponent(location.hash.slice(1))
    client = new Client(as, state, name, schedule)
    const address = new URL(location.href)
    address.searchParams.set('as', as)
    window.history.replaceState(null, '', address)
    document.title = `${state.guild.name} · a local Discord`
    schedule()
  } catch (error) {
    render(html`<p class="unreachable" role="alert">${reason(error)}</p>`, document.body)
  }
}

document.querySelector('noscript')?.remove()
const wanted = new URLSearchParams(location.search).get('as')
await become(wanted === 'moderator' || wanted === 'colleague' ? wanted : 'member')
