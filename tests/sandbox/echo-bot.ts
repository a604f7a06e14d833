/** A small bot on the real client, for the sandbox's own tests. */
import {
  ApplicationCommandType,
  Client,
  type ClientOptions,
  type Interaction,
  MessageFlags,
  Options,
  Partials,
} from 'discord.js'
import type { Sandbox } from '../../src/sandbox/sandbox.ts'

const COMMANDS = [
  {
    name: 'echo',
    description: 'Says it again',
    options: [
      { type: 3, name: 'text', description: 'What to say', required: true, autocomplete: true },
      { type: 5, name: 'private', description: 'Only for you' },
      { type: 4, name: 'times', description: 'How often', min_value: 1, max_value: 3 },
    ],
  },
  { name: 'slow', description: 'Thinks first' },
  { name: 'silent', description: 'Never answers' },
  { name: 'form', description: 'Opens a modal' },
  { name: 'moderate', description: 'For moderators', default_member_permissions: '32', contexts: [0] },
  { name: 'Repeat', type: ApplicationCommandType.Message },
] as const

const BUTTON = { type: 2, style: 1, label: 'Press', custom_id: 'press' } as const
const QUIET = { type: 2, style: 2, label: 'Quiet', custom_id: 'quiet' } as const
const SELECT = {
  type: 3,
  custom_id: 'pick',
  options: [
    { label: 'One', value: '1' },
    { label: 'Two', value: '2' },
  ],
} as const

/** Logs a bot in that echoes what it is given; `intents` defaults to guilds, their messages and direct messages. */
export async function startEchoBot(
  sandbox: Sandbox,
  intents = 4609,
  options: Partial<ClientOptions> = {},
): Promise<Client<true>> {
  const client = new Client({
    ...options,
    intents,
    partials: [Partials.Channel],
    rest: { api: sandbox.api },
    makeCache: Options.cacheWithLimits({ MessageManager: 50 }),
  })
  const errors: unknown[] = []
  client.on('error', (error) => errors.push(error))
  client.on(
    'interactionCreate',
    (interaction) => void answer(interaction).catch((error) => client.emit('error', error)),
  )
  client.on('messageCreate', (message) => {
    if (message.author.bot) return
    const mentioned =
      message.mentions.users.has(client.user?.id ?? '') || message.mentions.roles.has(sandbox.ids.botRole)
    if (message.guildId && !mentioned) return
    void message.reply({ content: `echo: ${message.content || '(nothing)'}`, allowedMentions: { parse: [] } })
  })
  const ready = new Promise((resolve) => client.once('clientReady', resolve))
  await client.login(sandbox.token)
  await ready
  await client.application?.commands.set([...COMMANDS] as never)
  return client as Client<true>
}

async function answer(interaction: Interaction): Promise<unknown> {
  if (interaction.isAutocomplete()) {
    const { value } = interaction.options.getFocused(true)
    return interaction.respond([{ name: `${value}!`, value: `${value}-id` }])
  }
  if (interaction.isMessageContextMenuCommand()) return interaction.reply(`again: ${interaction.targetMessage.content}`)
  if (interaction.isButton() && interaction.customId === 'quiet') return interaction.deferUpdate()
  if (interaction.isButton()) return interaction.update({ content: `pressed by ${interaction.user.username}` })
  if (interaction.isStringSelectMenu())
    return interaction.reply({ content: `picked ${interaction.values}`, flags: MessageFlags.Ephemeral })
  if (interaction.isModalSubmit()) return interaction.reply(`form: ${interaction.fields.getTextInputValue('note')}`)
  if (!interaction.isChatInputCommand()) return undefined
  if (interaction.commandName === 'slow') {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral })
    return interaction.editReply({ content: 'thought about it' })
  }
  if (interaction.commandName === 'form')
    return interaction.showModal({
      custom_id: 'form',
      title: 'A form',
      components: [
        { type: 18, label: 'Note', component: { type: 4, custom_id: 'note', style: 1, max_length: 20 } },
      ] as never,
    })
  if (interaction.commandName !== 'echo') return undefined
  const text = interaction.options.getString('text', true)
  return interaction.reply({
    content: `echo: ${text}`,
    components: [
      { type: 1, components: [BUTTON, QUIET] },
      { type: 1, components: [SELECT] },
    ],
    ...(interaction.options.getBoolean('private') ? { flags: MessageFlags.Ephemeral } : {}),
  })
}
