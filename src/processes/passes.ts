import { setTimeout as wait } from 'node:timers/promises'
import { laneStopMs as usualLaneStopMs } from '../services/forward-referrals.ts'
import { isBug } from './is-bug.ts'

export interface PassSettings {
  /** Between two passes, where nothing is due. */
  readonly pollMs?: number
  readonly laneStopMs?: number
  /** The store did not answer: the next pass waits and goes on. For the log and a metric. */
  readonly onStoreFailure?: (error: unknown) => void
}

export interface Pass {
  /** What was due and was taken up: after some of it the next pass follows at once. */
  readonly taken: number
  /** Our credentials or settings are wrong: nobody is asked or told anything for a while. */
  readonly isLaneStopped: boolean
}

export interface RunningPasses {
  /** Ends what is on its way and settles it; resolves when nothing is in flight. */
  readonly stop: () => Promise<void>
  /** Resolves after `stop`. Rejects on a bug: the process must end, and another one goes on. */
  readonly finished: Promise<void>
}

/** Takes up what is due, pass after pass, until it is stopped. */
export function startPasses(
  settings: PassSettings & { readonly pollMs: number },
  onePass: (signal: AbortSignal) => Promise<Pass>,
): RunningPasses {
  const stopping = new AbortController()
  const finished = run(settings, onePass, stopping.signal)
  return {
    finished,
    stop: async () => {
      stopping.abort()
      await finished
    },
  }
}

async function run(
  { pollMs, laneStopMs = usualLaneStopMs, onStoreFailure }: PassSettings & { readonly pollMs: number },
  onePass: (signal: AbortSignal) => Promise<Pass>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const pass = await onePass(signal).catch((error: unknown) => {
      if (isBug(error)) throw error
      onStoreFailure?.(error)
      return { taken: 0, isLaneStopped: false }
    })
    const restMs = pass.isLaneStopped ? laneStopMs : pass.taken > 0 ? 0 : pollMs
    await wait(restMs, undefined, { signal }).catch(() => undefined) // woken early by stop, and by nothing else
  }
}
