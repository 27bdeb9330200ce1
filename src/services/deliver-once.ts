import type { DeliveryOutcome, LookUp } from '../referral/delivery.ts'
import type { Connector, Sending } from './connector-port.ts'

/** What the forwarder writes down: nothing stays unknown. */
export type SettledOutcome = Exclude<DeliveryOutcome, { kind: 'unknown' }>

export interface Delivering extends Sending {
  /** This one included. */
  readonly attempts: number
  /** The attempt before was cut off: nobody wrote down what came of it. */
  readonly wasInterrupted: boolean
}

/**
 * One attempt, so that the receiver takes the referral once. From the second attempt on, and at once after an
 * outcome that nobody can tell, the receiver is asked by key. What cannot be asked is sent again only where that
 * makes no second referral; else a person finds out.
 */
export async function deliverOnce(connector: Connector, delivering: Delivering): Promise<SettledOutcome> {
  const { attempts, wasInterrupted, ...sending } = delivering
  if (attempts > 1) {
    const found = await connector.lookUp(sending)
    if (found.kind === 'cannot-ask' && wasInterrupted && !connector.repeatsSafely) {
      return { kind: 'parked', problem: mayHaveArrived('An attempt to send it was cut off.') }
    }
    if (found.kind !== 'absent' && found.kind !== 'cannot-ask') return outcomeOf(found)
  }
  const outcome = await connector.deliver(sending)
  if (outcome.kind !== 'unknown') return outcome

  const later = { ...outcome, kind: 'later' } as const
  const found = await connector.lookUp(sending)
  if (found.kind === 'absent' || found.kind === 'later') return later // the next attempt asks before it sends
  if (found.kind !== 'cannot-ask') return outcomeOf(found)
  return connector.repeatsSafely ? later : { kind: 'parked', problem: mayHaveArrived(outcome.problem) }
}

/** That it arrived ends the sending; what was decided about it since is taken in by ask-receivers.ts. */
function outcomeOf(found: Exclude<LookUp, { kind: 'absent' | 'cannot-ask' }>): SettledOutcome {
  switch (found.kind) {
    case 'delivered':
      return { kind: 'delivered', receipt: found.receipt }
    case 'acknowledged':
      return { kind: 'acknowledged', reference: found.reference }
    case 'later':
    case 'parked':
    case 'credentials':
    case 'configuration':
      return found
    default:
      throw new Error(`no outcome for ${found satisfies never}`)
  }
}

function mayHaveArrived(problem: string): string {
  return `${problem} It may have arrived: telephone before it is sent again.`
}
