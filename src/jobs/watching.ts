import type { Client } from 'discord.js'
import type { Context } from '../discord/context.ts'
import { tellModerators } from '../discord/keeping/moderation.ts'
import { logFailure } from '../discord/store-trouble.ts'
import type { Keeper } from '../editing/keeper.ts'
import { faultText } from '../knowledge/fault.ts'
import { type FolderWatch, watchFolder } from '../knowledge/watch.ts'
import { composeFaults, composeMended } from '../render/keeping.ts'
import { renderFirstFitting, renderView } from '../render/message.ts'
import { StoreFailure } from '../store/failure.ts'

/** Milliseconds without a change after which the files are read: a checkout writes many, an editor one more than once. */
const QUIET = 200

/**
 * Reads the knowledge folder again whenever its files have changed. Faults are told once, to the log and to the
 * moderators, and that they are mended as well; until then the last good knowledge goes on being served.
 */
export function keepLoaded(folder: string, keeper: Keeper, client: Client, context: Context): FolderWatch {
  let told = ''
  return watchFolder(folder, { quiet: QUIET }, async () => {
    try {
      const found = await keeper.reload()
      const faults = found.kind === 'faulty' ? found.faults : []
      context.metrics.reloaded(faults.length)
      const text = faults.map(faultText).join('\n\n')
      if (text === told) return
      told = text
      if (faults.length === 0) {
        context.log.info('the knowledge files are in order again')
        await tellModerators(client, renderView(composeMended()), context)
      } else {
        context.log.error({ faults: faults.map((fault) => faultText(fault)) }, 'the knowledge files have faults')
        await tellModerators(client, renderFirstFitting(composeFaults(faults)), context)
      }
    } catch (err) {
      logFailure(err, 'what was changed in the knowledge files could not be noted', context)
      // It is noted when the database is in order again.
      if (err instanceof StoreFailure) throw err
    }
  })
}
