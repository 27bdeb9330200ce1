import { createHash } from 'node:crypto'
import { type Chance, makeChance, randomOf } from '../../src/processes/demo/chance.ts'
import type { LedgerOutcome } from '../../src/review/ledger.ts'
import { makeNhsNumber } from '../world/make-attendance.ts'

/** One line of the side ledger: what is sent, and what must come of it. It holds no words. */
export interface LedgerLine {
  readonly sequence: number
  /** The key it is sent under. */
  readonly key: string
  readonly sha256: string
  /** Of the first message with these bytes; every later one is a duplicate. */
  readonly expected: Exclude<LedgerOutcome, 'duplicate'>
  /** When the source wrote this version; null where the message cannot be read. */
  readonly recordedAt: string | null
}

export interface PlannedNote {
  readonly line: LedgerLine
  readonly body: string
}

const source = 'ed-chaos'
/** Invented shorthand, whose outcome under the rules shipped is beyond doubt. */
const flagged = [
  'Stab wound L thigh, kitchen knife. Brought by friends.',
  'Slashed across forearm with a machete, will not say by whom.',
  'States older lad pulled a knife on him at the bus stop.',
  'Took overdose of paracetamol 16 tabs last night, tearful.',
]
const clear = [
  'Fell off trampoline, R wrist swollen and tender. Obs normal.',
  'D&V x2 days, tolerating fluids, wet nappies.',
  'Wheeze since this am, known asthma, sats 96% on air.',
  'Bead up R nostril, removed, home with mum.',
  'Inversion injury L ankle at netball, weight bearing.',
  'Febrile, tugging at L ear, drinking well.',
]
const day = Temporal.Instant.from('2026-03-01T00:00:00Z')

type Version = { readonly id: string; readonly child: number; readonly hour: number }

/** The notes of a run: the same for a seed, on every machine. */
export function* planNotes({ notes, seed }: { notes: number; seed: number }): Generator<PlannedNote> {
  const chance = makeChance(randomOf(seed))
  const recent: PlannedNote[] = []
  const children: Version[] = []
  for (let sequence = 0; sequence < notes; sequence += 1) {
    const note = nextNote({ sequence, chance, recent, children, seed })
    if (note.line.expected !== 'unreadable') keepSome(recent, note, chance)
    yield note
  }
}

function nextNote(so: {
  sequence: number
  chance: Chance
  recent: PlannedNote[]
  children: Version[]
  seed: number
}): PlannedNote {
  const { sequence, chance, recent, children, seed } = so
  const kind = chance.pickWeighted([
    [8, 'flagged'],
    [62, 'clear'],
    [12, 'adult'],
    [6, 'repeat'],
    [9, 'update'],
    [3, 'unreadable'],
  ] as const)
  if (kind === 'repeat' && recent.length > 0) {
    const { line, body } = chance.pick(recent)
    return { line: { ...line, sequence }, body }
  }
  if (kind === 'update' && children.length > 0) {
    const version = chance.pick(children)
    // Later than the first, and not in order: an older version may come after a newer one.
    const hour = version.hour + chance.between(1, 9)
    return attendance({ sequence, version: { ...version, hour }, words: pickWords(chance), isAdult: false })
  }
  const version = { id: `C${seed}-${sequence}`, child: sequence, hour: 9 }
  if (kind === 'unreadable') {
    const whole = attendance({ sequence, version, words: chance.pick(clear), isAdult: false })
    const body = whole.body.slice(0, chance.between(10, whole.body.length - 2))
    return { body, line: { ...whole.line, sha256: hashOf(body), expected: 'unreadable', recordedAt: null } }
  }
  const isAdult = kind === 'adult'
  if (!isAdult) keepSome(children, version, chance)
  const words = chance.pick(kind === 'clear' ? clear : flagged)
  return attendance({ sequence, version, words, isAdult })
}

function attendance(made: {
  sequence: number
  version: Version
  words: string
  isAdult: boolean
}): PlannedNote {
  const { sequence, version, words, isAdult } = made
  const recordedAt = day.add({ hours: version.hour, seconds: sequence % 3_600 }).toString()
  const body = JSON.stringify({
    wren: 1,
    source,
    attendanceId: version.id,
    trust: 'RWP',
    kind: version.hour === 9 ? 'new' : 'update',
    site: version.child % 2 === 0 ? 'RWP50' : 'RWP01',
    recordedAt,
    arrivedAt: day.add({ hours: 8 }).toString(),
    patient: {
      nhsNumber: makeNhsNumber(version.child),
      birthDate: isAdult ? '1979-04-02' : '2012-05-30',
      sex: 'female',
    },
    notes: [{ section: 'triage', text: `${words} Seen ${sequence}.` }],
  })
  const expected = isAdult ? 'out-of-scope' : flagged.includes(words) ? 'flagged' : 'clear'
  return { body, line: { sequence, key: version.id, sha256: hashOf(body), expected, recordedAt } }
}

function pickWords(chance: Chance): string {
  return chance.pick(chance.happens(0.4) ? flagged : clear)
}

/** What repeats and updates are made of: a sample of what went before, and never all of it. */
function keepSome<Kept>(among: Kept[], one: Kept, chance: Chance): void {
  if (among.length < 500) among.push(one)
  else among[chance.between(0, 499)] = one
}

function hashOf(body: string): string {
  return createHash('sha256').update(body).digest('hex')
}
