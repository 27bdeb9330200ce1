import type { DeliveryOutcome, LookUp } from '../../referral/delivery.ts'
import type { Connector } from '../../services/connector-port.ts'

/** `off` sends nothing; `dry-run` does everything but the sending. */
export const sendingModes = ['on', 'dry-run', 'off'] as const
export type SendingMode = (typeof sendingModes)[number]

/** Asked before every attempt, so that a person can stop all sending without stopping Wren. */
export function withSwitch(connector: Connector, stoppedBecause: () => Promise<string | null>): Connector {
  return {
    ...connector,
    deliver: async sending => {
      const problem = await stoppedBecause()
      return problem === null ? connector.deliver(sending) : { kind: 'configuration', problem }
    },
    lookUp: async asking => {
      const problem = await stoppedBecause()
      return problem === null ? connector.lookUp(asking) : { kind: 'configuration', problem }
    },
  }
}

/**
 * Asks the portal, which shows that address, certificate and token are right, and sends nothing: the referral stays
 * in the queue and no attempt is counted, so that it goes out by itself once sending is on.
 */
export function withDryRun(connector: Connector): Connector {
  const report = async (asking: Parameters<Connector['lookUp']>[0]): Promise<LookUp> => {
    const told = await connector.lookUp(asking)
    return { kind: 'configuration', problem: `Dry run, nothing is sent. ${inWords(told)}` }
  }
  return {
    ...connector,
    lookUp: report,
    deliver: async sending => ({
      kind: 'configuration',
      problem: `Dry run, ${sending.body.length} bytes are not sent. ${inWords(await connector.lookUp(sending))}`,
    }),
  }
}

function inWords(told: LookUp): string {
  switch (told.kind) {
    case 'absent':
      return 'The receiver was asked and has no such referral: sending would work.'
    case 'cannot-ask':
      return 'The receiver cannot be asked.'
    case 'delivered':
    case 'acknowledged':
      return 'The receiver has this referral already.'
    case 'later':
    case 'parked':
    case 'credentials':
    case 'configuration':
      return told.problem
    default:
      throw new Error(`no words for ${told satisfies never}`)
  }
}

export interface BreakerSettings {
  readonly failuresMax?: number
  readonly pauseMs?: number
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number
}

/**
 * After so many failures one after another nothing is asked of the receiver for a while; then one attempt tries
 * whether it is well again. What waits meanwhile waits in the queue.
 */
export function withBreaker(
  connector: Connector,
  { failuresMax = 5, pauseMs = 30_000, now }: BreakerSettings,
): Connector {
  let failures = 0
  let closedFrom = Number.NEGATIVE_INFINITY
  let isTrying = false

  async function guard<Outcome extends DeliveryOutcome | LookUp>(ask: () => Promise<Outcome>) {
    const isOpen = failures >= failuresMax
    const restMs = Math.ceil(closedFrom - now())
    if (isOpen && (restMs > 0 || isTrying)) return pausedFor(Math.max(restMs, 1_000))
    isTrying = isOpen
    try {
      const outcome = await ask()
      failures = isFailure(outcome) ? failures + 1 : 0
      if (failures >= failuresMax) closedFrom = now() + pauseMs
      return outcome
    } finally {
      isTrying = false
    }
  }

  function pausedFor(retryAfterMs: number) {
    const problem = `The receiver failed ${failures} times in a row: it is left alone for a while.`
    return { kind: 'later', problem, retryAfterMs } as const
  }

  return {
    ...connector,
    deliver: sending => guard(() => connector.deliver(sending)),
    lookUp: asking => guard(() => connector.lookUp(asking)),
  }
}

/** A receiver that names a time to wait is alive, and an answer about one referral says nothing of the others. */
function isFailure(outcome: DeliveryOutcome | LookUp): boolean {
  return (outcome.kind === 'later' || outcome.kind === 'unknown') && outcome.retryAfterMs === null
}
