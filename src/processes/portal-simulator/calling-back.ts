import { setTimeout as wait } from 'node:timers/promises'
import { signMessage } from '../../adapters/portal/webhook-signature.ts'
import type { ReceiverReport } from '../../referral/receiver-report.ts'
import { untoldReports } from './received-referral.ts'
import type { ReceivedReferrals } from './received-referrals.ts'

/** Where Wren is called back, and with what secret. */
export interface CallBackTo {
  readonly url: string
  readonly secret: Uint8Array
}

export interface CallingBack {
  readonly received: ReceivedReferrals
  /** Null: nobody is called back, and Wren learns what it asks for. */
  readonly to: () => CallBackTo | null
  readonly now: () => Temporal.Instant
  /** Each call-back is made twice, and the newest first: Wren must not mind. */
  readonly isClumsy: () => boolean
  readonly stopping: AbortSignal
}

const lookMs = 200
const retryMsMax = 30_000
const timeoutMs = 5_000

/** Tells Wren of every decision, oldest first for each referral, until Wren has answered. What is untold is on disk. */
export async function keepCallingBack(calling: CallingBack): Promise<void> {
  let failures = 0
  while (!calling.stopping.aborted) {
    failures = (await tellAll(calling)) ? 0 : failures + 1
    const restMs = failures === 0 ? lookMs : Math.min(retryMsMax, 500 * 2 ** failures)
    await wait(restMs, undefined, { signal: calling.stopping }).catch(() => undefined)
  }
}

/** False where Wren did not answer one of them. */
async function tellAll(calling: CallingBack): Promise<boolean> {
  const to = calling.to()
  if (to === null) return true
  for (const received of calling.received.newestFirst().toReversed()) {
    const untold = untoldReports(received, calling.now())
    const order = calling.isClumsy() ? untold.toReversed().flatMap(report => [report, report]) : untold
    for (const report of order) {
      if (!(await tell(report, { to, calling }))) return false
    }
    if (untold.length > 0) {
      await calling.received.tellCalledBack(
        received.key,
        untold.map(({ id }) => id),
      )
    }
  }
  return true
}

/** Each attempt is signed anew: its time is part of what is signed. */
async function tell(
  report: ReceiverReport,
  { to, calling }: { readonly to: CallBackTo; readonly calling: CallingBack },
): Promise<boolean> {
  const body = Buffer.from(JSON.stringify(report))
  const timestamp = String(Math.floor(calling.now().epochMilliseconds / 1_000))
  const message = { id: report.id, timestamp, body }
  try {
    const answer = await fetch(to.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': report.id,
        'webhook-timestamp': timestamp,
        'webhook-signature': signMessage(message, to.secret),
      },
      body,
      signal: AbortSignal.any([calling.stopping, AbortSignal.timeout(timeoutMs)]),
    })
    await answer.arrayBuffer()
    // A referral that Wren does not know it will not know tomorrow either.
    return answer.ok || answer.status === 404
  } catch {
    return false // not reached, or stopping: it is told again
  }
}
