import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeBundle } from '../../attendance/fhir/make-bundle.ts'
import { makeHl7v2, textSegment } from '../../world/make-hl7v2.ts'
import { drawLines, makePdf } from '../../world/make-pdf.ts'
import { runWren } from '../../world/run-wren.ts'

const folder = mkdtempSync(join(tmpdir(), 'wren-decode-'))
const path = join(folder, 'feed.hl7')
const messages = [
  makeHl7v2({ pv1: { 19: 'E1' }, more: [textSegment('Knife pulled on him'), 'ZTN|1||later'] }),
  makeHl7v2({ msh: { 9: 'ADT^A42' } }),
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
  expect(stdout).toMatch(/message 2 \(hl7v2\): unreadable: ADT A42 merges/)
  expect(stdout).not.toMatch(/Ashdown|Knife|9990000018|W104411|WR5|2011-03-02/)
})

test('with --text it shows them too', async () => {
  const { stdout } = await runWren(['decode', path, '--text'])
  expect(stdout).toMatch(/Ashdown +\[PID-5\.1\]/)
  expect(stdout).toMatch(/Knife pulled on him/)
})

test('a merge of patients is shown as one, its numbers with --text alone', async () => {
  const merge = makeHl7v2({ msh: { 9: 'ADT^A40' }, more: ['MRG|W99^^^RWP^MR'] })
  const { stdout, exitCode } = await runWren(['decode', '-'], merge)
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/message 1 \(hl7v2\): a merge of patients:/)
  expect(stdout).toMatch(/merged +\(3 characters\) into \(7 characters\)/)
  const json = await runWren(['decode', '-', '--json'], merge)
  expect(JSON.parse(json.stdout)).toMatchObject({
    kind: 'merge',
    merges: [{ prior: 'W99', surviving: 'W104411' }],
  })
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
  expect(refused).toEqual({ problem: expect.stringContaining('A42 merges') })
})

test('a row of an extract is shown with the columns that its fields come from', async () => {
  const mapping = ['--mapping', 'docs/examples/ed-extract.yaml']
  const { stdout, exitCode } = await runWren(['decode', 'docs/examples/ed-extract.csv', ...mapping])
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/^line 2 \(csv\):/m)
  expect(stdout).toMatch(/attendance +E2604117 +\[column "Attendance No" or "Att No"\]/)
  expect(stdout).toMatch(/trust +RWP +\[the mapping says so\]/)
  expect(stdout).toMatch(/arrived +2026-03-01T09:30:00Z +\[column "Arrival Date" and "Arrival Time"\]/)
  expect(stdout).toMatch(/note: triage, 2026-03-01T09:41:00Z +\(\d+ characters\) +\[column "Note"\]/)
  expect(stdout).not.toMatch(/Ashdown|Kit|kinfe|9990000018|WR5|2011-05-30/)
})

test('an engine’s JSON is shown with its paths', async () => {
  const message = JSON.stringify({ visit: { number: 'E1', notes: [{ kind: 'triage', body: 'Knife seen' }] } })
  const options = ['--format', 'json-mapped', '--mapping', 'docs/examples/engine-json.yaml']
  const { stdout } = await runWren(['decode', '-', '--text', ...options], message)
  expect(stdout).toMatch(/attendance +E1 +\[path "visit\.number"\]/)
  expect(stdout).toMatch(/note: triage +Knife seen +\[path "body" of each "visit\.notes\[\*\]"\]/)
})

test('a Bundle is shown with the resources that its notes come from', async () => {
  const { stdout } = await runWren(['decode', '-'], JSON.stringify(makeBundle()))
  expect(stdout).toMatch(/arrived .* \[Encounter\.period\.start\]/)
  expect(stdout).toMatch(/note: .* \[Bundle\.entry\[\d+\] \(Composition\)\]/)
})

test.each([
  [
    'an unknown format',
    ['decode', path, '--format', 'hl7'],
    2,
    /--format takes json, hl7v2, fhir, csv, json-mapped/,
  ],
  [
    'CSV without a mapping',
    ['decode', path, '--format', 'csv'],
    2,
    /csv is read by a mapping: add --mapping FILE/,
  ],
  ['a mapping for HL7 v2', ['decode', path, '--format', 'hl7v2', '--mapping', 'm'], 2, /leave out --mapping/],
  [
    'a mapping of another format',
    ['decode', path, '--format', 'json-mapped', '--mapping', 'docs/examples/ed-extract.yaml'],
    1,
    /is a mapping of csv, and not of json-mapped/,
  ],
  ['a file that is not there', ['decode', join(folder, 'none')], 1, /cannot be read \(ENOENT\)/],
] as const)('%s is refused in words', async (_what, command, code, words) => {
  const { stderr, exitCode } = await runWren(command)
  expect(stderr).toMatch(words)
  expect(exitCode).toBe(code)
})
