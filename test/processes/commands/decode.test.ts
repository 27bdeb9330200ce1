import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeHl7v2, textSegment } from '../../world/make-hl7v2.ts'
import { drawLines, makePdf } from '../../world/make-pdf.ts'
import { runWren } from '../../world/run-wren.ts'

const folder = mkdtempSync(join(tmpdir(), 'wren-decode-'))
const path = join(folder, 'feed.hl7')
const messages = [
  makeHl7v2({ pv1: { 19: 'E1' }, more: [textSegment('Knife pulled on him'), 'ZTN|1||later'] }),
  makeHl7v2({ msh: { 9: 'ADT^A40' } }),
]

beforeAll(() => writeFileSync(path, `${messages.join('\r\n')}\r\n`))
afterAll(() => rmSync(folder, { recursive: true }))

test('each message is shown with where its fields come from, and no name, number or word of a patient', async () => {
  const { stdout, exitCode } = await runWren(['decode', path])
  expect(exitCode).toBe(1) // the second cannot be read
  expect(stdout).toMatch(/message 1 \(hl7v2\):/)
  expect(stdout).toMatch(/attendance +E1 +\[PV1-19/)
  expect(stdout).toMatch(/note: Triage note +\(19 characters\) +\[OBX\[1\]-5\]/)
  expect(stdout).toMatch(/ZTN is not read: .*WREN_HL7_TEXT_FIELDS/)
  expect(stdout).toMatch(/message 2 \(hl7v2\): unreadable: ADT A40 merges/)
  expect(stdout).not.toMatch(/Ashdown|Knife|9990000018|W104411|WR5|2011-03-02/)
})

test('with --text it shows them too', async () => {
  const { stdout } = await runWren(['decode', path, '--text'])
  expect(stdout).toMatch(/Ashdown +\[PID-5\.1\]/)
  expect(stdout).toMatch(/Knife pulled on him/)
})

test('a PDF inside a message is read as any note', async () => {
  const pdf = makePdf([drawLines('Knife pulled on him')]).toString('base64')
  const letter = textSegment(`^application^pdf^Base64^${pdf}`, { 2: 'ED', 3: 'LETTER^Letter' })
  const { stdout } = await runWren(['decode', '-', '--text'], makeHl7v2({ more: [letter] }))
  expect(stdout).toMatch(/note: Letter +Knife pulled on him +\[OBX\[1\]-5\]/)
})

test('with --json there is one line a message: the attendance, or its problem', async () => {
  const { stdout } = await runWren(['decode', path, '--json'])
  const [read, refused] = stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(read).toMatchObject({
    format: 'hl7v2',
    attendanceId: 'E1',
    ageOnArrival: expect.any(Number),
    notes: [{ section: 'Triage note', text: 'Knife pulled on him', writtenAt: null }],
    partsUnread: [],
  })
  expect(refused).toEqual({ problem: expect.stringContaining('A40 merges') })
})

test.each([
  ['an unknown format', ['decode', path, '--format', 'hl7'], 2, /--format takes json, hl7v2, fhir, csv/],
  ['CSV, which needs a mapping', ['decode', path, '--format', 'csv'], 2, /wren import FILE --mapping/],
  ['a file that is not there', ['decode', join(folder, 'none')], 1, /cannot be read \(ENOENT\)/],
] as const)('%s is refused in words', async (_what, command, code, words) => {
  const { stderr, exitCode } = await runWren(command)
  expect(stderr).toMatch(words)
  expect(exitCode).toBe(code)
})
