import { expect, test } from 'vitest'
import { decodeMessage, sniffFormat } from '../../src/attendance/decode.ts'

const options = { defaultTrust: 'RWP', receivedAt: '2026-11-20T21:41:00Z', format: null }

test.each([
  ['an HL7 v2 message', 'MSH|^~\\&|ED', 'hl7v2'],
  ['other delimiters than usual', 'MSH#*~\\&#ED', 'hl7v2'],
  ['a file of messages', 'FHS|^~\\&|', 'hl7v2'],
  ['a batch of messages', 'BHS|^~\\&|', 'hl7v2'],
  ['the block start of MLLP, left in by an engine', '\x0bMSH|^~\\&|ED', 'hl7v2'],
  ['a byte-order mark', '\u{feff}MSH|^~\\&|ED', 'hl7v2'],
  ['a FHIR resource in JSON', '{\n  "resourceType": "Bundle"', 'fhir'],
  ['a FHIR resource whose type comes later', '{"id":"b1","resourceType":"Bundle"', 'fhir'],
  ['XML', '\n<?xml version="1.0"?><Bundle xmlns="http://hl7.org/fhir">', 'fhir'],
  ['Wren’s own JSON', '{"source":"ed-worcester"', 'json'],
  ['a note that speaks of a resource type', '{"notes":[{"text":"\\"resourceType\\""}]}', 'json'],
  ['a word that begins like a header', 'MSHA found', null],
  ['nothing', '', null],
])('%s is known by its first bytes', (_what, text, format) => {
  expect(sniffFormat(Buffer.from(text))).toBe(format)
})

test('what the sender says goes before what the bytes look like', () => {
  const decoded = decodeMessage(Buffer.from('{"source":'), { ...options, format: 'hl7v2' })
  expect(decoded).toMatchObject({ kind: 'unreadable', format: 'hl7v2' })
})

test('bytes that are like nothing are unreadable, and no format is claimed for them', () => {
  expect(decodeMessage(Buffer.from('knife'), options)).toMatchObject({ kind: 'unreadable', format: null })
})
