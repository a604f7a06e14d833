/** Things that are all forgotten after the same time, so that the oldest one always goes first. */
export class Expiring<T> {
  readonly #life: number
  readonly #now: () => number
  readonly #forget: (item: T) => void
  #waiting: Array<{ item: T; since: number }> = []
  #gone = 0

  constructor(life: number, now: () => number, forget: (item: T) => void) {
    this.#life = life
    this.#now = now
    this.#forget = forget
  }

  /** Adds a thing, and forgets those whose time is over. */
  add(item: T): void {
    const now = this.#now()
    for (let next = this.#waiting[this.#gone]; next && now - next.since > this.#life; ) {
      this.#forget(next.item)
      next = this.#waiting[++this.#gone]
    }
    // Cut off in one piece and seldom: taking every item off the front would move all the others.
    if (this.#gone > 1000 && this.#gone * 2 > this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#gone)
      this.#gone = 0
    }
    this.#waiting.push({ item, since: now })
  }
}
