import { messageBytesMax } from '../../attendance/decode-json.ts'
import type { Mapping } from '../../attendance/mapping/mapping.ts'
import type { LedgerOutcome } from '../../review/ledger.ts'
import type { Clock, ScreeningStore } from '../../services/ports.ts'
import { refuseMessage } from '../../services/refuse-message.ts'
import type { Screen } from '../../services/screen-attendances.ts'
import { batchOf, type Delivery, type Screening } from '../../services/screening.ts'
import type { FileBytes } from './file-bytes.ts'
import { lookThrough } from './read-file.ts'

const savedTogetherMax = 500
const problemsMax = 1_000
const noneYet = { flagged: 0, clear: 0, 'out-of-scope': 0, duplicate: 0, unreadable: 0 }

export interface FileIntake {
  /** Reads messages by `mapping`. */
  readonly screen: Screen
  readonly mapping: Mapping
  readonly store: ScreeningStore
  readonly clock: Clock
  readonly rulesetVersion: string
  readonly onSaved: (saved: { readonly screening: Screening; readonly outcome: LedgerOutcome }) => void
  readonly onProgress?: (at: { readonly received: number; readonly share: number }) => void
}

export interface ScreenedFile {
  readonly received: number
  readonly counts: Readonly<Record<LedgerOutcome, number>>
  /** What could not be read, with its line; no word of the file. At most the first thousand. */
  readonly problems: readonly string[]
}

/**
 * Screens and saves every message of a file. Rejects when the store does not answer; the file is then screened again
 * from its beginning. Each message is named by the file's hash and its line, so that neither a crash in the middle
 * nor the same file sent twice counts anything twice.
 */
export async function screenFile(file: FileBytes, intake: FileIntake): Promise<ScreenedFile> {
  const looked = await lookThrough(file, intake.mapping)
  const receivedAt = intake.clock.now().toString()
  const deliveryOf = (line: number): Delivery => ({
    ...{ channel: 'file', stream: intake.mapping.source, partition: 0, receivedAt },
    offset: `${looked.hash}:${line}`,
  })
  const saver = new Saver(intake)
  if (looked.problem !== null) {
    // The whole file is one message that cannot be read: the ledger must tell that something came.
    const bytes = await file.slice(0, Math.min(file.size, messageBytesMax))
    const screening = refuseFile(
      { bytes, delivery: deliveryOf(0), problem: looked.problem, isTooLarge: file.tooLarge !== null },
      intake,
    )
    await saver.save([{ line: 1, screening }])
    return saver.screened
  }
  let chunk: Screened[] = []
  for await (const { line, bytes, share } of looked.messages()) {
    chunk.push({ line, screening: intake.screen(bytes, deliveryOf(line)) })
    if (chunk.length < savedTogetherMax) continue
    await saver.save(chunk)
    chunk = []
    intake.onProgress?.({ received: saver.screened.received, share })
  }
  await saver.save(chunk)
  intake.onProgress?.({ received: saver.screened.received, share: 1 })
  return saver.screened
}

interface Screened {
  readonly line: number
  readonly screening: Screening
}

/** Saves screenings together, and counts what came of them. */
class Saver {
  readonly #intake: FileIntake
  readonly #counts = { ...noneYet }
  readonly #problems: string[] = []
  #received = 0

  constructor(intake: FileIntake) {
    this.#intake = intake
  }

  get screened(): ScreenedFile {
    return { received: this.#received, counts: this.#counts, problems: this.#problems }
  }

  async save(screenings: readonly Screened[]): Promise<void> {
    if (screenings.length === 0) return
    const batch = batchOf(screenings.map(({ screening }) => screening))
    const outcomes = await this.#intake.store.record(batch)
    for (const [index, screened] of screenings.entries()) this.#count(screened, outcomes[index])
  }

  #count({ line, screening }: Screened, outcome: LedgerOutcome | undefined): void {
    if (outcome === undefined) throw new Error('the store gave fewer outcomes than it was given receipts')
    this.#received++
    this.#counts[outcome]++
    this.#intake.onSaved({ screening, outcome })
    if (screening.deadLetter !== null && this.#problems.length < problemsMax) {
      this.#problems.push(`line ${line}: ${screening.deadLetter.problem}`)
    }
  }
}

function refuseFile(
  {
    isTooLarge,
    ...refused
  }: {
    readonly bytes: Uint8Array
    readonly delivery: Delivery
    readonly problem: string
    readonly isTooLarge: boolean
  },
  { mapping, rulesetVersion }: FileIntake,
): Screening {
  const format = mapping.format === 'csv' ? 'csv' : 'json-mapped'
  return refuseMessage({
    ...refused,
    reason: isTooLarge ? 'too_large' : 'decode',
    source: mapping.source,
    format,
    rulesetVersion,
  })
}
