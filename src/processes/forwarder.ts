import { setTimeout as wait } from 'node:timers/promises'
import {
  type Attempt,
  type Forwarding,
  forwardReferrals,
  laneStopMs,
  stopsLane,
} from '../services/forward-referrals.ts'
import { isBug } from './is-bug.ts'

export interface ForwarderSettings extends Omit<Forwarding, 'signal'> {
  /** Between two looks at an outbox in which nothing is due. */
  readonly pollMs?: number
  readonly laneStopMs?: number
  /** The store did not answer: the forwarder waits and goes on. For the log and a metric. */
  readonly onStoreFailure?: (error: unknown) => void
  /** Our credentials or settings are wrong: nothing is sent for a while. For the log and an alarm. */
  readonly onLaneStopped?: (problem: string) => void
}

export interface Forwarder {
  /** Ends what is on its way and settles it; resolves when nothing is in flight. */
  readonly stop: () => Promise<void>
  /** Resolves after `stop`. Rejects on a bug: the process must end, and another sends what was leased. */
  readonly finished: Promise<void>
}

/** Sends what is due, pass after pass, until it is stopped. */
export function startForwarder(settings: ForwarderSettings): Forwarder {
  const stopping = new AbortController()
  const finished = run(settings, stopping.signal)
  return {
    finished,
    stop: async () => {
      stopping.abort()
      await finished
    },
  }
}

async function run(settings: ForwarderSettings, signal: AbortSignal): Promise<void> {
  const { pollMs = 1_000 } = settings
  while (!signal.aborted) {
    const pass = await onePass(settings, signal)
    const isBusy = pass.taken > 0
    const restMs = pass.isLaneStopped ? (settings.laneStopMs ?? laneStopMs) : isBusy ? 0 : pollMs
    await wait(restMs, undefined, { signal }).catch(() => undefined) // woken early by stop, and by nothing else
  }
}

async function onePass(
  settings: ForwarderSettings,
  signal: AbortSignal,
): Promise<{ readonly taken: number; readonly isLaneStopped: boolean }> {
  let laneProblem: string | null = null
  const onAttempt = (attempt: Attempt): void => {
    if (stopsLane(attempt.kind)) laneProblem = attempt.problem
    settings.onAttempt?.(attempt)
  }
  try {
    const taken = await forwardReferrals({ ...settings, onAttempt, signal })
    if (laneProblem !== null) settings.onLaneStopped?.(laneProblem)
    return { taken, isLaneStopped: laneProblem !== null }
  } catch (error) {
    if (isBug(error)) throw error
    settings.onStoreFailure?.(error)
    return { taken: 0, isLaneStopped: laneProblem !== null }
  }
}
