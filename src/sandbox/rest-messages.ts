/** The routes of channels, their messages, and the webhooks by which interactions are answered. */
import {
  IncomingWebhookInteractionRequestSchema,
  IncomingWebhookUpdateRequestPartialSchema,
  MessageCreateRequestSchema,
  MessageEditRequestPartialSchema,
} from 'discord-api-spec/zod'
import { BOT } from './actors.ts'
import { errors, refuse } from './api-error.ts'
import { botBody, channelBody } from './bodies.ts'
import { checkedCallback } from './callbacks.ts'
import type { Interaction } from './interactions.ts'
import type { StoredMessage } from './message-store.ts'
import { asSeenByBot, changedMessage, newMessage } from './messages.ts'
import { ATTACH_FILES, botPermissionsIn, isHeard, MANAGE_MESSAGES, SEND_MESSAGES } from './permissions.ts'
import type { Channel } from './places.ts'
import type { Route, RouteRequest } from './rest.ts'
import { EPHEMERAL, LOADING, type MessageBody } from './rules-messages.ts'
import { schemaFlaws } from './validate.ts'

/** Discord says "the past few minutes". */
const NONCE_LIFE = 5 * 60_000

export const messageRoutes: Route[] = [
  ['GET', '/channels/:channel', (request) => channelBody(request.world, channelOf(request))],
  ['POST', '/channels/:channel/typing', typing],
  ['GET', '/channels/:channel/messages', listMessages],
  ['POST', '/channels/:channel/messages', createMessage],
  ['GET', '/channels/:channel/messages/:message', (request) => shown(request, messageOf(request))],
  ['PATCH', '/channels/:channel/messages/:message', editMessage],
  ['DELETE', '/channels/:channel/messages/:message', deleteMessage],
]

/** These carry their permission in the path. */
export const webhookRoutes: Route[] = [
  ['POST', '/interactions/:id/:token/callback', respond],
  ['POST', '/webhooks/:application/:token', followUp],
  ['GET', '/webhooks/:application/:token/messages/:message', (request) => bare(ownOf(request)[1])],
  ['PATCH', '/webhooks/:application/:token/messages/:message', editOwn],
  ['DELETE', '/webhooks/:application/:token/messages/:message', deleteOwn],
]

function channelOf({ world, params }: RouteRequest): Channel {
  const channel = world.channel(params.channel ?? '')
  if (!channel) throw errors.unknownChannel()
  if (channel.guild?.state === 'unavailable') throw errors.unavailable()
  if (!isHeard(world, channel)) throw errors.missingAccess()
  return channel
}

/** The channel, if the bot may also do this there. */
function channelFor(request: RouteRequest, permission: bigint): Channel {
  const channel = channelOf(request)
  if (botPermissionsIn(request.world, channel) & permission) return channel
  throw channel.guild ? errors.missingPermissions() : errors.cannotMessage()
}

function messageOf(request: RouteRequest): StoredMessage {
  const found = request.world.find(request.params.message ?? '')
  if (!found || found.onlyFor || found.message.channel_id !== channelOf(request).id) throw errors.unknownMessage()
  return found
}

function bare({ message: { pings: _, ...message } }: StoredMessage) {
  return message
}

function shown(request: RouteRequest, stored: StoredMessage) {
  return asSeenByBot(bare(stored), channelOf(request).type === 0, request.intents)
}

function typing(request: RouteRequest): undefined {
  request.world.page({ type: 'typing', channel: channelFor(request, SEND_MESSAGES).id, user: BOT })
}

function listMessages(request: RouteRequest) {
  const list = request.world.messages.in(channelOf(request).id)
  const { limit, before, after } = Object.fromEntries(request.query) as Record<string, string | undefined>
  return list
    .filter(({ onlyFor, message: { id } }) => {
      const late = before && BigInt(id) >= BigInt(before)
      const early = after && BigInt(id) <= BigInt(after)
      return !onlyFor && !late && !early
    })
    .slice(-Number(limit ?? 50))
    .reverse()
    .map((stored) => shown(request, stored))
}

function createMessage(request: RouteRequest) {
  const { world, files } = request
  const channel = channelFor(request, SEND_MESSAGES)
  if (files.length > 0) channelFor(request, ATTACH_FILES)
  refuse(schemaFlaws(MessageCreateRequestSchema, request.body))
  const body = request.body as MessageBody
  const sent = body.enforce_nonce && world.byNonce(channel.id, body.nonce, NONCE_LIFE)
  if (sent) return { ...bare(sent), nonce: body.nonce }
  // Only responses to interactions can be ephemeral.
  const draft = { ...body, flags: (body.flags ?? 0) & ~EPHEMERAL }
  const message = newMessage(world, { author: botBody(world), channel, body: draft, files })
  const stored = { message, channel, ...(body.nonce === undefined ? {} : { nonce: body.nonce }) }
  world.add(stored)
  return { ...bare(stored), nonce: body.nonce }
}

function editMessage(request: RouteRequest) {
  const stored = messageOf(request)
  refuse(schemaFlaws(MessageEditRequestPartialSchema, request.body))
  if (stored.message.author.id !== BOT) throw errors.notYours()
  const { world, files } = request
  const draft = { channel: channelOf(request), body: request.body as MessageBody, files }
  const message = changedMessage(world, stored.message, draft)
  world.replace(stored, { ...message, edited_timestamp: new Date(world.now()).toISOString() })
  return bare(stored)
}

function deleteMessage(request: RouteRequest): undefined {
  const stored = messageOf(request)
  const own = stored.message.author.id === BOT
  const mayOthers = channelOf(request).guild && botPermissionsIn(request.world, stored.channel) & MANAGE_MESSAGES
  if (!own && !mayOthers) throw errors.missingPermissions()
  request.world.remove(stored)
}

function respond(request: RouteRequest) {
  const { interactions, params, query, files } = request
  const callback = checkedCallback(request.body)
  const interaction = interactions.respond(params.id ?? '', params.token ?? '', callback, files)
  return query.get('with_response') === 'true' ? resource(interaction, callback.type) : undefined
}

function resource(interaction: Interaction, type: number) {
  const { id, original, channel } = interaction
  const message = original && bare(original)
  const flags = message?.flags ?? 0
  return {
    interaction: {
      id,
      type: interaction.type,
      channel_id: channel.id,
      ...(channel.guild ? { guild_id: channel.guild.id } : {}),
      ...(message
        ? {
            response_message_id: message.id,
            response_message_loading: (flags & LOADING) !== 0,
            response_message_ephemeral: (flags & EPHEMERAL) !== 0,
          }
        : {}),
    },
    ...(message ? { resource: { type, message } } : {}),
  }
}

function followUp(request: RouteRequest) {
  const { interactions, params, files } = request
  const interaction = interactions.byToken(params.application ?? '', params.token ?? '')
  refuse(schemaFlaws(IncomingWebhookInteractionRequestSchema, request.body))
  const { pings: _, ...message } = interactions.followUp(interaction, request.body as MessageBody, files)
  return message
}

/** A message that the interaction has made, by id or as `@original`. */
function ownOf({ world, interactions, params }: RouteRequest): [Interaction, StoredMessage] {
  const interaction = interactions.byToken(params.application ?? '', params.token ?? '')
  const { original } = interaction
  const stored = params.message === '@original' ? original : world.find(params.message ?? '')
  const gone = !stored || !world.find(stored.message.id)
  if (gone || stored.message.author.id !== BOT) throw errors.unknownMessage()
  return [interaction, stored]
}

function editOwn(request: RouteRequest) {
  const [interaction, stored] = ownOf(request)
  refuse(schemaFlaws(IncomingWebhookUpdateRequestPartialSchema, request.body))
  const body = request.body as MessageBody
  const { pings: _, ...message } = request.interactions.edit(interaction, stored, body, request.files)
  return message
}

function deleteOwn(request: RouteRequest): undefined {
  request.world.remove(ownOf(request)[1])
}
