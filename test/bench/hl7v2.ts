import { type Hl7Field, Hl7Message, type Hl7Segment } from '@medplum/core'
import { decodeHl7v2 } from '../../src/attendance/hl7v2/decode-hl7v2.ts'
import { makeHl7v2, segmentOf, textSegment } from '../world/make-hl7v2.ts'
import { rateOf, ratioOf, takeTurns, turnsOf } from './spend.ts'

/**
 * How many HL7 v2 messages of 2 KB are read in a second of processor time, beside the fastest library on npm that
 * splits them. The library is asked for the same fields, and does less: it takes the bytes for UTF-8, reads no escape,
 * joins no lines and checks nothing. Run it with `node test/bench/hl7v2.ts`.
 */
const lines = [
  'Lac L hand, 3 cm, clean edges. States cut on glass at home, mum present throughout.',
  'NV intact distally. Tendons intact under direct vision. Wound explored, no FB seen.',
  'Tetanus up to date. NKDA. Lives with mum and two younger sibs, no SW involved.',
  'Closed 4x 5/0 prolene under LA.\\.br\\Advice sheet given, ROS 10/7 at GP. D/c home.',
]
const messages = Array.from({ length: 40_000 }, (_, number) =>
  Buffer.from(
    makeHl7v2({
      msh: { 10: `M${number}` },
      pid: { 3: `W${number}^^^RWP^MR~9990000018^^^NHS^NH` },
      pv1: { 19: `E${number}`, 36: 'Discharged home', 45: '20261120224500' },
      more: [
        segmentOf('PV2', { 3: '^Lac L hand' }),
        segmentOf('DG1', { 1: '1', 3: 'S61.0^Open wound of finger^I10' }),
        ...Array.from({ length: 14 }, (_, line) =>
          textSegment(`${lines[(line + number) % lines.length]}`, { 1: String(line + 1), 11: 'F' }),
        ),
      ],
    }),
  ),
)
const decode = (message: Uint8Array) =>
  decodeHl7v2(message, { defaultTrust: 'RWP', receivedAt: '2026-11-20T23:30:00Z' })

/** The fields that `decodeHl7v2` reads of these messages. */
function readByLibrary(bytes: Buffer): number {
  const message = Hl7Message.parse(bytes.toString('utf8'))
  const fields: readonly (readonly [name: string, numbers: readonly number[]])[] = [
    ['MSH', [3, 4, 7, 9]],
    ['EVN', [2]],
    ['PID', [5, 7, 8, 11]],
    ['PV1', [3, 19, 36, 44, 45]],
    ['PV2', [3]],
    ['DG1', [3]],
  ]
  let length = 0
  for (const [name, numbers] of fields) {
    const segment = message.getSegment(name)
    for (const number of numbers) length += lengthOf(segment?.getField(number))
  }
  const numbers = message.getSegment('PID')?.getField(3)?.components ?? []
  for (const [number, , , , type] of numbers) length += (number?.length ?? 0) + (type?.length ?? 0)
  for (const segment of message.getAllSegments('OBX')) length += textLengthOf(segment)
  return length
}

function textLengthOf(segment: Hl7Segment): number {
  return [1, 2, 3, 4, 5, 11, 14].reduce((sum, number) => sum + lengthOf(segment.getField(number)), 0)
}

function lengthOf(field: Hl7Field | undefined): number {
  return (field?.getComponent(1) ?? '').length + (field?.getComponent(2) ?? '').length
}

for (const message of messages.slice(0, 10_000)) {
  decode(message)
  readByLibrary(message)
}
const rates = takeTurns(9, {
  wren: turnsOf(messages, decode),
  library: turnsOf(messages, readByLibrary),
})
const bytes = messages.reduce((sum, message) => sum + message.length, 0) / messages.length
const figures = {
  messagesPerSecond: Math.round(rateOf(rates.wren)),
  libraryMessagesPerSecond: Math.round(rateOf(rates.library)),
  ratioToLibrary: Number(ratioOf(rates.wren, rates.library).toFixed(2)),
  bytesAMessage: Math.round(bytes),
}
process.stdout.write(`${JSON.stringify(figures)}\n`)
