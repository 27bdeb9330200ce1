import type { LookUp } from '../referral/delivery.ts'
import { type Destination, destinations } from '../referral/routing.ts'
import type { AwaitedReferral, AwaitedStore } from './awaited-port.ts'
import type { Connector } from './connector-port.ts'
import type { ReferralStore } from './referral-port.ts'
import { type TakenReport, takeReport } from './take-report.ts'

/** One receiver asked about one referral, fit for a log: an id and words of our own. */
export interface Asking {
  readonly id: string
  readonly told: LookUp['kind']
  /** What became of each report, in the order in which they were told. */
  readonly taken: readonly TakenReport[]
  /** Null where it may hold words of the receiver, which are for nurses only. */
  readonly problem: string | null
}

export interface AskingReceivers {
  readonly awaited: AwaitedStore
  readonly referrals: Pick<ReferralStore, 'report'>
  readonly connectorFor: (destination: Destination) => Connector
  /** Nobody is asked any more once nothing has come for so long. */
  readonly days: number
  /** Receivers asked side by side in one pass. */
  readonly limit?: number
  readonly onAsked?: (asking: Asking) => void
  readonly signal?: AbortSignal | undefined
}

/**
 * One pass: asks what became of referrals that a receiver has and is not done with, and takes in what it tells. It
 * sends nothing. That a receiver denies having one moves nothing: it is said where it can be heard, and the clock of
 * its acknowledgement puts it before a nurse. Answers how many receivers were asked.
 */
export async function askReceivers(world: AskingReceivers): Promise<number> {
  const { awaited, connectorFor, days, limit = 4 } = world
  const asked = namesOf(destinations).filter(each => connectorFor(each).answersLater === true)
  if (asked.length === 0) return 0
  const due = await awaited.takeDue({ destinations: asked, limit, days })
  const ends = await Promise.allSettled(due.map(referral => askAbout(world, referral)))
  const failed = ends.find(end => end.status === 'rejected') // after every other one has been taken in
  if (failed !== undefined) throw failed.reason
  return due.length
}

async function askAbout(
  { referrals, connectorFor, onAsked, signal }: AskingReceivers,
  { id, destination }: AwaitedReferral,
): Promise<void> {
  const told = await connectorFor(destination).lookUp({ key: id, signal })
  const who = destinations[destination]
  const taken: TakenReport[] = []
  if (told.kind === 'acknowledged') {
    const moves = [{ move: 'acknowledge', evidence: { reference: told.reference } }] as const
    const reportId = `reference ${told.reference}`
    const learnt = await referrals.report({ id, reportId, who, moves })
    if (learnt === 'saved') taken.push(learnt)
  }
  const reports = told.kind === 'acknowledged' || told.kind === 'delivered' ? (told.reports ?? []) : []
  for (const report of reports) {
    if (report.key === id) taken.push(await takeReport(referrals, { report, who }))
  }
  onAsked?.({ id, told: told.kind, taken, problem: ownWords(told) })
}

function ownWords(told: LookUp): string | null {
  return told.kind === 'later' || told.kind === 'credentials' || told.kind === 'configuration'
    ? told.problem
    : null
}

function namesOf(record: Readonly<Record<Destination, string>>): readonly Destination[] {
  return Object.keys(record).filter((name): name is Destination => Object.hasOwn(record, name))
}
