/** Word between the processes that share a database; only one on a server passes it on. */
export interface Signals {
  /**
   * Calls `heard` whenever somebody notifies the channel, and once after each time that nothing could be heard for a
   * while, from the first on, as something may have been missed. Gives what ends it.
   */
  listen(channel: string, heard: () => void): Promise<() => Promise<void>>
  /** Whoever listens hears it, in whichever process, the one that notifies as well. */
  notify(channel: string): Promise<void>
}
