import { createHash } from 'node:crypto'
import { messageBytesMax } from '../../attendance/decode-json.ts'
import { splitFile } from '../../attendance/mapping/decode-mapped.ts'
import type { Mapping } from '../../attendance/mapping/mapping.ts'
import type { LedgerOutcome } from '../../review/ledger.ts'
import type { Clock, ScreeningStore } from '../../services/ports.ts'
import { refuseMessage } from '../../services/refuse-message.ts'
import type { Screen } from '../../services/screen-attendances.ts'
import type { Delivery, Screening } from '../../services/screening.ts'

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
  readonly onProgress?: (done: number, total: number) => void
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
export async function screenFile(file: Uint8Array, intake: FileIntake): Promise<ScreenedFile> {
  const hash = createHash('sha256').update(file).digest('hex')
  const receivedAt = intake.clock.now().toString()
  const deliveryOf = (line: number): Delivery => ({
    ...{
      channel: 'file',
      stream: intake.mapping.source,
      partition: 0,
      offset: `${hash}:${line}`,
      receivedAt,
    },
  })
  const split = splitFile(file, intake.mapping)
  const counts = { ...noneYet }
  const problems: string[] = []
  const save = async (screenings: readonly { line: number; screening: Screening }[]): Promise<void> => {
    const outcomes = await intake.store.record({
      receipts: screenings.map(({ screening }) => screening.receipt),
      held: screenings.map(({ screening }) => screening.held).filter(held => held !== null),
      deadLetters: screenings.map(({ screening }) => screening.deadLetter).filter(letter => letter !== null),
    })
    for (const [index, { line, screening }] of screenings.entries()) {
      const outcome = outcomes[index]
      if (outcome === undefined) throw new Error('the store gave fewer outcomes than it was given receipts')
      counts[outcome]++
      intake.onSaved({ screening, outcome })
      if (screening.deadLetter !== null && problems.length < problemsMax) {
        problems.push(`line ${line}: ${screening.deadLetter.problem}`)
      }
    }
  }
  if ('problem' in split) {
    // The whole file is one message that cannot be read: the ledger must tell that something came.
    const bytes = file.subarray(0, messageBytesMax)
    const { rulesetVersion, mapping } = intake
    const refused = { reason: 'decode', problem: split.problem, source: mapping.source } as const
    const screening = refuseMessage({
      ...refused,
      bytes,
      delivery: deliveryOf(0),
      format: mapping.format === 'csv' ? 'csv' : 'json-mapped',
      rulesetVersion,
    })
    await save([{ line: 1, screening }])
    return { received: 1, counts, problems }
  }
  const { messages } = split
  for (let from = 0; from < messages.length; from += savedTogetherMax) {
    const chunk = messages
      .slice(from, from + savedTogetherMax)
      .map(({ line, bytes }) => ({ line, screening: intake.screen(bytes, deliveryOf(line)) }))
    await save(chunk)
    intake.onProgress?.(from + chunk.length, messages.length)
  }
  return { received: messages.length, counts, problems }
}
