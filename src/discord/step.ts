import type { ModalSubmitInteraction } from 'discord.js'
import { UserError } from '../errors.ts'
import type { ComponentInteraction, Step } from './command.ts'
import type { Context } from './context.ts'

/** What one verb of a step does with what follows it in the custom id. */
export type Verb<Interaction> = (interaction: Interaction, args: readonly string[], context: Context) => Promise<void>

interface Verbs {
  readonly presses: Readonly<Record<string, Verb<ComponentInteraction>>>
  readonly forms?: Readonly<Record<string, Verb<ModalSubmitInteraction>>>
}

/** A step whose custom ids are `step|verb|argument|…`. A press that is sent as a form, or the reverse, is refused. */
export function stepOf({ presses, forms = {} }: Verbs): Step {
  async function step(...[interaction, [verb = '', ...args], context]: Parameters<Step>): Promise<void> {
    if (interaction.isModalSubmit()) {
      if (!Object.hasOwn(forms, verb)) throw new UserError(context.words.unknownForm)
      await forms[verb]?.(interaction, args, context)
    } else {
      if (!Object.hasOwn(presses, verb)) throw new UserError(context.words.unknownButton)
      await presses[verb]?.(interaction, args, context)
    }
  }
  return Object.assign(step, { verbs: [...Object.keys(presses), ...Object.keys(forms)] })
}
