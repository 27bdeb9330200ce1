import { expect, test } from 'vitest'
import type { Attendance, Told } from '../../../src/attendance/attendance.ts'
import { decodeHl7v2 } from '../../../src/attendance/hl7v2/decode-hl7v2.ts'
import { makeHl7v2, textSegment } from '../../world/make-hl7v2.ts'
import { isThorough } from '../../world/thorough.ts'

const options = { defaultTrust: 'RWP', receivedAt: '2026-11-20T21:41:00Z' }
const messages = 100_000
const seed = 20261120
/** Far beyond what a message takes on a busy machine, and far below what a person calls a hang. */
const slowestMs = 2_000

test(`of ${messages} broken messages each ends as an attendance or a named problem, with no other child in it`, () => {
  const chance = makeChance(seed)
  const counts = { attendance: 0, merge: 0, unreadable: 0 }
  for (let number = 0; number < messages; number++) {
    const child = number % 10
    const bytes = breakMessage(messageOf(child, chance.oneOf(types)), chance)
    const startedAt = performance.now()
    const decoded = decodeHl7v2(bytes, options)
    const tookMs = performance.now() - startedAt
    counts[decoded.kind]++
    if (tookMs > slowestMs) throw new Error(`message ${number} took ${tookMs} ms`)
    const fault = faultOf(decoded, [child])
    if (fault !== null) throw new Error(`message ${number}: ${fault}`)
  }
  // The mutations leave enough whole for both ends to be tried.
  expect(Math.min(counts.attendance, counts.merge, counts.unreadable)).toBeGreaterThan(messages / 20)
}, 120_000)

const mixed = isThorough ? 100_000 : 10_000

test(`of ${mixed} messages in which another child’s segments stand none mixes the two`, () => {
  const chance = makeChance(seed + 1)
  for (let number = 0; number < mixed; number++) {
    const own = messageOf(0, 'ADT^A04').split('\r')
    const other = messageOf(1, 'ADT^A04').split('\r')
    const alien = chance.oneOf([other, other.slice(1), other.slice(2, 3), other.slice(3, 4), other.slice(2)])
    own.splice(chance.below(own.length + 1), 0, ...alien)
    const decoded = decodeHl7v2(Buffer.from(own.join('\r')), options)
    const fault = faultOf(decoded, [0])
    if (fault !== null) throw new Error(`message ${number}: ${fault}`)
  }
}, 120_000)

/** No change of a byte makes one of another. */
const marks = [
  'Ashford',
  'Birkett',
  'Cranmer',
  'Dunmore',
  'Eastley',
  'Fulgrove',
  'Gresham',
  'Hartwell',
  'Ipswold',
  'Jesmond',
]

const types = ['ADT^A04', 'ADT^A08', 'ADT^A11', 'ADT^A40', 'MDM^T02', 'MDM^T10', 'MDM^T11', 'ORU^R01']

/** Every field that tells who the child is holds the child's own mark. */
function messageOf(child: number, type: string): string {
  const mark = marks[child % marks.length] ?? ''
  return makeHl7v2({
    msh: { 9: type },
    pid: {
      3: `${mark}1^^^RWP^MR~9990000018^^^NHS^NH`,
      5: `${mark}2^${mark}3`,
      11: `${mark}4^^${mark}5^^${mark}6`,
    },
    pv1: { 19: `${mark}7`, 36: `${mark}8` },
    more: [
      `PV2|||^${mark}9`,
      `DG1|1||S61.0^${mark}10^I10`,
      textSegment(String.raw`${mark}11\.br\knife \T\ \X41\ ~again \H\hm\N\ `),
      textSegment(`${mark}12`, { 1: '2' }),
      textSegment('^application^pdf^Base64^JVBERi0=', { 1: '3', 2: 'ED', 3: 'LETTER' }),
      `NTE|1||${mark}13`,
      `TXA|1|DS||||||||||${mark}14|${mark}15`,
      `MRG|${mark}16^^^RWP^MR`,
    ],
  })
}

/** What must never be: a child who is not among these, or a problem without words, or one that quotes a child. */
function faultOf(decoded: Told, children: readonly number[]): string | null {
  if (decoded.kind === 'unreadable') {
    if (decoded.problem === '') return 'it is unreadable for no reason'
    return marks.some(mark => decoded.problem.includes(mark)) ? 'its problem quotes the message' : null
  }
  const text = decoded.kind === 'merge' ? JSON.stringify(decoded) : textOf(decoded.attendance)
  const others = marks.filter((mark, child) => text.includes(mark) && !children.includes(child))
  return others.length === 0 ? null : `it tells of ${others.join(' and ')}`
}

function textOf({ notes, ...told }: Attendance): string {
  return JSON.stringify([told, notes.map(note => [note.section, note.words])])
}

interface Chance {
  below(limit: number): number
  oneOf<Choice>(choices: readonly Choice[]): Choice
}

/** Mulberry32: small, and the same on every machine. */
function makeChance(start: number): Chance {
  let state = start
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return { below, oneOf: choices => choices[below(choices.length)]! }
}

const pieces = [
  '|',
  '^',
  '~',
  '\\',
  '&',
  '""',
  '\r',
  '\n',
  '\\X',
  '\\.br\\',
  '\\E\\',
  '\\H',
  '\0',
  '\ufffd',
  'MSH|',
  'PID|',
  'Z',
  '\x1c',
  '\x0b',
]

/** One to three changes that know what a message is made of. */
function breakMessage(message: string, chance: Chance): Uint8Array {
  let text = message
  for (let change = chance.below(3); change >= 0; change--) text = breakOnce(text, chance)
  const bytes = Buffer.from(text)
  if (chance.below(4) === 0 && bytes.length > 0) bytes[chance.below(bytes.length)] = chance.below(256)
  return bytes
}

function breakOnce(text: string, chance: Chance): string {
  const at = chance.below(text.length + 1)
  switch (chance.below(8)) {
    case 0: // cut off
      return text.slice(0, at)
    case 1: // a piece put in
      return text.slice(0, at) + chance.oneOf(pieces) + text.slice(at)
    case 2: // a stretch taken out
      return text.slice(0, at) + text.slice(at + chance.below(30))
    case 3: // another line end
      return text.replaceAll('\r', chance.oneOf(['\n', '\r\n', '\r\r', '|']))
    case 4: // other delimiters
      return text.replaceAll(chance.oneOf(['|', '^', '~', '\\', '&']), chance.oneOf(['#', '!', '^', '|']))
    default:
      return breakSegments(text, chance)
  }
}

function breakSegments(text: string, chance: Chance): string {
  const segments = text.split('\r')
  const [one, other] = [chance.below(segments.length), chance.below(segments.length)]
  const segment = segments[one] ?? ''
  switch (chance.below(5)) {
    case 0: // left out
      return segments.toSpliced(one, 1).join('\r')
    case 1: // moved
      return segments.toSpliced(one, 1).toSpliced(other, 0, segment).join('\r')
    case 2: // twice
      return segments.toSpliced(other, 0, segment).join('\r')
    default:
      return segments.with(one, breakFields(segment, chance)).join('\r')
  }
}

function breakFields(segment: string, chance: Chance): string {
  const fields = segment.split('|')
  const [one, other] = [chance.below(fields.length), chance.below(fields.length)]
  const field = fields[one] ?? ''
  switch (chance.below(4)) {
    case 0: // emptied or deleted
      return fields.with(one, chance.oneOf(['', '""'])).join('|')
    case 1: // moved
      return fields.toSpliced(one, 1).toSpliced(other, 0, field).join('|')
    case 2: // repeated
      return fields.with(one, `${field}~${field}`).join('|')
    default: // very long
      return fields.with(one, field.repeat(1 + chance.below(200))).join('|')
  }
}
