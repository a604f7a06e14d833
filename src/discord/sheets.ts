import { type BaseInteraction, type ChatInputCommandInteraction, MessageFlags, PermissionFlagsBits } from 'discord.js'
import { UserError } from '../errors.ts'
import { type Day, isDay } from '../knowledge/days.ts'
import type { Message } from '../render/components.ts'
import { LONGEST } from '../render/custom-id.ts'
import { renderFirstFitting } from '../render/message.ts'
import type { Picture, Setting, Sheet } from '../render/overviews/overview.ts'
import type { Control, Part, View } from '../render/view.ts'
import type { ComponentInteraction, Step } from './command.ts'
import type { Context } from './context.ts'
import { pressedByAsker, requirePrivate } from './controls.ts'
import { isWithBot, privacyOf } from './options.ts'
import { deferReply, deferUpdate, toOptions } from './replies.ts'
import { stepOf } from './step.ts'

/**
 * Something to leaf through, under the name of its command. Buttons carry its arguments, so that they work after a
 * restart: they come back from outside, and whatever they name may be gone.
 */
export interface Overview {
  readonly name: string
  /** Throws a UserError when the arguments name nothing (any more). */
  sheet(args: readonly string[], setting: Setting): Sheet
}

/** Shows the first page to whoever typed the command. */
export async function showOverview(
  interaction: ChatInputCommandInteraction,
  { name, sheet }: Overview,
  args: readonly string[],
  asOf: Day,
  context: Context,
): Promise<void> {
  const { isPrivate, isShareable } = await privacyOf(interaction, context)
  const shown = sheet(args, settingOf(asOf, 1, context))
  const ids = idsFor(name, asOf, args)
  // Drawing may take longer than the three seconds that Discord waits.
  await deferReply(interaction, { isPrivate })
  await interaction.editReply(await messageOf(interaction, shown, ids, { isShareable }, context))
}

/** What is pressed on a page: `page` turns to another one, `share` shows it to everybody. */
export function overviewStep({ name, sheet }: Overview): Step {
  const wanted = ([asOf = '', page = '', ...args]: readonly string[], context: Context) => {
    if (!isDay(asOf) || !/^\d{1,4}$/.test(page)) throw new UserError(context.words.unreadableButton)
    return { shown: sheet(args, settingOf(asOf, Number(page), context)), ids: idsFor(name, asOf, args) }
  }
  async function page(interaction: ComponentInteraction, args: readonly string[], context: Context): Promise<void> {
    const { shown, ids } = wanted(args, context)
    const isAsker = await pressedByAsker(interaction)
    const isPrivate = !isAsker || interaction.message.flags.has(MessageFlags.Ephemeral)
    // Whoever did not ask gets a copy of their own, and the asker's stays as it is.
    if (isAsker) await deferUpdate(interaction)
    else await deferReply(interaction, { isPrivate: true })
    const isShareable = isPrivate && !isWithBot(interaction)
    await interaction.editReply(await messageOf(interaction, shown, ids, { isShareable }, context))
  }
  async function share(interaction: ComponentInteraction, args: readonly string[], context: Context): Promise<void> {
    requirePrivate(interaction, context)
    const { shown, ids } = wanted(args, context)
    await deferReply(interaction)
    await interaction.editReply(await messageOf(interaction, shown, ids, { sharedBy: interaction.user.id }, context))
  }
  return stepOf({ presses: { page, share } })
}

interface Showing {
  readonly isShareable?: boolean
  readonly sharedBy?: string
}

async function messageOf(
  { appPermissions }: BaseInteraction,
  shown: Sheet,
  ids: Ids,
  showing: Showing,
  context: Context,
) {
  const { words, commandIds } = context
  const mayAttach = appPermissions.has(PermissionFlagsBits.AttachFiles)
  const file = shown.picture && mayAttach ? await drawn(shown.picture, context) : undefined
  const missing = mayAttach ? words.overview.noPicture : words.overview.mayNotAttach
  const lines: Part[] = [
    ...(shown.picture && !file ? [{ kind: 'note', text: missing } as const] : []),
    ...(showing.sharedBy ? [{ kind: 'people', text: words.sharedBy, users: [showing.sharedBy] } as const] : []),
  ]
  const withAll = ({ parts: [heading, ...parts], controls, tone }: View): View => ({
    tone,
    parts: [
      ...(heading ? [heading] : []),
      ...(file ? [{ kind: 'picture', file: file.name, description: file.description } as const] : []),
      ...parts,
      ...lines,
    ],
    controls: [...buttonsOf(shown, ids, showing, context), ...controls],
  })
  const message: Message = renderFirstFitting(shown.views.map(withAll), commandIds)
  // The picture of another page goes with its page.
  return { ...toOptions(message), files: file ? [file] : [], attachments: [] }
}

function buttonsOf({ page, pages }: Sheet, idOf: Ids, { isShareable = false }: Showing, { words }: Context): Control[] {
  const button = (verb: string, to: number, label: string): Control[] => {
    const customId = idOf(verb, to)
    return customId.length > LONGEST ? [] : [{ kind: 'button', customId, label }]
  }
  return [
    ...(page > 1 ? button('page', page - 1, words.buttons.back) : []),
    ...(page < pages ? button('page', page + 1, words.buttons.next) : []),
    ...(isShareable ? button('share', page, words.buttons.share) : []),
  ]
}

type Ids = (verb: string, page: number) => string

function idsFor(name: string, asOf: Day, args: readonly string[]): Ids {
  return (verb, page) => [name, verb, asOf, page, ...args].join('|')
}

function settingOf(asOf: Day, page: number, { snapshot, words }: Context): Setting {
  return { snapshot, asOf, words, page }
}

/** Undefined when it cannot be drawn: the text says the same. */
async function drawn({ name, description, spec }: Picture, { painter, log }: Context) {
  try {
    return { attachment: await painter.paint(spec()), name, description }
  } catch (err) {
    log.warn({ err }, 'a picture could not be drawn')
    return undefined
  }
}
