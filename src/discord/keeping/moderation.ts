import { type BaseInteraction, PermissionFlagsBits } from 'discord.js'
import type { Keeper } from '../../editing/keeper.ts'
import { UserError } from '../../errors.ts'
import type { Store } from '../../store/store.ts'
import type { Context } from '../context.ts'
import type { Verb } from '../step.ts'

/** What a guild of moderators has settled. */
export interface Moderation {
  /** Where proposals, faults and digests are told. */
  readonly channel?: string
  /** Roles whose members moderate too. */
  readonly roles: readonly string[]
  /** Whether somebody else than the author has to approve. */
  readonly secondPerson: boolean
  /** 0 is Sunday; missing: never. */
  readonly digestDay?: number
}

const MONDAY = 1

/** The settings of a guild, or what holds as long as nothing is settled. */
export async function readModeration(store: Pick<Store, 'readSettings'>, guild: string): Promise<Moderation> {
  const settings = await store.readSettings(guild)
  const digestDay = Number(settings.get('digest-day') ?? MONDAY)
  const channel = settings.get('channel')
  return {
    ...(channel ? { channel } : {}),
    roles: (settings.get('roles') ?? '').split(',').filter(Boolean),
    secondPerson: settings.get('second-person') !== 'off',
    ...(digestDay >= 0 ? { digestDay } : {}),
  }
}

/** Where moderators work, for whoever has been found to be one of them. */
export interface Desk extends Moderation {
  readonly keeper: Keeper
  readonly guild: string
  /** Whether they may change the settings as well. */
  readonly isManager: boolean
}

/** Looks at every step whether it is a moderator's, in the moderators' guild: a component can be replayed or forged. */
export async function requireModerator(interaction: BaseInteraction, context: Context): Promise<Desk> {
  const { keeper, moderatorsGuild: guild, store, log } = context
  if (keeper && guild !== undefined && interaction.guildId === guild) {
    const moderation = await readModeration(store, guild)
    const isManager = interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false
    if (isManager || rolesOf(interaction).some((role) => moderation.roles.includes(role))) {
      return { ...moderation, keeper, guild, isManager }
    }
  }
  log.warn(
    { sender: store.pseudonymOf(interaction.user.id), guild: interaction.guildId, interaction: interaction.id },
    'refused: no moderator',
  )
  throw new UserError('Only moderators can do this, in the server from which this bot’s knowledge is kept.')
}

type ModeratorVerb<Interaction> = (...given: [...Parameters<Verb<Interaction>>, desk: Desk]) => Promise<void>

/** Verbs of a step that are for moderators only. */
export function byModerators<Interaction extends BaseInteraction>(
  verbs: Readonly<Record<string, ModeratorVerb<Interaction>>>,
): Record<string, Verb<Interaction>> {
  const guarded = Object.entries(verbs).map(([name, act]): [string, Verb<Interaction>] => [
    name,
    async (interaction, args, context) => act(interaction, args, context, await requireModerator(interaction, context)),
  ])
  return Object.fromEntries(guarded)
}

function rolesOf({ member }: BaseInteraction): string[] {
  if (!member) return []
  return Array.isArray(member.roles) ? member.roles : [...member.roles.cache.keys()]
}
