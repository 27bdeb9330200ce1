import { gapsBetween, type OffsetGap, type OffsetRange, offsetsIn } from '../review/contiguity.ts'
import { comparedDays, type Silence, silencesOf } from '../review/silence.ts'
import { type Actor, auditEntryOf } from './actor.ts'
import { type CensusStanding, readCensus } from './check-census.ts'
import { countDay, type DayAccount } from './count-day.ts'
import type { LedgerStore } from './ledger-port.ts'
import type { Clock } from './ports.ts'
import type { GapExplanation, ProofStore } from './proof-port.ts'

/** Offsets without a receipt, with why where a person found out. */
export interface ProvenGap extends OffsetGap {
  readonly explanation: Pick<GapExplanation, 'why' | 'by' | 'at'> | null
}

/** All that is known of whether a day is complete. The page, the command and the sign-off read this one. */
export interface DayProof {
  readonly account: DayAccount
  readonly ranges: readonly OffsetRange[]
  readonly gaps: readonly ProvenGap[]
  readonly silences: readonly Silence[]
  /** Null where no hospital's list of the day was given. */
  readonly census: CensusStanding | null
  /** Unreadable messages that nobody has dealt with. */
  readonly unreadableOpen: number
}

export interface ProofPorts {
  readonly ledger: LedgerStore
  readonly proofs: ProofStore
}

/** `now` is an ISO instant: of a day that is not over, what is still to come is not missing. */
export async function proveDay({ ledger, proofs }: ProofPorts, day: string, now?: string): Promise<DayProof> {
  const [account, offsets, hours, census, unreadableOpen] = await Promise.all([
    countDay(ledger, day),
    proveOffsets({ ledger, proofs }, day),
    proofs.hourCounts([day, ...comparedDays(day)]),
    readCensus({ ledger, proofs }, day),
    proofs.countUnreadable(day),
  ])
  return { account, ...offsets, silences: silencesOf(day, hours, now), census, unreadableOpen }
}

/** That part of the proof which a stream makes possible: every message has the number after the one before. */
export async function proveOffsets(
  { ledger, proofs }: ProofPorts,
  day: string,
): Promise<Pick<DayProof, 'ranges' | 'gaps'>> {
  const [ranges, explanations] = await Promise.all([ledger.offsetRanges(day), proofs.gapExplanations()])
  const gaps = gapsBetween(ranges).map(gap => ({ ...gap, explanation: explanationOf(gap, explanations) }))
  return { ranges, gaps }
}

/** Offsets that have no receipt, and for which nobody has found out why. */
export function offsetsMissing({ gaps }: Pick<DayProof, 'gaps'>): number {
  return gaps.filter(({ explanation }) => explanation === null).reduce((sum, gap) => sum + offsetsIn(gap), 0)
}

/** Says why offsets have no receipt. A gap that is not there, or no longer, cannot be explained. */
export async function explainGap(
  { ledger, proofs, clock }: ProofPorts & { readonly clock: Clock },
  { actor, day, at, why }: { actor: Actor; day: string; at: Omit<OffsetGap, 'to'>; why: string },
): Promise<'saved' | 'gone'> {
  const gap = gapsBetween(await ledger.offsetRanges(day)).find(
    each => isSamePlace(each, at) && each.from === at.from,
  )
  if (gap === undefined) return 'gone'
  const what = `${gap.stream} partition ${gap.partition} offsets ${gap.from} to ${gap.to}`
  await proofs.explainGap({
    gap,
    audit: auditEntryOf(clock, { actor, did: 'explained missing offsets', what, why }),
  })
  return 'saved'
}

/** An explanation holds for what it was given for: where more is missing by now, it holds no longer. */
function explanationOf(gap: OffsetGap, all: readonly GapExplanation[]): ProvenGap['explanation'] {
  const found = all.findLast(
    each =>
      isSamePlace(each, gap) && BigInt(each.from) <= BigInt(gap.from) && BigInt(each.to) >= BigInt(gap.to),
  )
  return found === undefined ? null : { why: found.why, by: found.by, at: found.at }
}

type Place = Pick<OffsetGap, 'channel' | 'stream' | 'partition'>

function isSamePlace(one: Place, other: Place): boolean {
  return one.channel === other.channel && one.stream === other.stream && one.partition === other.partition
}
