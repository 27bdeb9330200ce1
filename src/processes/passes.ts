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
  readonly signal: AbortSignal
  /** Our credentials or settings are wrong: the next pass waits long, however this one ends. */
  readonly stopLane: () => void
}

/** Answers how many were due and taken up: after some the next pass follows at once. */
export type OnePass = (pass: Pass) => Promise<number>

export interface RunningPasses {
  /** Ends what is on its way and settles it; resolves when nothing is in flight. */
  readonly stop: () => Promise<void>
  /** Resolves after `stop`. Rejects on a bug: the process must end, and another one goes on. */
  readonly finished: Promise<void>
}

/** Takes up what is due, pass after pass, until it is stopped. */
export function startPasses(
  settings: PassSettings & { readonly pollMs: number },
  onePass: OnePass,
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
  onePass: OnePass,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    let isLaneStopped = false
    const stopLane = (): void => {
      isLaneStopped = true
    }
    const taken = await onePass({ signal, stopLane }).catch((error: unknown) => {
      if (isBug(error)) throw error
      onStoreFailure?.(error)
      return 0
    })
    const restMs = isLaneStopped ? laneStopMs : taken > 0 ? 0 : pollMs
    await wait(restMs, undefined, { signal }).catch(() => undefined) // woken early by stop, and by nothing else
  }
}
