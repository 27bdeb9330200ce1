import { setTimeout as wait } from 'node:timers/promises'
import { type Asking, type AskingReceivers, askReceivers } from '../services/ask-receivers.ts'
import { laneStopMs } from '../services/forward-referrals.ts'
import { isBug } from './is-bug.ts'

export interface AskingSettings extends Omit<AskingReceivers, 'signal'> {
  /** Between two looks at what is awaited, where nothing is due. */
  readonly pollMs?: number
  readonly laneStopMs?: number
  /** The store did not answer: the asking waits and goes on. */
  readonly onStoreFailure?: (error: unknown) => void
}

export interface RunningAsking {
  readonly stop: () => Promise<void>
  /** Resolves after `stop`. Rejects on a bug: the process must end. */
  readonly finished: Promise<void>
}

/**
 * Asks receivers what became of what they have, pass after pass, until it is stopped. It runs beside the sending and
 * never holds it up; while our credentials or settings are wrong nobody is asked for a while.
 */
export function startAsking(settings: AskingSettings): RunningAsking {
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

async function run(settings: AskingSettings, signal: AbortSignal): Promise<void> {
  const { pollMs = 5_000 } = settings
  while (!signal.aborted) {
    const pass = await onePass(settings, signal)
    const stoppedMs = settings.laneStopMs ?? laneStopMs
    const restMs = pass.isLaneStopped ? stoppedMs : pass.asked > 0 ? 0 : pollMs
    await wait(restMs, undefined, { signal }).catch(() => undefined) // woken early by stop, and by nothing else
  }
}

async function onePass(
  settings: AskingSettings,
  signal: AbortSignal,
): Promise<{ readonly asked: number; readonly isLaneStopped: boolean }> {
  let isLaneStopped = false
  const onAsked = (asking: Asking): void => {
    isLaneStopped ||= asking.told === 'credentials' || asking.told === 'configuration'
    settings.onAsked?.(asking)
  }
  try {
    return { asked: await askReceivers({ ...settings, onAsked, signal }), isLaneStopped }
  } catch (error) {
    if (isBug(error)) throw error
    settings.onStoreFailure?.(error)
    return { asked: 0, isLaneStopped }
  }
}
