/** People for tests: each step resolves with what the bot made of it, or rejects in bounded time. */
import type { APIApplicationCommandOptionChoice, APIModalInteractionResponseCallbackData } from 'discord-api-types/v10'
import { BOT, PEOPLE } from './actors.ts'
import type { Forgery, People } from './people.ts'
import { PersonError } from './person-error.ts'
import type { Channel } from './places.ts'
import type { OptionValue, Outcome, PageEvent, PageMessage, UserKey } from './protocol.ts'
import { type AnyComponent, walk } from './rules-components.ts'
import { LOADING } from './rules-messages.ts'
import type { World } from './world.ts'

interface OpenedModal {
  id: string
  /** The message whose component opened it. */
  on?: PageMessage
  modal: APIModalInteractionResponseCallbackData
}

/** The bot's response. Asking for what it did not bring is an error that says what it brought. */
interface Reply {
  kind: 'message' | 'updated' | 'modal'
  /** The new message, final after a deferral; or the message that the bot changed. */
  readonly message: PageMessage
  readonly modal: OpenedModal
}

export interface Asker {
  /** `name` may go on with a subcommand: "sources list". `channel` is a name, or `dm`. */
  slash(channel: string, name: string, options?: Record<string, OptionValue>): Promise<Reply>
  /** `options` holds the unfinished text under the focused option's name. */
  autocomplete(
    channel: string,
    name: string,
    options: Record<string, OptionValue>,
    focused: string,
  ): Promise<APIApplicationCommandOptionChoice[]>
  /** With `quiet`, the bot is expected to do nothing after its acknowledgement. */
  press(message: PageMessage, customIdOrLabel: string, options?: { quiet: boolean }): Promise<Reply>
  select(message: PageMessage, customIdOrPlaceholder: string, values: string[]): Promise<Reply>
  submit(modal: OpenedModal, fields: Record<string, string | string[]>): Promise<Reply>
  menu(message: PageMessage, command: string): Promise<Reply>
  /** Says something and waits for the bot's next message in that channel. */
  say(channel: string, content: string, replyTo?: { message: string; ping: boolean }): Promise<PageMessage>
  /** Says something without waiting for anything. */
  post(channel: string, content: string, replyTo?: { message: string; ping: boolean }): PageMessage
  /** Sends what Discord's own client would not, and gives what came of it. */
  forge(channel: string, forgery: Forgery): Promise<Outcome>
  dismiss(message: PageMessage): void
  /** Chooses the language of this person's client, such as `de`. */
  speak(locale: string): void
  /** What this person sees in a channel, oldest first. */
  messages(channel: string): PageMessage[]
  /** The names of the commands that this person is offered in a channel. */
  commands(channel: string): string[]
}

/** A person by key. `patience` is how many milliseconds to wait for the bot. */
export function asker(world: World, people: People, as: UserKey, patience: number): Asker {
  const channelOf = (name: string) => channelNamed(world, as, name)
  const commandOf = (type: number, name: string) =>
    world.commands.find((command) => command.type === type && command.name === name) ??
    raise(`There is no command "${name}", only ${world.commands.map((command) => command.name).join(', ') || 'none'}`)
  const slashed = (channel: string, line: string, options: Record<string, OptionValue>) => {
    const [name = '', ...path] = line.split(' ')
    return { as, channel: channelOf(channel).id, command: commandOf(1, name).id, path, options }
  }
  const using = (message: PageMessage, key: string, values?: string[]) =>
    people.press({ as, message: message.id, customId: customId(world, message, key), ...(values ? { values } : {}) })
  const reply = async (start: () => Promise<Outcome>, used?: PageMessage, quiet = false) => {
    // What comes after an acknowledgement may come before its outcome is looked at.
    const following = quiet ? undefined : used && follower(world, as, used, patience)
    try {
      return await replyFrom(world, await start(), used, patience, following)
    } finally {
      following?.stop()
    }
  }
  return {
    slash: async (channel, name, options = {}) => reply(() => people.command(slashed(channel, name, options))),
    autocomplete: async (channel, name, options, focused) => {
      const outcome = await people.autocomplete({ ...slashed(channel, name, options), focused })
      return outcome.kind === 'choices' ? outcome.choices : raise(failure(outcome))
    },
    press: async (message, key, { quiet } = { quiet: false }) => reply(() => using(message, key), message, quiet),
    select: async (message, key, values) => reply(() => using(message, key, values), message),
    submit: async (modal, fields) => reply(() => people.submit({ as, modal: modal.id, fields }), modal.on),
    menu: async (message, name) =>
      reply(() => people.menu({ as, message: message.id, command: commandOf(3, name).id })),
    say: async (channel, content, replyTo) => {
      const { id } = channelOf(channel)
      const answer = next(world, patience, `The bot did not answer "${content}"`, (event) =>
        event.type === 'message-created' && event.message.channel_id === id && event.message.author.id === BOT
          ? event.message
          : undefined,
      )
      people.say({ as, channel: id, content, ...(replyTo ? { replyTo } : {}) })
      return answer
    },
    post: (channel, content, replyTo) =>
      people.say({ as, channel: channelOf(channel).id, content, ...(replyTo ? { replyTo } : {}) }),
    speak: (locale) => people.speak({ as, locale }),
    forge: (channel, forgery) => people.forge({ as, channel: channelOf(channel).id, ...forgery }),
    dismiss: (message) => people.dismiss({ as, message: message.id }),
    messages: (channel) => people.state(as).messages[channelOf(channel).id] ?? [],
    commands: (channel) =>
      people
        .state(as)
        .commands.filter(({ channels }) => channels.includes(channelOf(channel).id))
        .map(({ command }) => command.name),
  }
}

/** Resolves with the first event that `pick` makes something of. */
export function next<T>(world: World, patience: number, otherwise: string, pick: (event: PageEvent) => T | undefined) {
  return new Promise<T>((resolve, reject) => {
    const listen = (event: PageEvent) => {
      const picked = pick(event)
      if (picked === undefined) return
      stop()
      resolve(picked)
    }
    const timer = setTimeout(() => {
      stop()
      reject(new Error(`${otherwise} within ${patience} ms`))
    }, patience)
    const stop = () => {
      clearTimeout(timer)
      world.events.off('page', listen)
    }
    world.events.on('page', listen)
  })
}

/** The channel of that name or id; `dm` means the person's own direct messages. */
export function channelNamed(world: World, as: UserKey, name: string): Channel {
  const wanted = name === 'dm' ? PEOPLE[as].dm : name
  return (
    world.channels.find((channel) => channel.id === wanted || (channel.type === 0 && channel.name === wanted)) ??
    raise(`There is no channel "${name}"`)
  )
}

async function replyFrom(
  world: World,
  outcome: Outcome,
  used: PageMessage | undefined,
  patience: number,
  following: Following | undefined,
): Promise<Reply> {
  if (outcome.kind === 'failed' || outcome.kind === 'choices') return raise(failure(outcome))
  const brought: { message?: PageMessage; modal?: OpenedModal } = {}
  if (outcome.kind === 'message') brought.message = await final(world, outcome.message, patience)
  if (outcome.kind === 'updated' && outcome.later && following) {
    const { kind, message } = await following.first()
    return { kind, message, modal: undefined as never }
  }
  if (outcome.kind === 'updated' && used) brought.message = world.find(used.id)?.message ?? used
  if (outcome.kind === 'modal') brought.modal = { id: outcome.id, modal: outcome.modal, ...(used ? { on: used } : {}) }
  return {
    kind: outcome.kind,
    get message() {
      return brought.message ?? raise(`The bot brought no message: ${JSON.stringify(outcome)}`)
    },
    get modal() {
      return brought.modal ?? raise(`The bot brought no modal: ${JSON.stringify(outcome)}`)
    },
  }
}

interface Following {
  /** What the bot made of an acknowledgement: the used message as it is then, or a message of its own. */
  first(): Promise<{ kind: 'message' | 'updated'; message: PageMessage }>
  stop(): void
}

function follower(world: World, as: UserKey, used: PageMessage, patience: number): Following {
  const found: { kind: 'message' | 'updated'; message: PageMessage }[] = []
  const pick = (event: PageEvent, readers: readonly UserKey[] | undefined) => {
    if (readers && !readers.includes(as)) return undefined
    if (event.type === 'message-updated' && event.message.id === used.id)
      return { kind: 'updated', message: event.message } as const
    const isNew = event.type === 'message-created' && event.message.channel_id === used.channel_id
    // Other messages of the bot's answer nothing.
    return isNew && event.message.interaction_metadata?.user.id === PEOPLE[as].id
      ? ({ kind: 'message', message: event.message } as const)
      : undefined
  }
  const listen = (event: PageEvent, readers: readonly UserKey[] | undefined) => {
    const picked = pick(event, readers)
    if (picked) found.push(picked)
  }
  world.events.on('page', listen)
  return {
    first: async () =>
      found[0] ??
      next(world, patience, 'The bot did nothing after its acknowledgement', (event) => pick(event, undefined)),
    stop: () => world.events.off('page', listen),
  }
}

async function final(world: World, message: PageMessage, patience: number): Promise<PageMessage> {
  const isLoading = ({ flags }: PageMessage) => ((flags ?? 0) & LOADING) !== 0
  // The bot may have come back between its acknowledgement and this moment.
  const now = world.find(message.id)?.message ?? message
  if (!isLoading(now)) return now
  return next(world, patience, 'The bot went on thinking', (event) => {
    if (event.type === 'message-deleted' && event.id === message.id) return message
    return event.type === 'message-updated' && event.message.id === message.id && !isLoading(event.message)
      ? event.message
      : undefined
  })
}

function customId(world: World, message: PageMessage, key: string): string {
  const shown = world.find(message.id)?.message ?? raise('The message is gone')
  const all = [...walk((shown.components ?? []) as AnyComponent[], [])].map(([component]) => component)
  const named = (component: AnyComponent & { placeholder?: string }) =>
    [component.custom_id, component.label, component.placeholder].includes(key)
  const labels = () => all.flatMap(({ label, custom_id }) => (custom_id ? [label ?? custom_id] : [])).join(', ')
  return (
    all.find((each) => each.custom_id && named(each))?.custom_id ?? raise(`No component "${key}", only: ${labels()}`)
  )
}

function failure(outcome: Outcome): string {
  return outcome.kind === 'failed' ? outcome.text : `Unexpected outcome: ${JSON.stringify(outcome)}`
}

function raise(message: string): never {
  throw new PersonError(message)
}
