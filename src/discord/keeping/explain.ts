import type { ChatInputCommandInteraction } from 'discord.js'
import type { Explanation, Outcome } from '../../answering/outcome.ts'
import { cutAtWord } from '../../render/escape.ts'
import { renderFirstFitting } from '../../render/message.ts'
import type { Part, View } from '../../render/view.ts'
import type { Context } from '../context.ts'
import { toOptions } from '../replies.ts'
import { PRIVATE } from './complaints.ts'

/** Facts that came near; fewer where they have much to tell. */
const SHOWN = [4, 2, 1]

/** `/knowledge explain`: why a question gets what it gets, so that the knowledge can be mended. It is noted as no gap. */
export async function explain(interaction: ChatInputCommandInteraction, context: Context): Promise<void> {
  const outcome = context.engine.ask(interaction.options.getString('question', true), context.today())
  const note = 'More ways to ask (/knowledge ask-as), aliases and the glossary bring a fact nearer to a question.'
  const views = SHOWN.map((most): View => {
    const candidates = outcome.why.candidates.slice(0, most).map(candidateIn(context))
    const parts: Part[] = [...headOf(outcome), { kind: 'break' }, ...candidates, { kind: 'note', text: note }]
    return { tone: 'neutral', parts, controls: [] }
  })
  await interaction.reply({ ...toOptions(renderFirstFitting(views)), flags: PRIVATE })
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
