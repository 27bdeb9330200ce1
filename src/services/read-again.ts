import { londonDayOf } from '../attendance/instant.ts'
import {
  drawSample,
  estimateMisses,
  type MissEstimate,
  seedOf,
  type Verdict,
} from '../review/second-reading.ts'
import { isOver } from '../review/sign-off.ts'
import { type Actor, auditEntryOf } from './actor.ts'
import type { AuditStore } from './people.ts'
import type { Clock } from './ports.ts'
import type { SampleRow, SecondReadingStore } from './second-reading-port.ts'

export interface ReadAgainPorts {
  readonly secondReadings: SecondReadingStore
  readonly audit: AuditStore
  readonly clock: Clock
}

export interface DaySample {
  readonly day: string
  /** How many attendances were set aside on the day when the sample was drawn. */
  readonly population: number
  readonly rows: readonly SampleRow[]
}

/**
 * The sample of a day that is over, drawn when it is first asked for; null for a day that is not over. Where nothing is
 * to be read, nothing is drawn: the day can still have its sample when second reading is turned on again.
 */
export async function openSample(
  { secondReadings, audit, clock }: ReadAgainPorts,
  { actor, day, size }: { actor: Actor; day: string; size: number },
): Promise<DaySample | null> {
  if (!isOver(day, londonDayOf(clock.now()))) return null
  const entry = auditEntryOf(clock, { actor, did: 'opened second reading', what: `day ${day}` })
  await audit.append(entry)
  const before = await secondReadings.sample(day)
  if (before !== null) return { day, ...before }
  const population = await secondReadings.setAsideOn(day)
  if (size === 0) return { day, population: population.length, rows: [] }
  const seed = seedOf(day)
  const drawn = drawSample(population, { seed, size })
  await secondReadings.saveDraw({ day, seed, population: population.length, drawn, at: entry.at })
  const sample = await secondReadings.sample(day)
  return sample === null ? null : { day, ...sample }
}

/** Keeps what a nurse found. What she puts in the queue has its flag at once. */
export async function readAgain(
  { secondReadings, clock }: Pick<ReadAgainPorts, 'secondReadings' | 'clock'>,
  reading: { actor: Actor; day: string; trust: string; attendanceId: string; verdict: Verdict },
): Promise<'saved' | 'stale'> {
  const { actor, day, trust, attendanceId, verdict } = reading
  const did = `read again: ${verdict}`
  const audit = auditEntryOf(clock, { actor, did, what: `${trust}/${attendanceId}` })
  return secondReadings.saveVerdict({ day, trust, attendanceId, verdict, at: audit.at, audit })
}

/** How far back readings count towards the estimate. */
export const estimateDays = 90

/** The part of what is set aside that should have been in the queue; null where nothing was read yet. */
export async function estimateRecentMisses({
  secondReadings,
  clock,
}: Pick<ReadAgainPorts, 'secondReadings' | 'clock'>): Promise<MissEstimate | null> {
  const today = Temporal.PlainDate.from(londonDayOf(clock.now()))
  const from = today.subtract({ days: estimateDays }).toString()
  return estimateMisses(await secondReadings.countVerdicts(from))
}
