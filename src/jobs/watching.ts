import { createHash } from 'node:crypto'
import type { Client } from 'discord.js'
import type { Context } from '../discord/context.ts'
import { readModeration } from '../discord/keeping/moderation.ts'
import { sendNotices } from '../discord/notices.ts'
import { logFailure } from '../discord/store-trouble.ts'
import type { Keeper } from '../editing/keeper.ts'
import type { Shelf, Watch } from '../editing/shelf.ts'
import { type Fault, faultText } from '../knowledge/fault.ts'
import { StoreFailure } from '../store/failure.ts'

/** Which faults moderators have been told of: what several processes find in one folder is told once. */
const TOLD = 'told-faults'

/**
 * Reads the knowledge files again whenever they have changed. Faults are told once, to the log and to the
 * moderators, and that they are mended as well; until then the last good knowledge goes on being served.
 */
export function keepLoaded(shelf: Shelf, keeper: Keeper, client: Client, context: Context): Watch {
  let logged = ''
  return shelf.watch(async () => {
    try {
      const found = await keeper.reload()
      const faults = found.kind === 'faulty' ? found.faults : []
      context.metrics.reloaded(faults.length)
      const texts = faults.map(faultText)
      if (texts.join('\n\n') !== logged) {
        logged = texts.join('\n\n')
        if (faults.length === 0) context.log.info('the knowledge files are in order again')
        else context.log.error({ faults: texts }, 'the knowledge files have faults')
      }
      if (await noteFaults(faults, context)) await sendNotices(client, context)
    } catch (err) {
      logFailure(err, 'what was changed in the knowledge files could not be noted', context)
      // It is noted when the database is in order again.
      if (err instanceof StoreFailure) throw err
    }
  })
}

/** Notes that moderators are to be told of faults, or that they are mended, unless that has been noted. */
async function noteFaults(faults: readonly Fault[], { moderatorsGuild: guild, store }: Context): Promise<boolean> {
  if (guild === undefined) return false
  const body = JSON.stringify({ faults })
  const digest = faults.length === 0 ? '' : createHash('sha256').update(body).digest('base64url')
  const isTold = (settings: ReadonlyMap<string, string>) => (settings.get(TOLD) ?? '') === digest
  if (isTold(await store.readSettings(guild))) return false
  return store.atOnce(async (alone) => {
    if (isTold(await alone.readSettings(guild))) return false
    await alone.writeSetting(guild, TOLD, digest)
    const { channel: place } = await readModeration(alone, guild)
    if (place !== undefined) await alone.addNotice({ kind: 'faults', place, body })
    return true
  })
}
