import type { Tone } from './status-words.ts'

/** A piece of what an asker sees, as raw text: each format escapes and lays it out in its own way. */
export type Part =
  /** A plain line, full size. */
  | { readonly kind: 'line'; readonly text: string }
  /** A fact's statement, with the numbers of its citations. */
  | { readonly kind: 'statement'; readonly text: string; readonly citations: readonly number[] }
  | { readonly kind: 'quote'; readonly text: string; readonly speaker?: string }
  /** What a fact is on the as-of date; loud when its statement, read alone, would mislead. */
  | { readonly kind: 'status'; readonly text: string; readonly loud: boolean }
  /** A quieter line. */
  | { readonly kind: 'note'; readonly text: string }
  /** What the bot notes down of it: true of a message only. */
  | { readonly kind: 'recorded'; readonly text: string }
  /** A quieter list under a title; where there are menus, one that is in a menu as well is left out. */
  | { readonly kind: 'list'; readonly title: string; readonly items: readonly string[]; readonly inMenu?: boolean }
  | { readonly kind: 'citations'; readonly entries: readonly CitationEntry[]; readonly more: string }
  /** Topics, each as the command that opens it. */
  | { readonly kind: 'topics'; readonly title: string; readonly names: readonly string[]; readonly more: string }
  /** What goes and what comes, line by line. */
  | { readonly kind: 'difference'; readonly lines: readonly DifferenceLine[] }
  /** People, channels (`#id`) or roles (`&id`) after some words: named by Discord and never pinged. */
  | { readonly kind: 'people'; readonly text: string; readonly users: readonly string[]; readonly none?: string }
  /** A title of what follows. */
  | { readonly kind: 'heading'; readonly text: string }
  /** A file that comes with the message, and what whoever does not see it is told. */
  | { readonly kind: 'picture'; readonly file: string; readonly description: string }
  /** Some air. */
  | { readonly kind: 'gap' }
  /** A line across. */
  | { readonly kind: 'break' }

export interface DifferenceLine {
  readonly sign: '-' | '+' | ' '
  readonly text: string
}

export interface CitationEntry {
  readonly number: number
  readonly title: string
  readonly url?: string
  /** Publisher, date and paragraphs. */
  readonly details: string
}

/** Something to press. Plain text leaves these out, so they say nothing that the parts do not. */
export type Control =
  | {
      readonly kind: 'button'
      readonly customId: string
      readonly label: string
      /** What the bot proposes to press, or what cannot be taken back; plain if not said. */
      readonly style?: 'main' | 'plain' | 'danger'
    }
  | { readonly kind: 'menu'; readonly customId: string; readonly placeholder: string; readonly options: MenuOption[] }

export interface MenuOption {
  readonly label: string
  readonly value: string
}

/** The one composition that every format draws, so that they cannot drift apart. */
export interface View {
  readonly tone: Tone
  readonly parts: readonly Part[]
  readonly controls: readonly Control[]
}
