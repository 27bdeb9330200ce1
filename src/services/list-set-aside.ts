import type { Flag } from '../review/flag.ts'
import { type Actor, auditEntryOf } from './actor.ts'
import type { AuditStore } from './people.ts'
import type { Clock, ReviewStore, SetAsideRow } from './ports.ts'

interface SetAsidePorts {
  readonly review: ReviewStore
  readonly audit: AuditStore
  readonly clock: Clock
}

/** Attendances of which every mention was set aside, newest first: the filter hides nothing. */
export async function listSetAside(
  { review, audit, clock }: SetAsidePorts,
  { actor, limit, offset }: { actor: Actor; limit: number; offset: number },
): Promise<readonly SetAsideRow[]> {
  await audit.append(auditEntryOf(clock, { actor, did: 'listed set aside', what: 'set-aside' }))
  return review.setAside({ limit, offset })
}

/** Raises a flag on a set-aside attendance because a nurse wants it reviewed. Null where nothing is held of it. */
export async function putInQueue(
  { review, clock }: Pick<SetAsidePorts, 'review' | 'clock'>,
  { actor, trust, attendanceId }: { actor: Actor; trust: string; attendanceId: string },
): Promise<Flag | null> {
  const audit = auditEntryOf(clock, { actor, did: 'put in queue', what: `${trust}/${attendanceId}` })
  return review.putInQueue({ trust, attendanceId, at: audit.at, audit })
}
