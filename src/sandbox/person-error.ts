/** Something that a person in the sandbox cannot do, in words for them. */
export class PersonError extends Error {
  override readonly name = 'PersonError'
}
