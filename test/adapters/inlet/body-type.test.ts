import { expect, test } from 'vitest'
import { readBodyType } from '../../../src/adapters/inlet/body-type.ts'
import type { Screen } from '../../../src/services/screen-attendances.ts'
import { readMappingText } from '../../attendance/mapping/read-mapping-text.ts'
import { knifeScreen } from '../../world/knife-screen.ts'

const mapping = (source: string, format: string) =>
  readMappingText(
    `{ wren: 1, format: ${format}, source: ${source}, fields: { attendanceId: id }, notes: [{ section: triage, text: note }] }`,
  )
const mapped = (source: string, format: string) => {
  const screen: Screen = (...asked) => knifeScreen(...asked)
  return { mapping: mapping(source, format), screen }
}
const night = mapped('ed-night', 'csv')
const day = mapped('ed-day', 'csv')
const engine = mapped('ed-engine', 'json')
const screens = { screen: knifeScreen, mapped: [night, engine] }

test.each([
  [
    'Wren’s JSON or a FHIR resource',
    'application/json',
    { format: null, isMany: false, screen: knifeScreen },
  ],
  [
    'capitals and other parameters',
    'Application/FHIR+JSON; fhirVersion=4.0',
    { format: 'fhir', isMany: false },
  ],
  ['lines', 'application/x-ndjson; charset=utf-8', { format: null, isMany: true }],
  [
    'HL7 v2, which says its character set itself',
    'application/hl7-v2; charset=iso-8859-1',
    { format: 'hl7v2' },
  ],
  [
    'an engine’s JSON',
    'application/json; mapping=ed-engine',
    { format: 'json-mapped', isMany: false, screen: engine.screen },
  ],
  [
    'lines of it',
    'application/x-ndjson;mapping="ed-engine"',
    { format: 'json-mapped', isMany: true, screen: engine.screen },
  ],
  [
    'an extract, whose bytes tell the character set',
    'text/csv; charset=windows-1252',
    { format: 'csv', isMany: true, screen: night.screen },
  ],
])('%s', (_what, contentType, type) => {
  expect(readBodyType(contentType, screens)).toMatchObject(type)
})

test.each([
  ['another type', 'application/pdf', /^send one of application\/json, /],
  ['another character set', 'application/json; charset=utf-16', /^send the body in UTF-8$/],
  [
    'a mapping that nobody knows',
    'application/json; mapping=ed',
    /mapping=ed-engine"; there are: ed-engine$/,
  ],
  ['a mapping of another format', 'text/csv; mapping=ed-engine', /there are: ed-night$/],
])('%s is refused with what to send', (_what, contentType, words) => {
  expect(readBodyType(contentType, screens)).toEqual({ problem: expect.stringMatching(words) })
})

test('of two mappings for CSV the sender must name one', () => {
  const two = { screen: knifeScreen, mapped: [night, day] }
  expect(readBodyType('text/csv', two)).toEqual({
    problem: expect.stringContaining('there are: ed-night, ed-day'),
  })
  expect(readBodyType('text/csv; mapping=ed-day', two)).toMatchObject({ screen: day.screen })
})

test('without any mapping CSV is refused with the setting that is missing', () => {
  const none = { screen: knifeScreen, mapped: [] }
  expect(readBodyType('text/csv', none)).toEqual({ problem: expect.stringContaining('WREN_MAPPINGS') })
})

test('an extract is cut into its rows, and one that cannot be is one message', () => {
  const type = readBodyType('text/csv', screens)
  if ('problem' in type) throw new Error(type.problem)
  const cut = (text: string) =>
    type.split(Buffer.from(text)).map(({ number, bytes }) => `${number}: ${Buffer.from(bytes)}`)
  expect(cut('id,note\n1,a\n2,b\n')).toEqual(['2: id,note\r\n1,a\r\n', '3: id,note\r\n2,b\r\n'])
  expect(cut('id,text\n1,a\n2,b\n')).toEqual(['1: id,text\n1,a\n2,b\n'])
  expect(cut(' \n')).toEqual([])
})
