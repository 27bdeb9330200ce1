import { setTimeout as wait } from 'node:timers/promises'
import { discardOldDrafts } from '../services/discard-old-drafts.ts'
import { storeOf, type World } from './world.ts'

const dayMs = 86_400_000

/** Discards old drafts when it starts and once a day. A store that does not answer is tried again the next day. */
export function startDiscarding(
  world: Pick<World, 'settings' | 'store' | 'clock' | 'log'>,
  { restMs = dayMs }: { readonly restMs?: number } = {},
): AsyncDisposable {
  const stopping = new AbortController()
  const running = run(world, { restMs, signal: stopping.signal })
  return {
    [Symbol.asyncDispose]: async () => {
      stopping.abort()
      await running
    },
  }
}

async function run(
  world: Pick<World, 'settings' | 'store' | 'clock' | 'log'>,
  { restMs, signal }: { readonly restMs: number; readonly signal: AbortSignal },
): Promise<void> {
  const { settings, clock, log } = world
  const ports = { ...storeOf(world), clock }
  while (!signal.aborted) {
    await discardOldDrafts(ports, { days: settings.draftDays }).then(
      discarded => {
        if (discarded.reviews + discarded.referrals > 0) log.info(discarded, 'old drafts were discarded')
      },
      (error: unknown) => log.error({ err: error }, 'old drafts could not be discarded'),
    )
    await wait(restMs, undefined, { signal }).catch(() => undefined) // woken early by stop, and by nothing else
  }
}
