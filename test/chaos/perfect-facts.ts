import { createHash } from 'node:crypto'
import { type LedgerOutcome, ledgerOutcomes } from '../../src/review/ledger.ts'
import { eventIdOf } from '../../src/services/event-id.ts'
import { planNotes } from './notes.ts'
import type { Facts } from './oracle.ts'
import type { TopicRecord } from './read-topics.ts'

const channel = 'kafka:perfect'
const topics = { input: 'in', receipts: 'screened', flags: 'flags', deadLetters: 'dead-letters' }
const partitions = 3

type Receipt = Facts['database']['receipts'][number]

/** What is seen after a run in which nothing went wrong, worked out from the plan alone. */
export function perfectFacts({ notes, seed }: { notes: number; seed: number }): Facts {
  const plan = [...planNotes({ notes, seed })]
  const placed = plan.map(({ line }, index) => ({
    line,
    partition: index % partitions,
    offset: Math.floor(index / partitions),
  }))
  const idOf = ({ partition, offset }: (typeof placed)[number], kind: 'flag' | 'receipt' | 'dead-letter') =>
    eventIdOf({ channel, stream: topics.input, partition, offset: String(offset) }, kind)
  const seen = new Set<string>()
  const receipts = placed.map((each): Receipt => {
    const { sha256, expected } = each.line
    const isRepeat = expected !== 'unreadable' && seen.has(sha256)
    seen.add(sha256)
    const { partition, offset } = each
    return {
      partition,
      offset,
      sha256,
      eventId: idOf(each, 'receipt'),
      outcome: isRepeat ? 'duplicate' : expected,
    }
  })
  const flagged = placed.filter(({ line }) => line.expected === 'flagged')
  const unreadable = placed.filter(({ line }) => line.expected === 'unreadable')
  const newest = new Map<string, string>()
  for (const { line } of flagged) {
    const before = newest.get(line.key)
    if (before === undefined || Temporal.Instant.compare(line.recordedAt ?? '', before) > 0)
      newest.set(line.key, line.recordedAt ?? '')
  }
  const event = (eventId: string, offset: number): TopicRecord => ({
    partition: 0,
    offset,
    sha256: '',
    eventId,
  })
  const own = (ids: readonly string[]) => ({
    records: ids.map(event),
    ends: new Map([[0, ids.length]]),
  })
  const input = placed.map(({ line, partition, offset }) => ({
    partition,
    offset,
    sha256: line.sha256,
    eventId: '-',
  }))
  const ends = new Map(
    [0, 1, 2].map(each => [each, input.filter(({ partition }) => partition === each).length]),
  )
  const content = new Map([
    [topics.input, { records: input, ends }],
    [topics.receipts, own(placed.map(each => idOf(each, 'receipt')))],
    [topics.flags, own(flagged.map(each => idOf(each, 'flag')))],
    [topics.deadLetters, own(unreadable.map(each => idOf(each, 'dead-letter')))],
  ])
  const referral = { key: 'a-key', bodySha256: createHash('sha256').update('a body').digest('hex') }
  return {
    ...{ channel, topics, content },
    sideLedger: plan.map(({ line }) => line),
    committed: ends,
    portal: [referral],
    database: {
      receipts,
      flags: [...newest].map(([attendanceId, recordedAt]) => ({ attendanceId, recordedAt })),
      deadLetters: unreadable.map(each => ({ eventId: idOf(each, 'dead-letter'), sha256: each.line.sha256 })),
      referrals: [{ ...referral, state: 'acknowledged' }],
      offsets: [topics.receipts, topics.flags, topics.deadLetters].map(topic => ({
        topic,
        partition: 0,
        next: content.get(topic)?.records.length ?? 0,
      })),
      ledger: { received: receipts.length, counts: countsOf(receipts) },
    },
  }
}

function countsOf(receipts: readonly Receipt[]): Record<LedgerOutcome, number> {
  const count = (outcome: LedgerOutcome) => receipts.filter(receipt => receipt.outcome === outcome).length
  const [flagged, clear, outOfScope, duplicate, unreadable] = ledgerOutcomes.map(count)
  return {
    flagged: flagged!,
    clear: clear!,
    'out-of-scope': outOfScope!,
    duplicate: duplicate!,
    unreadable: unreadable!,
  }
}
