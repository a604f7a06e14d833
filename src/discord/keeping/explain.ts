import type { ChatInputCommandInteraction } from 'discord.js'
import type { Explanation, Outcome } from '../../answering/outcome.ts'
import { cutAtWord } from '../../render/escape.ts'
import { renderView } from '../../render/message.ts'
import type { Part } from '../../render/view.ts'
import type { Context } from '../context.ts'
import { toOptions } from '../replies.ts'
import { PRIVATE } from './complaints.ts'

const SHOWN = 4

/** `/knowledge explain`: why a question gets what it gets, so that the knowledge can be mended. It is noted as no gap. */
export async function explain(interaction: ChatInputCommandInteraction, context: Context): Promise<void> {
  const outcome = context.engine.ask(interaction.options.getString('question', true), context.today())
  const parts = [
    ...headOf(outcome),
    { kind: 'break' } as const,
    ...outcome.why.candidates.slice(0, SHOWN).map(candidateIn(context)),
  ]
  const note = 'More ways to ask (/knowledge ask-as), aliases and the glossary bring a fact nearer to a question.'
  const view = { tone: 'neutral', parts: [...parts, { kind: 'note', text: note }], controls: [] } as const
  await interaction.reply({ ...toOptions(renderView(view)), flags: PRIVATE })
}

function headOf({ kind, question, why }: Outcome): Part[] {
  const got = { answer: 'is answered', suggestions: 'gets suggestions', abstention: 'gets no answer' }[kind]
  const list = (title: string, items: readonly string[]): Part[] =>
    items.length === 0 ? [] : [{ kind: 'note', text: `${title}: ${cutAtWord(items.join(', '), 300)}` }]
  return [
    { kind: 'line', text: `“${cutAtWord(question, 300)}” ${got}.` },
    { kind: 'note', text: cutAtWord(why.decision, 400) },
    ...list('Words', why.words),
    ...list('Mended', why.repaired),
    ...list('Names', why.entities),
  ]
}

function candidateIn({ snapshot }: Context): (candidate: Explanation['candidates'][number]) => Part {
  return ({ id, score, matched, missing }) => ({
    kind: 'list',
    title: `${id}, ${score.toFixed(2)}`,
    items: [
      cutAtWord(snapshot.facts.get(id)?.statement ?? '', 200),
      ...(matched.length > 0 ? [`has ${cutAtWord(matched.join(', '), 200)}`] : []),
      ...(missing.length > 0 ? [`lacks ${cutAtWord(missing.join(', '), 200)}`] : []),
    ],
  })
}
