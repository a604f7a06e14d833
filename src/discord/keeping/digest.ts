import type { Form } from '../../editing/form.ts'
import { type Day, dateInWords, lastDay, shiftDay } from '../../knowledge/days.ts'
import type { Fact, Snapshot } from '../../knowledge/snapshot.ts'
import { standingOf } from '../../knowledge/status.ts'
import type { Message } from '../../render/components.ts'
import { cutAtWord } from '../../render/escape.ts'
import { nameOfKind } from '../../render/keeping.ts'
import { renderFirstFitting } from '../../render/message.ts'
import type { Part, View } from '../../render/view.ts'
import type { Context } from '../context.ts'
import { openGroups } from './gap-groups.ts'

/** Days back and ahead that a digest is about. */
const SPAN = 7

/** What moderators should look at: what has ended or falls due, what was asked in vain, and what waits for them. */
export async function digestMessage(context: Context): Promise<Message> {
  const { store, snapshot } = context
  const today = context.today()
  const groups = await openGroups(context)
  const proposals = await store.listProposals()
  const complaints = await store.listComplaints()
  const due = dueFacts(snapshot, today)
  const view = (most: number): View => ({
    tone: 'neutral',
    parts: [
      { kind: 'line', text: `Digest of ${dateInWords(today)}` },
      ...section('ended in the last days, with nothing newer on record', due.ended.map(named), most),
      ...section('to end in the next days', due.ending.map(named), most),
      ...section('due for review (/knowledge verify)', due.review.map(named), most),
      ...section(
        'asked in vain (/knowledge gaps)',
        groups.map(({ gaps, question }) => `${gaps.length}× “${cutAtWord(question, 100)}”`),
        Math.min(most, 5),
      ),
      ...section(
        'waiting for a decision (/knowledge review)',
        proposals.map(({ id, form }) => `${id}: ${nameOfKind((form as Form).kind)}`),
        most,
      ),
      ...section(
        'found wrong by somebody (/knowledge complaints)',
        complaints.map(({ id, note }) => `${id}: ${cutAtWord(note, 100)}`),
        most,
      ),
      ...(due.ended.length +
        due.ending.length +
        due.review.length +
        groups.length +
        proposals.length +
        complaints.length ===
      0
        ? [{ kind: 'note', text: 'Nothing needs you.' } as const]
        : []),
    ],
    controls: [],
  })
  return renderFirstFitting([10, 5, 2].map(view))
}

/** Facts that a moderator should look at around a day. */
export function dueFacts(snapshot: Snapshot, today: Day): Record<'ended' | 'ending' | 'review', Fact[]> {
  const [since, until] = [shiftDay(today, -SPAN), shiftDay(today, SPAN)]
  const all = [...snapshot.facts.values()].map((fact) => ({
    fact,
    status: standingOf(snapshot, fact, today).status,
    end: fact.period.until === undefined ? undefined : lastDay(fact.period.until),
  }))
  const pick = (wanted: (one: (typeof all)[number]) => boolean) => all.filter(wanted).map(({ fact }) => fact)
  return {
    ended: pick(({ status, end }) => status === 'expired' && end !== undefined && end >= since),
    ending: pick(
      ({ fact, status, end }) =>
        fact.kind !== 'event' && ['current', 'upcoming'].includes(status) && end !== undefined && end <= until,
    ),
    review: pick(({ fact, status }) => ['current', 'upcoming'].includes(status) && fact.reviewBy <= until),
  }
}

function named({ id, askedAs, statement }: Fact): string {
  return `${cutAtWord(askedAs[0] ?? statement, 90)} (${id})`
}

function section(title: string, items: readonly string[], most: number): Part[] {
  if (items.length === 0) return []
  const more = items.length > most ? [`and ${items.length - most} more`] : []
  return [{ kind: 'list', title: `${items.length} ${title}`, items: [...items.slice(0, most), ...more] }]
}
