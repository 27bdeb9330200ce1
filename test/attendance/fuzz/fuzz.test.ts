import { describe, expect, test } from 'vitest'
import type { Decoded } from '../../../src/attendance/attendance.ts'
import { decodeCsv } from '../../../src/attendance/csv/decode-csv.ts'
import { readRows } from '../../../src/attendance/csv/read-rows.ts'
import { decodeJson } from '../../../src/attendance/decode-json.ts'
import { decodeFhir } from '../../../src/attendance/fhir/decode-fhir.ts'
import { splitFile } from '../../../src/attendance/mapping/decode-mapped.ts'
import { decodeMappedJson } from '../../../src/attendance/mapping/decode-mapped-json.ts'
import { isThorough } from '../../world/thorough.ts'
import { div, makeBundle, nhsNumberSystem, subject, toXml } from '../fhir/make-bundle.ts'
import { readMappingText } from '../mapping/read-mapping-text.ts'
import { makeChance, mutate } from './mutate.ts'

/** Messages a decoder; a longer run: WREN_FUZZ=1000000 npx vitest run test/attendance/fuzz */
const messages = Number(process.env.WREN_FUZZ ?? (isThorough ? 100_000 : 5_000))
const options = { defaultTrust: 'RWP', receivedAt: '2026-03-01T10:00:00Z' }

/** Fields of the attending child and of another in the same message; a value of one must never stand with the other. */
const other = { family: 'Elsewhere', given: 'Ellie', number: '9990000026', birthDate: '2013-01-02' }

const otherUrl = 'urn:uuid:0f0e7f6a-0000-4000-8000-000000000009'
const bundle = makeBundle({
  composition: { section: [{ title: 'Triage', text: div('<p>14M lac<br/>L arm</p>') }] },
  more: [
    {
      fullUrl: otherUrl,
      resource: {
        resourceType: 'Patient',
        identifier: [{ system: nhsNumberSystem, value: other.number }],
        name: [{ family: other.family, given: [other.given] }],
        birthDate: other.birthDate,
      },
    },
    {
      resource: {
        resourceType: 'Condition',
        subject,
        code: { coding: [{ system: 'http://snomed.info/sct', code: '1' }] },
      },
    },
  ],
})
const extract = readMappingText(`
wren: 1
format: csv
source: ed
rows: note
fields: { attendanceId: Id, nhsNumber: NHS, family: Family, given: Given, birthDate: DOB }
notes: [{ section: triage, text: Note }]
`)
const csv = `Id,NHS,Family,Given,DOB,Note
E1,9990000018,Ashdown,Kit,2011-05-30,"14M ""lac"", L arm"
E2,${other.number},${other.family},${other.given},${other.birthDate},fell
E1,9990000018,Ashdown,Kit,2011-05-30,two
`
const engine = readMappingText(`
wren: 1
format: json
source: ed
fields: { attendanceId: id, nhsNumber: p.nhs, family: p.last, given: p.first, birthDate: p.born }
notes: [{ each: notes, section: triage, text: text }]
`)
const json = JSON.stringify({
  id: 'E1',
  p: { nhs: '9990000018', last: 'Ashdown', first: 'Kit', born: '2011-05-30' },
  notes: [{ text: '14M lac' }, { text: 'L arm' }],
})

const own = JSON.stringify({
  source: 'ed-worcester',
  attendanceId: 'E1',
  arrivedAt: '2026-03-01T09:30:00Z',
  patient: { family: 'Ashdown', given: 'Kit', nhsNumber: '9990000018', birthDate: '2011-05-30' },
  notes: [{ section: 'triage', text: '14M lac L arm' }],
  codes: [{ system: 'icd10', code: 'S51.8' }],
})
/** Broken pieces of JSON, and of another child. */
const jsonPieces = ['{', '}', '[', ']', '"', ',', ':', 'null', '1e999', '\\ud800', '\\u0000', '"notes":[],']
const hers = [`"family":"${other.family}",`, `"patient":{"given":"${other.given}"},`]

const decoders: readonly (readonly [
  string,
  string,
  (bytes: Buffer) => readonly Decoded[],
  readonly string[],
])[] = [
  [
    'FHIR in JSON',
    JSON.stringify(bundle),
    bytes => [decodeFhir(bytes, options)],
    [
      '{',
      '}',
      '[',
      ']',
      '"',
      ',',
      ':',
      'null',
      '"id":"1",',
      '\\u0000',
      '\ud800',
      '{"resourceType":"Patient"}',
      '"reference":""',
    ],
  ],
  [
    'FHIR in XML',
    toXml(bundle),
    bytes => [decodeFhir(bytes, options)],
    [
      '<',
      '>',
      '</',
      '/>',
      '"',
      '&',
      '&amp;',
      '&#0;',
      '<id value="1"/>',
      '<!--',
      ']]>',
      '<![CDATA[',
      '<!DOCTYPE x>',
      '<Patient>',
      '</Patient>',
      '<resource>',
      '</resource>',
    ],
  ],
  [
    'CSV',
    csv,
    readExtract,
    [',', '"', '""', '\n', '\r', '\r\n', ';', '\0', 'E1', 'E2', '31/31/2011', '\ufeff'],
  ],
  [
    'mapped JSON',
    json,
    bytes => [decodeMappedJson(bytes, { ...options, mapping: engine })],
    [...jsonPieces, '{"p":{}}', '"nhs":7'],
  ],
  ['Wren’s own JSON', own, bytes => [decodeJson(bytes, options)], [...jsonPieces, ...hers]],
]

function readExtract(bytes: Buffer): readonly Decoded[] {
  const split = splitFile(bytes, extract)
  if ('problem' in split)
    return [{ kind: 'unreadable', reason: 'decode', problem: split.problem, source: null }]
  return split.messages.map(message => decodeCsv(message.bytes, { ...options, mapping: extract }))
}

describe.each(decoders)('%s', (name, seed, decode, pieces) => {
  test(`${messages} changed messages: each an attendance or a named problem, and no two children in one`, () => {
    const chance = makeChance(20_260_301)
    const original = Buffer.from(seed)
    let attendances = 0
    for (let count = 0; count < messages; count++) {
      const insertsOnly = count % 2 === 0
      const bytes = mutate(original, { chance, pieces, insertsOnly })
      const decoded = decode(bytes)
      if (decoded.length === 0 && !isEmpty(name, bytes))
        throw new Error(`no outcome, message ${count}: ${bytes.toString('latin1')}`)
      for (const each of decoded) {
        if (each.kind === 'attendance') attendances++
        const fault = faultOf(each) ?? (insertsOnly && isMixed(each) ? 'two children in one' : null)
        if (fault !== null) throw new Error(`${fault}, message ${count}: ${bytes.toString('latin1')}`)
      }
    }
    // Else the changes only ever broke the message, and proved nothing.
    expect(attendances).toBeGreaterThan(messages / 50)
  }, 600_000)
})

/** Nothing came: no byte, or of an extract no row behind the header. */
function isEmpty(name: string, bytes: Buffer): boolean {
  const text = bytes.toString('latin1')
  return text.trim() === '' || (name === 'CSV' && [...readRows(text, ',')].length <= 1)
}

function faultOf(decoded: Decoded): string | null {
  if (decoded.kind === 'unreadable') {
    if (decoded.problem === '') return 'a problem without words'
    return /Ashdown|Elsewhere|999000|14M/.test(decoded.problem) ? 'a problem that quotes a patient' : null
  }
  return null
}

/** True where any field of one child stands with a whole, unchanged field of the other. */
function isMixed(decoded: Decoded): boolean {
  if (decoded.kind === 'unreadable') return false
  const { patient } = decoded.attendance
  const hers = [
    patient.family === other.family,
    patient.given === other.given,
    patient.nhsNumber === other.number,
  ]
  const his = [patient.family === 'Ashdown', patient.given === 'Kit', patient.nhsNumber === '9990000018']
  return hers.includes(true) && his.includes(true)
}
