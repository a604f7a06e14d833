/** A small bot of every trick that the page has to draw; nothing of the project's own bot is in it. */
import {
  type APIModalInteractionResponseCallbackData,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ButtonStyle,
  Client,
  ComponentType,
  GatewayIntentBits,
  type Interaction,
  MessageFlags,
  Partials,
  TextInputStyle,
} from 'discord.js'

const WORDS = ['apple', 'apricot', 'banana']

const text = (name: string, more: object = {}) => ({
  type: ApplicationCommandOptionType.String as const,
  name,
  description: `The ${name}`,
  ...more,
})

const COMMANDS = [
  {
    name: 'pick',
    description: 'Pick a word',
    options: [
      text('word', { required: true, autocomplete: true }),
      { type: ApplicationCommandOptionType.Boolean as const, name: 'loud', description: 'In capitals' },
    ],
  },
  { name: 'whisper', description: 'Answer in private' },
  { name: 'slow', description: 'Take a while' },
  { name: 'silent', description: 'Never answer' },
  { name: 'form', description: 'Open a form' },
  { name: 'hostile', description: 'Say hostile things' },
  { name: 'broken', description: 'Send what Discord refuses' },
  { name: 'Count words', type: ApplicationCommandType.Message as const },
]

export const HOSTILE =
  '<img src=x onerror="document.title=\'hacked\'"> <script>document.title="hacked"</script> [go](javascript:document.title="hacked") @everyone \u202Eevil'

export interface EchoBot {
  /** Lets `/slow` answer. */
  finish: () => void
  stop: () => Promise<void>
}

export async function startEchoBot(api: string, token: string): Promise<EchoBot> {
  const { Guilds, GuildMessages, DirectMessages } = GatewayIntentBits
  const client = new Client({
    intents: [Guilds, GuildMessages, DirectMessages],
    partials: [Partials.Channel],
    rest: { api },
    allowedMentions: { parse: [] },
  })
  const slow = Promise.withResolvers<void>()
  client.on('error', () => {})
  client.on('messageCreate', async (message) => {
    if (message.author.bot || message.content === '') return
    await message.reply({ flags: MessageFlags.IsComponentsV2, components: [heard(message.cleanContent)] })
  })
  client.on('interactionCreate', (interaction) => void answer(interaction, slow.promise).catch(() => {}))
  const ready = new Promise((resolve) => client.once('clientReady', resolve))
  await client.login(token)
  await ready
  await client.application?.commands.set(COMMANDS)
  return { finish: slow.resolve, stop: () => client.destroy() }
}

async function answer(interaction: Interaction, slow: Promise<void>): Promise<unknown> {
  if (interaction.isAutocomplete()) {
    const typed = interaction.options.getFocused()
    const found = WORDS.filter((word) => word.startsWith(typed))
    return interaction.respond(found.map((word) => ({ name: `The word ${word}`, value: word })))
  }
  if (interaction.isButton())
    return interaction.update({ components: [heard(`pressed by ${interaction.user.username}`)] })
  if (interaction.isStringSelectMenu()) return interaction.reply(`selected ${interaction.values.join('+')}`)
  if (interaction.isModalSubmit()) {
    const { fields } = interaction
    return interaction.reply(
      `form: ${fields.getTextInputValue('why')} / ${fields.getStringSelectValues('which').join('+')}`,
    )
  }
  if (interaction.isMessageContextMenuCommand()) {
    return interaction.reply(`${interaction.targetMessage.content.split(' ').length} words`)
  }
  if (!interaction.isChatInputCommand()) return
  switch (interaction.commandName) {
    case 'pick': {
      const word = interaction.options.getString('word', true)
      const said = interaction.options.getBoolean('loud') ? word.toUpperCase() : word
      return interaction.reply({ embeds: [{ title: 'Picked', description: `**${said}**`, color: 0x5865f2 }] })
    }
    case 'whisper':
      return interaction.reply({ content: 'between us', flags: MessageFlags.Ephemeral })
    case 'slow':
      await interaction.deferReply()
      await slow
      return interaction.editReply('done at last')
    case 'form':
      return interaction.showModal(FORM)
    case 'hostile':
      return interaction.reply({ content: HOSTILE, embeds: [{ title: HOSTILE, description: HOSTILE }] })
    case 'broken':
      return interaction.reply({ embeds: [{ title: 'x'.repeat(300) }] })
  }
}

const heard = (content: string) => ({
  type: ComponentType.Container as const,
  accentColor: 0x248046,
  components: [
    { type: ComponentType.TextDisplay as const, content: `**heard** ${content}` },
    { type: ComponentType.Separator as const },
    {
      type: ComponentType.ActionRow as const,
      components: [
        { type: ComponentType.Button as const, style: ButtonStyle.Primary as const, label: 'Press', customId: 'press' },
        {
          type: ComponentType.Button as const,
          style: ButtonStyle.Link as const,
          label: 'Open',
          url: 'https://a.example',
        },
      ],
    },
    {
      type: ComponentType.ActionRow as const,
      components: [
        {
          type: ComponentType.StringSelect as const,
          customId: 'select',
          placeholder: 'Choose a colour',
          options: [
            { label: 'Red', value: 'r' },
            { label: 'Green', value: 'g', description: 'Like grass' },
          ],
        },
      ],
    },
  ],
})

const FORM: APIModalInteractionResponseCallbackData = {
  custom_id: 'form',
  title: 'A form',
  components: [
    {
      type: ComponentType.Label,
      label: 'Why?',
      component: { type: ComponentType.TextInput, custom_id: 'why', style: TextInputStyle.Paragraph },
    },
    {
      type: ComponentType.Label,
      label: 'Which?',
      component: {
        type: ComponentType.StringSelect,
        custom_id: 'which',
        options: [
          { label: 'One', value: '1' },
          { label: 'Two', value: '2' },
        ],
      },
    },
  ],
}
