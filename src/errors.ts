/** A mistake of the person at the other end, not a bug: its message is meant for them and is shown as it is. */
export class UserError extends Error {
  override readonly name = 'UserError'
}
