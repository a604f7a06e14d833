import type { Random } from './random.ts'

/** A template, read once: texts, choices of words `[fee|price]` and places to fill `{value}`. */
export type Template = readonly (string | { readonly slot: string } | { readonly choices: readonly string[] })[]

/** Which of the words to choose from: those that curators use, or the one that is held out for strangers. */
export type Whose = 'curator' | 'stranger'

/** Reads a template. In each `[…|…]` the last word is never used by a curator. */
export function readTemplate(text: string): Template {
  return text
    .split(/(\[[^\]]+\]|\{\w+\})/)
    .filter(Boolean)
    .map((part) => {
      if (part.startsWith('{')) return { slot: part.slice(1, -1) }
      return part.startsWith('[') ? { choices: part.slice(1, -1).split('|') } : part
    })
}

/** A text from a template. */
export function fill(
  template: Template,
  values: Readonly<Record<string, string>>,
  random: Random,
  whose: Whose = 'curator',
): string {
  const parts = template.map((part) => {
    if (typeof part === 'string') return part
    if ('slot' in part) return values[part.slot] ?? ''
    const { choices } = part
    return (whose === 'stranger' ? choices.at(-1) : choices[random.below(choices.length - 1)]) ?? ''
  })
  return parts.join('')
}
