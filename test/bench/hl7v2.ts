import { decodeHl7v2 } from '../../src/attendance/hl7v2/decode-hl7v2.ts'
import { makeHl7v2, segmentOf, textSegment } from '../world/make-hl7v2.ts'
import { rateOf, takeTurns, turnsOf } from './spend.ts'

/** How many HL7 v2 messages of 2 KB are read in a second of processor time. Run it with `node test/bench/hl7v2.ts`. */
const lines = [
  'Lac L hand, 3 cm, clean edges. States cut on glass at home, mum present throughout.',
  'NV intact distally. Tendons intact under direct vision. Wound explored, no FB seen.',
  'Tetanus up to date. NKDA. Lives with mum and two younger sibs, no SW involved.',
  'Closed 4x 5/0 prolene under LA.\\.br\\Advice sheet given, ROS 10/7 at GP. D/c home.',
]
const messages = Array.from({ length: 20_000 }, (_, number) =>
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
  decodeHl7v2(message, { defaultTrust: 'RWP', receivedAt: '2026-11-20T23:00:00Z' })

for (const message of messages.slice(0, 5_000)) decode(message)
const rates = takeTurns(9, { hl7v2: turnsOf(messages, decode) })
const bytes = messages.reduce((sum, message) => sum + message.length, 0) / messages.length
process.stdout.write(
  `${JSON.stringify({ messagesPerSecond: Math.round(rateOf(rates.hl7v2)), bytesAMessage: Math.round(bytes) })}\n`,
)
