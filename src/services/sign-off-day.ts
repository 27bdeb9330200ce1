import { londonDayOf } from '../attendance/instant.ts'
import type { LateFeed } from '../review/late-feed.ts'
import {
  checkDay,
  type DayCheck,
  gapsOf,
  gapsRead,
  isOver,
  reasonProblem,
  signOffReference,
} from '../review/sign-off.ts'
import { type Actor, auditEntryOf } from './actor.ts'
import { type LateFeedPorts, readLateFeeds } from './late-feeds.ts'
import type { Clock } from './ports.ts'
import { type DayProof, offsetsMissing, type ProofPorts, proveDay } from './prove-day.ts'
import type { ReplayStore } from './replay-port.ts'
import type { SecondReadingStore } from './second-reading-port.ts'
import type { LateArrival, SignOff, SignOffStore } from './sign-off-port.ts'

export interface SignOffPorts extends ProofPorts, LateFeedPorts {
  readonly ledger: ProofPorts['ledger']
  readonly signOffs: SignOffStore
  readonly secondReadings: SecondReadingStore
  readonly clock: Clock
}

/** How the closing of a day stands. */
export interface DayClosing {
  readonly day: string
  readonly isOver: boolean
  readonly check: DayCheck
  readonly proof: DayProof
  /** The feeds that are late now, whatever the day. */
  readonly late: readonly LateFeed[]
  /** The sign-off in force, null where there is none. */
  readonly standing: SignOff | null
  /** Newest first, the one in force among them. */
  readonly history: readonly SignOff[]
}

/** `sampleSize` is how many of the attendances set aside on the day are read again. */
export async function readClosing(
  { ledger, proofs, feeds, signOffs, secondReadings, clock }: SignOffPorts,
  { day, sampleSize }: { day: string; sampleSize: number },
): Promise<DayClosing> {
  const [proof, late, flags, sampleUnread, history] = await Promise.all([
    proveDay({ ledger, proofs }, day, clock.now().toString()),
    readLateFeeds({ ledger, feeds, clock }),
    signOffs.flagsByState(day),
    secondReadings.countUnread({ day, size: sampleSize }),
    signOffs.history(day),
  ])
  return {
    day,
    isOver: isOver(day, londonDayOf(clock.now())),
    check: checkDay({ ...foundBy(proof), feedsLate: lateFor(late, day).length, flags, sampleUnread }),
    proof,
    late,
    standing: history.find(signOff => signOff.reopened === null) ?? null,
    history,
  }
}

/** What a feed holds back may be of the day on which it fell silent, of the day before, and of every day since. */
function lateFor(late: readonly LateFeed[], day: string): readonly LateFeed[] {
  const next = Temporal.PlainDate.from(day).add({ days: 1 }).toString()
  return late.filter(({ since }) => londonDayOf(since) <= next)
}

function foundBy(
  proof: DayProof,
): Omit<Parameters<typeof checkDay>[0], 'feedsLate' | 'flags' | 'sampleUnread'> {
  const { account, census, silences, unreadableOpen } = proof
  return {
    counts: account.counts,
    withoutText: account.withoutText.length,
    partsUnread: account.partsUnread.length,
    unreadableOpen,
    offsetsMissing: offsetsMissing(proof),
    census: census === null ? null : { listed: census.listed, neverReceived: census.neverReceived.length },
    silences: silences.length,
  }
}

export type Signed =
  | { readonly kind: 'signed'; readonly signOff: SignOff }
  /** Somebody did it first. */
  | { readonly kind: 'already' }
  | { readonly kind: 'not-over' }
  /** There are gaps that the lead has not read, or no longer those that the lead read. */
  | { readonly kind: 'gaps-changed' }
  | { readonly kind: 'invalid'; readonly problem: string }

/** Signs a day off as it stands now. With gaps, only by a lead who has read these gaps and gives a reason. */
export async function signOffDay(
  ports: SignOffPorts,
  { actor, read, why, ...of }: { actor: Actor; day: string; sampleSize: number; read: string; why: string },
): Promise<Signed> {
  const { day } = of
  const closing = await readClosing(ports, of)
  if (!closing.isOver) return { kind: 'not-over' }
  if (closing.standing !== null) return { kind: 'already' }
  const gaps = gapsOf(closing.check)
  if (gapsRead(gaps) !== read) return { kind: 'gaps-changed' }
  const problem = gaps.length === 0 ? null : reasonProblem(why, 'Enter why the day is signed off with gaps')
  if (problem !== null) return { kind: 'invalid', problem }
  const reason = gaps.length === 0 ? {} : { why: why.trim() }
  const audit = auditEntryOf(ports.clock, { actor, did: 'signed off day', what: dayId(day), ...reason })
  const revision = (closing.history[0]?.revision ?? 0) + 1
  const signOff: SignOff = {
    reference: signOffReference(day, revision),
    ...{ day, revision, check: closing.check },
    ...{ signedBy: audit.who, signedAt: audit.at, why: audit.why, reopened: null },
  }
  const saved = await ports.signOffs.save({ signOff, audit })
  return saved === 'saved' ? { kind: 'signed', signOff } : { kind: 'already' }
}

/** Takes a sign-off back. It stays in the day's history, with the reason. */
export async function reopenDay(
  { signOffs, clock }: Pick<SignOffPorts, 'signOffs' | 'clock'>,
  { actor, day, reference, why }: { actor: Actor; day: string; reference: string; why: string },
): Promise<'saved' | 'stale' | { readonly problem: string }> {
  const problem = reasonProblem(why, 'Enter why the day is reopened')
  if (problem !== null) return { problem }
  const audit = auditEntryOf(clock, { actor, did: 'reopened day', what: dayId(day), why: why.trim() })
  return signOffs.reopen({ reference, audit })
}

/** What came after the day was signed off, or came back to review since. */
export interface Supplement {
  readonly arrivals: readonly LateArrival[]
  /** More attendances came late than `arrivals` holds. */
  readonly hasMore: boolean
  /** Messages counted to the day now that were not when it was signed off. */
  readonly messages: number
  /** Attendances of the day that reading history again has flagged since. */
  readonly foundLate: number
  /** Flags of the day that wait for review now. */
  readonly unreviewed: number
}

const arrivalsMax = 100

export async function readSupplement(
  { signOffs, replays }: { signOffs: SignOffStore; replays: Pick<ReplayStore, 'countFoundLate'> },
  { check, standing }: { check: DayCheck; standing: SignOff },
): Promise<Supplement> {
  const { day, signedAt } = standing
  const [late, foundLate] = await Promise.all([
    signOffs.lateArrivals({ day, signedAt, limit: arrivalsMax + 1 }),
    replays.countFoundLate({ day, since: signedAt }),
  ])
  return {
    arrivals: late.slice(0, arrivalsMax),
    hasMore: late.length > arrivalsMax,
    messages: Math.max(0, check.received - standing.check.received),
    foundLate,
    unreviewed: check.flags['to-review'] + check.flags['in-review'],
  }
}

/** The days before today, newest first, with how the closing of each stands. */
export async function listDays({ signOffs, clock }: Pick<SignOffPorts, 'signOffs' | 'clock'>, days: number) {
  const today = Temporal.PlainDate.from(londonDayOf(clock.now()))
  const [from, to] = [today.subtract({ days }), today.subtract({ days: 1 })]
  return signOffs.days({ from: from.toString(), to: to.toString() })
}

function dayId(day: string): string {
  return `day ${day}`
}
