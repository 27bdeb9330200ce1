import { type Attempt, type Forwarding, forwardReferrals, stopsLane } from '../services/forward-referrals.ts'
import { type PassSettings, type RunningPasses, startPasses } from './passes.ts'

export interface ForwarderSettings extends Omit<Forwarding, 'signal'>, PassSettings {
  /** Our credentials or settings are wrong: nothing is sent for a while. For the log and an alarm. */
  readonly onLaneStopped?: (problem: string) => void
}

/** Sends what is due. */
export function startForwarder(settings: ForwarderSettings): RunningPasses {
  return startPasses({ ...settings, pollMs: settings.pollMs ?? 1_000 }, async ({ signal, stopLane }) => {
    let laneProblem: string | null = null
    const onAttempt = (attempt: Attempt): void => {
      if (stopsLane(attempt.kind)) {
        laneProblem = attempt.problem
        stopLane()
      }
      settings.onAttempt?.(attempt)
    }
    const taken = await forwardReferrals({ ...settings, onAttempt, signal })
    if (laneProblem !== null) settings.onLaneStopped?.(laneProblem)
    return taken
  })
}
