import { groupsOf } from '../../answering/alike.ts'
import type { KeptGap } from '../../store/gaps.ts'
import type { Context } from '../context.ts'

/** As many as are looked at; older ones wait until some of these are closed. */
export const MOST_LOOKED_AT = 2_000

/** Questions asked in vain that say nearly the same. */
export interface GapGroup {
  readonly gaps: readonly KeptGap[]
  /** The newest of its questions. */
  readonly question: string
}

/** The open gaps, near-duplicates together, most asked first. */
export async function openGroups({ store }: Pick<Context, 'store'>): Promise<GapGroup[]> {
  const gaps = await store.listGaps(MOST_LOOKED_AT)
  return groupsOf(gaps, ({ question }) => question)
    .map((group) => ({ gaps: group, question: group[0]?.question ?? '' }))
    .sort((one, other) => other.gaps.length - one.gaps.length)
}
