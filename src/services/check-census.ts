import { type Census, parseCensus } from '../review/census.ts'
import { type Actor, auditEntryOf } from './actor.ts'
import type { LedgerStore } from './ledger-port.ts'
import type { Clock } from './ports.ts'
import type { KeptCensus, ProofStore } from './proof-port.ts'

/** A hospital's own list of a day, compared with what Wren received. */
export interface CensusCheck {
  /** Attendances on the list. */
  readonly listed: number
  readonly received: number
  /** Nothing was ever received of them. */
  readonly neverReceived: readonly string[]
  /** Their number stands in a message that could not be read. */
  readonly unreadable: readonly string[]
}

/** The list that counts for a day, compared with what is received now: what comes later leaves it by itself. */
export interface CensusStanding extends CensusCheck, Pick<KeptCensus, 'uploadedAt' | 'uploadedBy'> {}

/** Which attendances of the list Wren was never told of, and of which it could not read what it was told. */
export async function checkCensus(
  ledger: Pick<LedgerStore, 'findAttendances'>,
  { day, ids }: { readonly day: string; readonly ids: readonly string[] },
): Promise<CensusCheck> {
  const { received, inUnreadable } = await ledger.findAttendances({ ids, day })
  const known = new Set(received)
  const unreadable = new Set(inUnreadable.filter(id => !known.has(id)))
  return {
    listed: ids.length,
    received: ids.filter(id => known.has(id)).length,
    neverReceived: ids.filter(id => !known.has(id) && !unreadable.has(id)),
    unreadable: ids.filter(id => unreadable.has(id)),
  }
}

/** Null where no list of the day was ever given. */
export async function readCensus(
  { ledger, proofs }: { ledger: Pick<LedgerStore, 'findAttendances'>; proofs: Pick<ProofStore, 'census'> },
  day: string,
): Promise<CensusStanding | null> {
  const kept = await proofs.census(day)
  if (kept === null) return null
  const { attendanceIds, uploadedAt, uploadedBy } = kept
  return { ...(await checkCensus(ledger, { day, ids: attendanceIds })), uploadedAt, uploadedBy }
}

/** Takes a hospital's list of a day, with who gave it and when; or says line by line why it cannot be used. */
export async function takeCensus(
  { proofs, clock }: { proofs: Pick<ProofStore, 'saveCensus'>; clock: Clock },
  { actor, day, text }: { actor: Actor; day: string; text: string },
): Promise<Census> {
  const census = parseCensus(text)
  if (census.kind === 'unreadable') return census
  const { attendanceIds } = census
  const audit = auditEntryOf(clock, { actor, did: 'gave the list of a hospital', what: `day ${day}` })
  await proofs.saveCensus({ day, attendanceIds, audit })
  return census
}
