/** One thing that was looked at, and what is to be done if it is not well. */
export type Finding =
  | { readonly level: 'ok'; readonly what: string }
  | { readonly level: 'warning' | 'problem'; readonly what: string; readonly mend: string }

export function ok(what: string): Finding {
  return { level: 'ok', what }
}

/** Footnote runs, but not as it should, or not for long. */
export function warning(what: string, mend: string): Finding {
  return { level: 'warning', what, mend }
}

/** Footnote does not start, or does not do something that it was told to do. */
export function problem(what: string, mend: string): Finding {
  return { level: 'problem', what, mend }
}

/** A line that says what was found and, if it is not well, one below that says how to mend it; without any secret. */
export function findingText(finding: Finding, secrets: readonly string[]): string {
  const lines = [`${finding.level.padEnd(7)}  ${plain(finding.what)}`]
  if (finding.level !== 'ok') lines.push(`         ${plain(finding.mend)}`)
  return secrets.filter(Boolean).reduce((text, secret) => text.replaceAll(secret, '[hidden]'), lines.join('\n'))
}

/** Names that others chose must not move the terminal's cursor or begin a line. */
function plain(text: string): string {
  return text.replace(/[\p{C}\s]+/gu, ' ').trim()
}

/** What went wrong, in a word if there is one: messages may hold an address with a password in it. */
export function reasonOf(error: unknown): string {
  const { code, cause, name } = error as { code?: unknown; cause?: unknown; name?: unknown }
  if (typeof code === 'string') return code
  return cause === undefined ? String(name ?? 'unknown') : reasonOf(cause)
}
