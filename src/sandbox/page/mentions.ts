/** Mentions in the message box: written as @Name, sent as Discord's codes. Pure. */
import type { PageState } from '../protocol.ts'

export interface Mentionable {
  label: string
  /** `<@id>`, `<@&id>` or `<#id>`. */
  code: string
  detail: string
}

/** What `@` and `#` offer: the bot first, then the people, the roles, the channels. */
export function mentionables(state: PageState): Mentionable[] {
  const users = [...state.users].sort((a, b) => Number(b.bot) - Number(a.bot))
  return [
    ...users.map(({ id, name, bot }) => ({ label: `@${name}`, code: `<@${id}>`, detail: bot ? 'App' : 'Member' })),
    ...state.roles.map(({ id, name }) => ({ label: `@${name}`, code: `<@&${id}>`, detail: 'Role' })),
    ...state.channels
      .filter(({ type }) => type === 0)
      .map(({ id, name }) => ({ label: `#${name}`, code: `<#${id}>`, detail: 'Channel' })),
  ]
}

/** The mention being typed just before the caret, such as `@foo`. */
export function openMention(text: string, caret: number): string | undefined {
  return /(?:^|\s)([@#][^\s@#]*)$/.exec(text.slice(0, caret))?.[1]
}

export function matchMentions(all: Mentionable[], typed: string): Mentionable[] {
  const wanted = typed.toLowerCase()
  return all.filter(({ label }) => label.toLowerCase().startsWith(wanted))
}

/** The text as it is sent. Where a name means several, the one that was picked counts, then the first. */
export function encodeMentions(text: string, all: Mentionable[], picked: ReadonlyMap<string, string>): string {
  const byLength = [...all].sort((a, b) => b.label.length - a.label.length)
  let encoded = text
  for (const { label, code } of byLength) {
    const pattern = new RegExp(`(?<!\\S)${RegExp.escape(label)}(?![\\w-])`, 'gi')
    encoded = encoded.replaceAll(pattern, picked.get(label) ?? code)
  }
  return encoded
}
