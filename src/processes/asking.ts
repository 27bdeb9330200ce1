import { type Asking, type AskingReceivers, askReceivers } from '../services/ask-receivers.ts'
import { type PassSettings, type RunningPasses, startPasses } from './passes.ts'

export interface AskingSettings extends Omit<AskingReceivers, 'signal'>, PassSettings {}

/**
 * Asks receivers what became of what they have. It runs beside the sending and never holds it up; while our credentials
 * or settings are wrong nobody is asked for a while.
 */
export function startAsking(settings: AskingSettings): RunningPasses {
  return startPasses({ ...settings, pollMs: settings.pollMs ?? 5_000 }, ({ signal, stopLane }) => {
    const onAsked = (asking: Asking): void => {
      if (asking.told === 'credentials' || asking.told === 'configuration') stopLane()
      settings.onAsked?.(asking)
    }
    return askReceivers({ ...settings, onAsked, signal })
  })
}
