import { ApplicationCommandOptionType, PermissionFlagsBits } from 'discord.js'
import type { Command } from '../src/discord/command.ts'
import { answersPrivately, isInstalledForPerson } from '../src/discord/options.ts'
import { privateLine } from '../src/discord/replies.ts'
import { UserError } from '../src/errors.ts'

/** What a server settles for itself. */
export const settings = {
  definition: {
    name: 'settings',
    description: 'See or change how answers are shown in this server',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'answers',
        description: 'Who sees answers, unless the asker chooses otherwise',
        choices: [
          { name: 'public: everybody in the channel', value: 'public' },
          { name: 'private: only the asker, who can share them', value: 'private' },
        ],
      },
    ],
    // Where somebody installed it only for themselves, there is nothing to settle.
    contexts: [0],
    integration_types: [0],
    default_member_permissions: String(PermissionFlagsBits.ManageGuild),
  },
  async execute(interaction, { store, words, log }) {
    const { guildId, options, user } = interaction
    if (guildId === null || isInstalledForPerson(interaction)) throw new UserError(words.settings.onlyInServer)
    // Discord hides the command from others, but a server can change that.
    if (!interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild)) {
      throw new UserError(words.settings.needsPermission)
    }
    const answers = options.getString('answers')
    if (answers === 'private' || answers === 'public') {
      await store.writeSetting(guildId, 'answers', answers)
      log.info({ sender: store.pseudonymOf(user.id), guild: guildId }, 'changed how answers are shown')
    }
    const { isPrivate, isPublic } = words.settings
    await interaction.reply(privateLine((await answersPrivately(store, guildId)) ? isPrivate : isPublic))
  },
} satisfies Command
