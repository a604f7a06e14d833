import type { TopLevelSpec } from 'vega-lite'
import type { Day } from '../../knowledge/days.ts'
import type { Fact, Snapshot } from '../../knowledge/snapshot.ts'
import type { Words } from '../../words/languages.ts'
import { cutAtWord } from '../escape.ts'
import { factMenus } from '../facts.ts'
import type { Part, View } from '../view.ts'
import type { Page } from './paging.ts'

/** What an overview is made from. */
export interface Setting {
  readonly snapshot: Snapshot
  readonly asOf: Day
  readonly words: Words
  /** From 1; beyond the last one, it is the last one. */
  readonly page: number
}

/** One page of an overview. */
export interface Sheet {
  readonly page: number
  readonly pages: number
  /** From the fullest composition to the smallest. */
  readonly views: readonly View[]
  readonly picture?: Picture
}

export interface Picture {
  readonly name: string
  /** What whoever does not see it is told. */
  readonly description: string
  /** Drawn only if it is shown. */
  readonly spec: () => TopLevelSpec
}

/** Discord's limit is 1,024. */
const LONGEST_DESCRIPTION = 900

/** A sheet with the facts of its page to open, and its page number where there are several. */
export function sheetOf(
  { page, pages }: Pick<Page<unknown>, 'page' | 'pages'>,
  { asOf, words: { overview } }: Setting,
  title: string,
  parts: (mostCitations: number) => readonly Part[],
  facts: readonly Fact[],
  picture?: Picture,
): Sheet {
  return {
    page,
    pages,
    views: [8, 4, 2, 1].map((mostCitations) => ({
      tone: 'neutral',
      parts: [
        { kind: 'heading', text: cutAtWord(title, 200) },
        { kind: 'gap' },
        ...parts(mostCitations),
        ...(pages > 1 ? [{ kind: 'note', text: overview.page(page, pages) } as const] : []),
      ],
      controls: mostCitations > 1 ? factMenus('further', [...new Set(facts)].slice(0, 25), asOf, overview.open) : [],
    })),
    ...(picture ? { picture: { ...picture, description: cutAtWord(picture.description, LONGEST_DESCRIPTION) } } : {}),
  }
}

/** A sheet that says why there is nothing to see. */
export function emptySheet({ asOf, words }: Setting, title: string, why: string): Sheet {
  return {
    page: 1,
    pages: 1,
    views: [
      {
        tone: 'neutral',
        parts: [
          { kind: 'heading', text: cutAtWord(title, 200) },
          { kind: 'line', text: why },
          { kind: 'note', text: words.asOf(asOf) },
        ],
        controls: [],
      },
    ],
  }
}
