/** Everything between the bot and Discord goes through here, and may be held back. */
export class Network {
  readonly #held: Array<() => void> = []
  #stalls = 0
  #isDraining = false

  /** Holds everything back, in both directions, until the function that it returns is called. */
  stall(): () => void {
    this.#stalls++
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      this.#stalls--
      this.#drain()
    }
  }

  /** Does it now; or, while everything is held back, afterwards in its turn. */
  pass(deliver: () => void): void {
    if (this.#stalls === 0 && !this.#isDraining) deliver()
    else this.#held.push(deliver)
  }

  /** Resolves when what is sent now would arrive. */
  open(): Promise<void> {
    return new Promise((resolve) => this.pass(resolve))
  }

  #drain(): void {
    if (this.#isDraining) return
    this.#isDraining = true
    // What a delivery sets off comes after what was held back before it.
    while (this.#stalls === 0 && this.#held.length > 0) this.#held.shift()?.()
    this.#isDraining = false
  }
}
