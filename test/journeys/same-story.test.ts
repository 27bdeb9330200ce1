import { expect, test } from 'vitest'
import { loadRules, requireRuleset } from '../../src/adapters/rules-folder/load-rules.ts'
import type { Attendance } from '../../src/attendance/attendance.ts'
import { type DecodedMessage, decodeMessage } from '../../src/attendance/decode.ts'
import { decodeMapped } from '../../src/attendance/mapping/decode-mapped.ts'
import { makeScanner } from '../../src/scan/scan.ts'
import { makeScreen } from '../../src/services/screen-attendances.ts'
import { readMappingText } from '../attendance/mapping/read-mapping-text.ts'
import { openTestDatabase } from '../world/database.ts'
import { identifierKey } from '../world/knife-screen.ts'
import { batchOf } from '../world/make-attendance.ts'
import {
  csv,
  csvMapping,
  engineJson,
  fhirR4,
  fhirStu3,
  hl7v2,
  jsonMapping,
  wrenJson,
} from '../world/one-story.ts'

const receivedAt = '2026-03-01T10:00:00Z'
const options = { defaultTrust: 'RWP', receivedAt }

const stated = { ...options, format: null }
const feeds: readonly (readonly [string, string, (bytes: Uint8Array) => DecodedMessage])[] = [
  ['Wren’s own JSON', wrenJson, bytes => decodeMessage(bytes, stated)],
  ['HL7 v2', hl7v2, bytes => decodeMessage(bytes, stated)],
  ['FHIR R4 in JSON', fhirR4.json, bytes => decodeMessage(bytes, stated)],
  ['FHIR R4 in XML', fhirR4.xml, bytes => decodeMessage(bytes, stated)],
  ['FHIR STU3 in JSON', fhirStu3.json, bytes => decodeMessage(bytes, stated)],
  ['FHIR STU3 in XML', fhirStu3.xml, bytes => decodeMessage(bytes, stated)],
  ['CSV', csv, bytes => decodeMapped(bytes, { ...options, mapping: readMappingText(csvMapping) })],
  [
    'an engine’s JSON',
    engineJson,
    bytes => decodeMapped(bytes, { ...options, mapping: readMappingText(jsonMapping) }),
  ],
]

test('one story is the same attendance, the same mentions and one flag, by whatever feed it comes', async () => {
  await using database = await openTestDatabase()
  const scanner = makeScanner(requireRuleset(await loadRules('rules')))
  const told = feeds.map(([, text, decode], index) => {
    const delivery = {
      channel: 'test',
      stream: 'same-story',
      partition: 0,
      offset: String(index),
      receivedAt,
    }
    return makeScreen({ scanner, identifierKey, decode })(Buffer.from(text), delivery)
  })
  const [first, ...others] = told
  expect(first?.held?.held.mentions.map(({ rule }) => rule)).toEqual(
    expect.arrayContaining(['weapon-blade', 'gang']),
  )
  for (const [index, other] of others.entries()) {
    const name = feeds[index + 1]?.[0]
    expect(other.deadLetter?.problem ?? null, name).toBeNull()
    expect(comparable(other.held?.held.attendance), name).toEqual(comparable(first?.held?.held.attendance))
    expect(other.held?.held.mentions, name).toEqual(first?.held?.held.mentions)
    expect(other.receipt.patientHashes, name).toEqual(first?.receipt.patientHashes)
  }
  for (const screening of told) await database.store.screening.record(batchOf(screening))
  const states = ['to-review', 'in-review', 'actions-open', 'deferred', 'done'] as const
  const queue = await database.store.review.queue({ states, limit: 10, offset: 0 })
  expect(queue.map(({ flag }) => flag.attendanceId)).toEqual(['E2604117'])
})

/** All fields; of notes their words too, which do not show by accident. When a note was written, few feeds tell. */
function comparable(attendance: Attendance | undefined): unknown {
  return { ...attendance, notes: attendance?.notes.map(({ section, words }) => ({ section, words })) }
}
