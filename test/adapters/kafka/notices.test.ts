import { describe, expect, test } from 'vitest'
import { flagIdOf } from '../../../src/review/flag-id.ts'
import { openTestDatabase } from '../../world/database.ts'
import { brokersOf, kafkaForTests, titleWith } from '../../world/kafka.ts'
import { openKafkaTopics } from '../../world/kafka-topics.ts'
import { type MessageWishes, makeHl7v2, segmentOf, textSegment } from '../../world/make-hl7v2.ts'
import { runProjector } from '../../world/run-projector.ts'
import { runScanner } from '../../world/run-scanner.ts'

const kafka = await kafkaForTests()

/** Wren's clock here is the machine's own, so the messages are of a day that is past. */
const told = (type: string, id: string, { evn, more }: MessageWishes = {}) => ({
  value: makeHl7v2({
    msh: { 7: '20260301214000', 9: type, 10: id },
    evn: { 2: '20260301213900', ...evn },
    pv1: { 44: '20260301213500' },
    ...(more === undefined ? {} : { more }),
  }),
})
const letter = (words: string, fields: Readonly<Record<number, string>>) => [
  segmentOf('TXA', fields),
  textSegment(words, { 3: 'LETTER^Letter' }),
]
const messages = [
  told('MDM^T11', 'M1', { more: [segmentOf('TXA', { 12: 'D1' })] }),
  told('ADT^A40', 'M2', { more: ['MRG|W99^^^RWP^MR'] }),
  told('ADT^A11', 'M3', { evn: { 2: '20260301233000' } }),
  told('MDM^T02', 'M4', { more: letter('A knife was shown', { 12: 'D1' }), evn: { 2: '20260301213000' } }),
  told('ADT^A04', 'M5', { more: [textSegment('Cut by a knife')] }),
]
const expected = {
  notes: [
    ['Triage note', 'Cut by a knife'],
    ['Letter (withdrawn by the sender)', 'A knife was shown'],
  ],
  withdrawnAt: '2026-03-01T23:30:00Z',
  merges: ['W99 W104411'],
  state: 'to-review',
}

describe.skipIf('missing' in kafka)(titleWith(kafka, 'what a hospital says beside its text'), () => {
  test.each([
    ['before the text', messages],
    ['after the text', messages.toReversed()],
  ])(
    'comes over Kafka %s, and once however often it is delivered',
    async (_when, sent) => {
      await using database = await openTestDatabase()
      await using stream = await openKafkaTopics(brokersOf(kafka))
      await stream.makeInput({ partitions: 1 })
      await stream.send(sent)
      for (const [round, receipts] of [5, 10].entries()) {
        // Another group begins at the first message: every one is delivered again.
        await using _scanner = await runScanner(stream, { groupId: `${stream.group}-${round}` })
        await stream.readUntil(stream.topics.receipts, receipts)
      }
      await using projector = await runProjector(stream, { store: database.store.projection })
      const id = flagIdOf({ trust: 'RWP', attendanceId: 'E2604117' })
      const shown = async () => {
        const file = await database.store.review.flagFile(id)
        return (
          file && {
            notes: file.attendance.notes.map(note => [note.section, note.words]),
            withdrawnAt: file.withdrawnAt,
            merges: file.merges.map(({ prior, surviving }) => `${prior} ${surviving}`),
            state: file.flag.state,
          }
        )
      }
      await expect
        .poll(() => projector.lag().then(lag => lag.reduce((sum, { messages }) => sum + messages, 0)), {
          timeout: 30_000,
        })
        .toBe(0)
      await expect.poll(shown, { timeout: 30_000 }).toEqual(expected)
      const client = await database.connect()
      const { rows } = await client.query(
        `select (select count(*)::int from withdrawal) as withdrawals,
          (select count(*)::int from patient_merge) as merges,
          (select string_agg(outcome, ' ' order by outcome) from receipt) as outcomes`,
      )
      expect(rows).toEqual([{ withdrawals: 2, merges: 1, outcomes: 'clear clear clear flagged flagged' }])
    },
    60_000,
  )
})
