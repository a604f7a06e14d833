/** The page's side of the protocol: one function a request, and the stream of events. */
import type {
  AutocompleteRequest,
  CommandRequest,
  DismissRequest,
  MenuRequest,
  ModalRequest,
  Outcome,
  PageError,
  PageEvent,
  PageState,
  PressRequest,
  SayRequest,
  SpeakRequest,
  UserKey,
} from '../protocol.ts'

export const api = {
  state: (as: UserKey): Promise<PageState> => request(`/page/state?as=${as}`),
  say: (body: SayRequest): Promise<unknown> => post('say', body),
  speak: (body: SpeakRequest): Promise<unknown> => post('speak', body),
  command: (body: CommandRequest): Promise<Outcome> => post('command', body),
  autocomplete: (body: AutocompleteRequest): Promise<Outcome> => post('autocomplete', body),
  press: (body: PressRequest): Promise<Outcome> => post('press', body),
  modal: (body: ModalRequest): Promise<Outcome> => post('modal', body),
  menu: (body: MenuRequest): Promise<Outcome> => post('menu', body),
  dismiss: (body: DismissRequest): Promise<unknown> => post('dismiss', body),
}

/** Opens a user's event stream. `onOpen` is called at every (re)connection: events may have been missed before it. */
export function openEvents(as: UserKey, onOpen: () => void, onEvent: (event: PageEvent) => void): () => void {
  const source = new EventSource(`/page/events?as=${as}`)
  source.onopen = onOpen
  source.onmessage = (message) => onEvent(JSON.parse(message.data) as PageEvent)
  return () => source.close()
}

/** What went wrong, in a line for the page's reader. */
export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

const post = <T>(name: string, body: unknown): Promise<T> =>
  request(`/page/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

async function request<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(path, init).catch(() => {
    throw new Error('The local Discord does not answer. Is it still running?')
  })
  const body: unknown = await response.json().catch(() => ({ message: `The server answered ${response.status}` }))
  if (!response.ok) throw new Error((body as PageError).message)
  return body as T
}
