import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { decodeJson } from '../../src/attendance/decode-json.ts'
import { Note } from '../../src/attendance/note.ts'
import { editsAllowed } from '../../src/scan/edit-distance.ts'
import { makeNoteReader } from '../../src/scan/note-reader.ts'
import { makeScanner } from '../../src/scan/scan.ts'
import type { Scannable } from '../../src/scan/scanner.ts'
import { makeBenchRuleset, terms } from './bench-rules.ts'
import { makeNearMissNotes, makeNewWordNotes, makeNotes } from './corpus.ts'
import { makeObviousProgram } from './obvious-program.ts'
import { rateOf, ratioOf, spendMs, takeTurns, turnsOf } from './spend.ts'

/**
 * How fast the scan is, beside the obvious program, on the same notes in the same run. Rates are of the main
 * thread's processor time, so that what else a machine does hardly shows; yet only the ratios travel to another
 * machine. No note is read twice by the same reader: repeating a corpus hides what an unknown word costs.
 */
const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, corpus: { type: 'string' } },
})

const readiness = spendMs(() => makeScanner(makeBenchRuleset(500)))
const ruleset = makeBenchRuleset(100)
const notes =
  values.corpus === undefined ? makeNotes({ notes: 24_000, seed: 1, terms }) : readCorpus(values.corpus)
const characters = notes.reduce((sum, note) => sum + note.length, 0) / notes.length

const scanner = makeScanner(ruleset)
const scan = (note: string) => scanner.scan(attendanceOf(note))
const reader = makeNoteReader({ ruleset, rules: ruleset.rules })
const judge = makeNoteReader({ ruleset, rules: ruleset.rules })
const manyTerms = makeScanner(makeBenchRuleset(1000))
warmUp()
const rounds = 9
const rates = takeTurns(rounds, {
  full: turnsOf(notes, scan),
  matching: turnsOf(notes, note => reader.match(note)),
  thousand: turnsOf(notes, note => manyTerms.scan(attendanceOf(note))),
  allNew: turnsOf(makeNewWordNotes(16_200, 2), scan),
  nearMiss: turnsOf(makeNearMissNotes({ notes: 4_050, seed: 3, terms, editsOf, isMiss }), scan),
  naive: turnsOf(notes.slice(0, 360), makeObviousProgram(ruleset.rules)),
  decoding: turnsOf(notes.slice(0, 9_000).map(messageOf), message =>
    decodeJson(message, { defaultTrust: 'RWP', receivedAt: '2026-03-01T10:30:00Z' }),
  ),
})
const long = makeNotes({ notes: 4_000, seed: 4, terms }).join('\n')
const megabytes = Array.from({ length: 3 }, (_, index) =>
  long.slice(index * 1_000_000, (index + 1) * 1_000_000),
)
const [megabyteMs = 0] = megabytes.map(note => spendMs(() => scan(note))).sort((a, b) => a - b)

const figures = {
  notesPerSecond: Math.round(rateOf(rates.full)),
  mbPerSecond: round((rateOf(rates.full) * characters) / 1e6),
  naiveNotesPerSecond: Math.round(rateOf(rates.naive)),
  ratioToNaive: Math.round(ratioOf(rates.full, rates.naive)),
  allNewRatio: round(ratioOf(rates.allNew, rates.full)),
  nearMissRatio: round(ratioOf(rates.nearMiss, rates.full)),
  thousandTermsRatio: round(ratioOf(rates.thousand, rates.full)),
  oneMegabyteNoteMs: round(megabyteMs),
  scanToDecodeRatio: round(ratioOf(rates.decoding, rates.full)),
  rulesReadyMs: Math.round(readiness),
}

if (values.json) console.log(JSON.stringify(figures))
else {
  console.log(`${notes.length} notes of ${Math.round(characters)} characters, 100 terms and 30 phrases\n`)
  const names = {
    full: 'full reading: cues, ranking and all',
    matching: 'matching alone',
    naive: 'the obvious program',
    allNew: 'every word new',
    nearMiss: 'every word a near miss',
    thousand: 'a thousand terms',
    decoding: 'decoding the message',
  } satisfies Record<keyof typeof rates, string>
  for (const [kind, each] of Object.entries(rates)) {
    const name = names[kind as keyof typeof rates].padEnd(40)
    console.log(`${name}${String(Math.round(rateOf(each))).padStart(9)} notes a second`)
  }
  console.table(figures)
  console.log(`memory in use: ${Math.round(process.memoryUsage().rss / 1e6)} MB, the corpus included`)
}

/** Node compiles what runs often, step by step: other notes of every kind, until it has done so for all readers. */
function warmUp(): void {
  const nearMisses = { notes: 300, seed: 13, terms, editsOf, isMiss }
  const others = [
    ...makeNotes({ notes: 12_000, seed: 11, terms }),
    ...makeNewWordNotes(2_000, 12),
    ...makeNearMissNotes(nearMisses),
  ]
  for (const note of others) {
    scan(note)
    reader.match(note)
    manyTerms.scan(attendanceOf(note))
  }
}

function attendanceOf(words: string): Scannable {
  const note = new Note({ section: 'triage', words })
  return { ageOnArrival: 15, notes: [note], codes: [], alerts: [], leftBeforeSeen: false }
}

function editsOf(term: string): number {
  return editsAllowed(term, 'auto')
}

/** Unknown, and nothing found in it: asked of a reader of its own, so that the one measured meets the word in a note. */
function isMiss(word: string): boolean {
  return word.length > 2 && !judge.known.has(word) && judge.read(word, 0).length === 0
}

/** All that a department sends of an attendance, as docs/attendance-json.md shows it, around the note. */
function messageOf(text: string, index: number): Uint8Array {
  const message = {
    wren: 1,
    source: 'ed-bench',
    trust: 'RWP',
    attendanceId: `B${index}`,
    kind: 'new',
    site: 'RWP50',
    department: 'Emergency department',
    recordedAt: '2026-03-01T10:15:00Z',
    arrivedAt: '2026-03-01T09:30:00Z',
    departedAt: null,
    disposal: null,
    leftBeforeSeen: false,
    patient: {
      nhsNumber: '999 000 0018',
      localId: `L${index}`,
      family: 'Ashdown',
      given: 'Kit',
      birthDate: '2011-05-30',
      sex: 'male',
      postcode: 'WR5 1CV',
      address: '4 Mill Lane, Worcester',
      gpPractice: 'Foregate Mill Surgery',
      school: 'Severn Vale High',
    },
    notes: [{ section: 'triage', text, writtenAt: '2026-03-01T10:10:00Z' }],
    codes: [{ system: 'icd10', code: 'S51.8', display: 'Open wound of other parts of forearm' }],
    alerts: ['looked-after'],
  }
  return new TextEncoder().encode(JSON.stringify(message))
}

/** Simple lines of `wren scan --notes`, or one note a line. */
function readCorpus(path: string): readonly string[] {
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter(line => line.trim() !== '')
  return lines.map(line => {
    if (!line.startsWith('{')) return line
    const { sections } = JSON.parse(line) as { sections: readonly { readonly text: string }[] }
    return sections.map(({ text }) => text).join('\n')
  })
}

function round(figure: number): number {
  return Math.round(figure * 100) / 100
}
