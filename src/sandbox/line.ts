import type { WebSocket } from 'ws'
import type { Network } from './network.ts'

/** Discord's end of a connection with the bot; what goes either way can be held back by the network. */
export class Line {
  readonly #socket: WebSocket
  readonly #network: Network

  constructor(socket: WebSocket, network: Network) {
    this.#socket = socket
    this.#network = network
    socket.on('error', () => socket.terminate())
  }

  /** `hear` is called with what the bot says, `end` with the code with which the connection ends. */
  listen(hear: (text: string) => void, end: (code: number) => void): void {
    this.#socket.on('message', (raw) => this.#network.pass(() => hear(String(raw))))
    this.#socket.on('close', (code) => this.#network.pass(() => end(code)))
  }

  say(payload: object): void {
    this.write(JSON.stringify({ s: null, t: null, d: null, ...payload }))
  }

  /** `written` is called if the bot has not said goodbye by then. */
  write(text: string, written?: () => void): void {
    this.#network.pass(() => {
      if (this.#socket.readyState !== this.#socket.OPEN) return
      this.#socket.send(text)
      written?.()
    })
  }

  /** Ends the connection with a close code; 1006 cuts it without a word. */
  close(code: number): void {
    if (code === 1006) this.#socket.terminate()
    else this.#network.pass(() => this.#socket.close(code))
  }
}
