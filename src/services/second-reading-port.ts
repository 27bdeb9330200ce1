import type { Verdict } from '../review/second-reading.ts'
import type { AuditEntry } from './people.ts'
import type { SetAsideRow } from './ports.ts'

/** A set-aside attendance that was drawn to be read again. */
export interface SampleRow extends SetAsideRow {
  /** Null while nobody has read it. */
  readonly verdict: { readonly is: Verdict; readonly by: string; readonly at: string } | null
  /** The flag it has by now, null where it has none. */
  readonly flagId: string | null
}

interface Key {
  readonly trust: string
  readonly attendanceId: string
}

export interface SecondReadingStore {
  /** The attendances received on the day that are set aside now: those a sample is drawn from. */
  setAsideOn(day: string): Promise<readonly Key[]>
  /** Records a draw. A day is drawn once: a second draw changes nothing. */
  saveDraw(draw: {
    readonly day: string
    readonly seed: string
    /** How many it was drawn from. */
    readonly population: number
    readonly drawn: readonly Key[]
    readonly at: string
  }): Promise<void>
  /** Null where none was drawn. */
  sample(day: string): Promise<{ readonly population: number; readonly rows: readonly SampleRow[] } | null>
  /** How many of the day's sample nobody has read; of a day not drawn yet, how many would be drawn. */
  countUnread(query: { readonly day: string; readonly size: number }): Promise<number>
  /** Saves what the nurse found, with the flag where she puts it in the queue; `stale` when it was read already. */
  saveVerdict(
    reading: Key & {
      readonly day: string
      readonly verdict: Verdict
      readonly at: string
      readonly audit: AuditEntry
    },
  ): Promise<'saved' | 'stale'>
  /** What was read in the samples of the days from `from`, and how much of it was put in the queue. */
  countVerdicts(from: string): Promise<{ readonly read: number; readonly missed: number }>
}
