/** What the page knows and does between its views: the user's state, what is under way, and every action. */
import type { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10'
import type {
  CommandRequest,
  OptionValue,
  Outcome,
  PageChannel,
  PageEvent,
  PageMessage,
  PageState,
  Refusal,
  UserKey,
} from '../protocol.ts'
import { api, openEvents, reason } from './api.ts'
import { type CommandEntry, commandEntries } from './commands.ts'
import { applyEvent, nameOf } from './page-state.ts'

/** A line of the page's own in the list of messages: a command under way, or one that failed. */
export interface Notice {
  id: number
  channel: string
  kind: 'sending' | 'failed'
  /** The command that was tried, such as `/ask`; undefined for anything else. */
  what: string | undefined
  text: string
}

export interface OpenModal {
  id: string
  modal: APIModalInteractionResponseCallbackData
  error?: string
}

export class Client {
  readonly as: UserKey
  state: PageState
  channel: string
  notices: Notice[] = []
  refusals: { id: number; refusal: Refusal }[] = []
  /** What a press came to, by message id, until the message changes. */
  failures = new Map<string, string>()
  /** `message/customId` of the presses that are being answered. */
  pressing = new Set<string>()
  unread = new Set<string>()
  typing: { channel: string; until: number } | undefined
  modal: OpenModal | undefined
  replyTo: { message: PageMessage; ping: boolean } | undefined
  /** The last thing that happened, for those who hear the page. */
  announcement = ''
  /** The command that is being filled in, and what was already typed after its name. */
  filling: { entry: CommandEntry; rest: string } | undefined
  /** Whether a language has been chosen that nothing is called in yet. */
  isSpeaking = false
  /** A text for the message box to take over. */
  draft: string | undefined

  #changed: () => void
  #close: () => void
  #next = 0
  #meanwhile: PageEvent[] | undefined

  constructor(as: UserKey, state: PageState, channel: string | undefined, changed: () => void) {
    this.as = as
    this.state = state
    this.channel = state.channels.find(({ name }) => name === channel)?.id ?? state.channels[0]?.id ?? ''
    this.#changed = changed
    this.#close = openEvents(
      as,
      () => void this.#reload(),
      (event) => this.#receive(event),
    )
  }

  close(): void {
    this.#close()
  }

  update(change: Partial<Client>): void {
    Object.assign(this, change)
    this.#changed()
  }

  get here(): PageChannel | undefined {
    return this.state.channels.find(({ id }) => id === this.channel)
  }

  open(channel: string): void {
    this.unread.delete(channel)
    this.update({ channel, replyTo: undefined, filling: undefined })
  }

  fill(entry: CommandEntry, rest = ''): void {
    this.update({ filling: { entry, rest } })
  }

  /** Back to the message box, with a text in it. */
  leaveCommand(draft: string): void {
    this.update({ filling: undefined, draft })
  }

  /** Commands and the bot's words come in the language that is chosen. */
  async speak(locale: string): Promise<void> {
    this.update({ filling: undefined, isSpeaking: true })
    await this.#attempt(() => api.speak({ as: this.as, locale }))
    await this.#reload()
    this.update({ isSpeaking: false })
  }

  async say(content: string): Promise<void> {
    const { replyTo } = this
    this.update({ replyTo: undefined, notices: this.#unfailed() })
    const reply = replyTo && { replyTo: { message: replyTo.message.id, ping: replyTo.ping } }
    await this.#attempt(() => api.say({ as: this.as, channel: this.channel, content, ...reply }))
  }

  async run(entry: CommandEntry, options: Record<string, OptionValue>): Promise<void> {
    const path = entry.path.length > 0 ? { path: entry.path } : {}
    const request: CommandRequest = { as: this.as, channel: this.channel, command: entry.command.id, options, ...path }
    await this.#interact(`/${entry.name}`, () => api.command(request))
  }

  async useOn(message: PageMessage, command: { id: string; name: string }): Promise<void> {
    await this.#interact(command.name, () => api.menu({ as: this.as, message: message.id, command: command.id }))
  }

  async press(message: PageMessage, customId: string, values?: string[]): Promise<void> {
    const key = `${message.id}/${customId}`
    this.pressing.add(key)
    this.failures.delete(message.id)
    this.#changed()
    const chosen = values && { values }
    try {
      const outcome = await api.press({ as: this.as, message: message.id, customId, ...chosen })
      if (outcome.kind === 'failed') this.#fail(message.id, outcome.text)
      else this.#take(outcome)
    } catch (error) {
      this.#fail(message.id, reason(error))
    }
    this.pressing.delete(key)
    this.#changed()
  }

  async submit(fields: Record<string, string | string[]>): Promise<void> {
    const modal = this.modal
    if (!modal) return
    try {
      const outcome = await api.modal({ as: this.as, modal: modal.id, fields })
      if (outcome.kind === 'failed') this.update({ modal: { ...modal, error: outcome.text } })
      else this.update({ modal: undefined })
    } catch (error) {
      this.update({ modal: { ...modal, error: reason(error) } })
    }
  }

  async dismiss(message: PageMessage): Promise<void> {
    await this.#attempt(() => api.dismiss({ as: this.as, message: message.id }))
    this.#receive({ type: 'message-deleted', channel: message.channel_id, id: message.id })
  }

  dismissNotice(id: number): void {
    this.update({ notices: this.notices.filter((notice) => notice.id !== id) })
  }

  dismissRefusal(id: number): void {
    this.update({ refusals: this.refusals.filter((refusal) => refusal.id !== id) })
  }

  #receive(event: PageEvent): void {
    this.#meanwhile?.push(event)
    this.state = applyEvent(this.state, event)
    if (event.type === 'message-updated') this.failures.delete(event.message.id)
    if (event.type === 'message-created') {
      if (event.message.channel_id !== this.channel) this.unread.add(event.message.channel_id)
      if (event.message.author.bot) this.typing = undefined
    }
    if (event.type === 'typing') {
      this.typing = { channel: event.channel, until: Date.now() + 10_000 }
      setTimeout(() => this.#changed(), 10_000)
    }
    if (event.type === 'refused') {
      this.refusals = [...this.refusals, { id: this.#next++, refusal: event.refusal }].slice(-5)
      this.announcement = `Discord would refuse: ${event.refusal.body.message}`
    }
    this.#changed()
  }

  /** What happened while there was no connection is in the state; what happens while it is on its way comes on top. */
  async #reload(): Promise<void> {
    const meanwhile: PageEvent[] = []
    this.#meanwhile = meanwhile
    const state = await api.state(this.as).catch(() => undefined)
    if (this.#meanwhile === meanwhile) this.#meanwhile = undefined
    if (state) this.update({ state: meanwhile.reduce(applyEvent, state) })
  }

  /** A slash or message command: a line shows it under way, and stays if it fails. */
  async #interact(what: string, ask: () => Promise<Outcome>): Promise<void> {
    const notice: Notice = { id: this.#next++, channel: this.channel, kind: 'sending', what, text: '' }
    this.update({ notices: [...this.#unfailed(), notice] })
    const failed = (text: string) => {
      notice.kind = 'failed'
      notice.text = text
      this.update({ announcement: `${what}: ${text}` })
    }
    try {
      const outcome = await ask()
      if (outcome.kind === 'failed') return failed(outcome.text)
      this.dismissNotice(notice.id)
      this.#take(outcome)
    } catch (error) {
      failed(reason(error))
    }
  }

  #take(outcome: Outcome): void {
    if (outcome.kind === 'modal') this.update({ modal: { id: outcome.id, modal: outcome.modal } })
  }

  #fail(message: string, text: string): void {
    this.failures.set(message, text)
    this.update({ announcement: text })
  }

  /** Failures here are forgotten once something else is tried. */
  #unfailed(): Notice[] {
    return this.notices.filter(({ channel, kind }) => channel !== this.channel || kind !== 'failed')
  }

  async #attempt(act: () => Promise<unknown>): Promise<void> {
    try {
      await act()
    } catch (error) {
      const text = reason(error)
      const notice: Notice = { id: this.#next++, channel: this.channel, kind: 'failed', what: undefined, text }
      this.update({ notices: [...this.notices, notice], announcement: text })
    }
  }

  /** Names behind mentions, for drawing text. */
  readonly names = {
    userName: (id: string) => nameOf(this.state, { id }),
    roleName: (id: string) => this.state.roles.find((role) => role.id === id)?.name ?? 'unknown-role',
    channelName: (id: string) => this.state.channels.find((channel) => channel.id === id)?.name ?? 'unknown-channel',
    openCommand: (id: string, name: string) => {
      const entries = commandEntries(this.state.commands, this.channel, this.state.locale).filter(
        ({ command }) => command.id === id,
      )
      const entry = entries.find((one) => one.name === name) ?? entries[0]
      if (entry) this.fill(entry)
    },
  }
}
