import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { openStore, type Store } from '../../src/adapters/store/store.ts'
import { flagIdOf } from '../../src/review/flag-id.ts'
import { claimFlag } from '../../src/services/claim-flag.ts'
import { decideFlag } from '../../src/services/decide-flag.ts'
import { retryReferral } from '../../src/services/retry-referral.ts'
import { makeAnswers, makeFilled } from '../world/make-referral.ts'
import { partnership } from '../world/partnership.ts'

const actor = { username: 'asha.patel', name: 'Asha Patel', role: 'nurse' } as const
const clock = { now: () => Temporal.Now.instant() }

/** A nurse who refers these children as soon as their flags are there, and sends again what the portal refused. */
export interface ChaosNurse {
  readonly referred: () => number
  /** Resolves when every child is referred; she goes on sending again what is refused. */
  readonly allReferred: Promise<void>
  stop(): Promise<void>
}

export function startNurse({
  connectionString,
  attendanceIds,
}: {
  readonly connectionString: string
  readonly attendanceIds: readonly string[]
}): ChaosNurse {
  const waiting = new Set(attendanceIds)
  const { promise: allReferred, resolve } = Promise.withResolvers<void>()
  let isStopped = false
  let store: Store | null = null
  if (waiting.size === 0) resolve()

  const work = async (): Promise<void> => {
    while (!isStopped) {
      try {
        store ??= await openStore({ connectionString })
        for (const id of waiting) {
          if (isStopped) return
          if (await refer(store, id)) waiting.delete(id)
        }
        if (waiting.size === 0) resolve()
        await sendAgain(store)
      } catch {
        // The database is away. Whether the decision was saved is asked before it is made again.
      }
      await sleep(500)
    }
  }
  const worked = work()
  return {
    referred: () => attendanceIds.length - waiting.size,
    allReferred,
    async stop() {
      isStopped = true
      await worked
      await store?.close()
    },
  }
}

/** True when the child has a referral, now or before. */
async function refer({ review }: Store, attendanceId: string): Promise<boolean> {
  const flagId = flagIdOf({ trust: 'RWP', attendanceId })
  const file = await review.flagFile(flagId)
  if (file === null) return false
  if (file.referrals.length > 0) return true
  if (file.flag.state === 'to-review')
    await claimFlag({ review, clock }, { actor, flagId, version: file.flag.version, from: null })
  const claimed = await review.flagFile(flagId)
  if (claimed === null || claimed.flag.state !== 'in-review') return false
  const decided = await decideFlag(
    { review, clock, newId: randomUUID, partnership },
    {
      actor,
      flagId,
      version: claimed.flag.version,
      form: {
        outcome: 'refer',
        reason: 'Stab wound, friends will not say who',
        noAction: '',
        deferUntil: '',
        wrongMatch: '',
      },
      referral: makeFilled(makeAnswers({ destination: 'get-safe' })),
    },
  )
  return decided.kind === 'saved'
}

async function sendAgain({ outbox, referrals }: Store): Promise<void> {
  for (const { id, state } of await outbox.needingAttention(3_600_000))
    if (state === 'failed' || state === 'parked')
      await retryReferral({ referrals, clock }, { actor, referralId: id })
}
