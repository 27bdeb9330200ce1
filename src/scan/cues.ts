import type { CueKind } from '../rules/rule.ts'
import type { CueReader, Reading, ReadyCue } from './cue-sheet.ts'
import { type Piece, piecesBetween } from './pieces.ts'
import type { Words } from './words.ts'

/** A cue in whose scope a match stands. */
export interface Governing {
  readonly kind: CueKind
  /** The cue as the sheet writes it. */
  readonly say: string
  readonly stands: 'before' | 'after'
}

/** The furthest that any cue reaches, in words. */
const reachMax = 12

/** The cues that govern the tokens `first` to `last`. Only their surroundings are read, whatever the note's length. */
export function cuesGoverning(
  words: Words,
  reader: CueReader,
  { first, last }: { first: number; last: number },
): readonly Governing[] {
  const margin = reachMax + reader.longest
  const pieces = piecesBetween(words, Math.max(0, first - margin), Math.min(words.count - 1, last + margin))
  const start = pieces.findIndex(piece => piece.token === first)
  const end = pieces.findIndex(piece => piece.token === last)
  const readings = reader.read(pieces)
  const barriers = barriersOf(pieces, readings)
  return readings.flatMap(reading =>
    reading.cues.flatMap(cue => {
      const governing = (stands: 'before' | 'after') => [
        { kind: kindAt(cue.kind, { pieces, readings, reading }), say: reading.text, stands },
      ]
      if (reading.to <= start && cue.direction !== 'backward') {
        return isReached({ pieces, barriers, cue, from: reading.to, to: start }) ? governing('before') : []
      }
      if (reading.from > end && cue.direction !== 'forward') {
        return isReached({ pieces, barriers, cue, from: end + 1, to: reading.from }) ? governing('after') : []
      }
      return []
    }),
  )
}

/** For each piece whether it ends every scope. */
function barriersOf(pieces: readonly Piece[], readings: readonly Reading[]): readonly boolean[] {
  const barriers = pieces.map(piece => piece.endsSentence || piece.text === '\n')
  for (const { from, to, isTerminator } of readings) {
    // What a cue is made of is no stop: ": no" and "denies:" keep their colons.
    for (let at = from; at < to; at++) barriers[at] = isTerminator
  }
  return barriers
}

/** Whether nothing between `from` and `to` stops the cue, and the match lies within its reach. */
function isReached(between: {
  pieces: readonly Piece[]
  barriers: readonly boolean[]
  cue: ReadyCue
  from: number
  to: number
}): boolean {
  const { pieces, barriers, cue, from, to } = between
  let passed = 0
  for (let at = from; at < to; at++) {
    if (barriers[at] === true || cue.until.some(text => stopsAt(pieces, text, at))) return false
    if (startsClause(pieces, at)) return false
    if (pieces[at]?.token !== null) passed++
  }
  return passed < cue.reach
}

/** "Or" goes on with what is lacking, whatever stands before it: "denies headache or overdose". */
function stopsAt(pieces: readonly Piece[], until: readonly string[], at: number): boolean {
  if (!standsAt(pieces, until, at)) return false
  const next = pieces[at + until.length]?.text
  return next !== 'or' && next !== 'nor'
}

/**
 * A comma and a verb begin a clause of their own: in "denies LOC, stabbed in back" and "no vomiting, has taken
 * tablets" the harm is stated. A list of nouns goes on: "denies SI, DSH, overdose".
 */
function startsClause(pieces: readonly Piece[], at: number): boolean {
  if (pieces[at]?.text !== ',') return false
  const next =
    pieces.slice(at + 1, at + 1 + clauseStartMax).find(({ text }) => !beforeVerbs.has(text))?.text ?? ''
  return verbs.has(next) || /^[a-z]+[^e]ed$/.test(next)
}

/** Words that may stand between a comma and the verb of a new clause: ", this time took", ", she has". */
const beforeVerbs = new Set(
  'pt he she they this time last night today now then also later who mum dad'.split(' '),
)
const clauseStartMax = 4

/** Verbs of a new clause that do not end in -ed. */
const verbs = new Set(
  'was is are were has had have got did does took drank ate shot hit cut beaten beat held hung ran fell found seen brought came went'.split(
    ' ',
  ),
)

/** What the writer only repeats ("states no knife") is denied, not found absent. */
function kindAt(
  kind: CueKind,
  { pieces, readings, reading }: { pieces: readonly Piece[]; readings: readonly Reading[]; reading: Reading },
): CueKind {
  if (kind !== 'absent') return kind
  const isTold = readings.some(other => other.isSaid && isTellingOf(pieces, other, reading))
  return isTold ? 'denied' : kind
}

/** Words at most between "says" and what is said. */
const tellingReach = 8

function isTellingOf(pieces: readonly Piece[], said: Reading, reading: Reading): boolean {
  if (said.to > reading.from) return false
  const between = pieces.slice(said.to, reading.from)
  return (
    between.filter(piece => piece.token !== null).length <= tellingReach &&
    between.every(piece => !piece.endsSentence && piece.text !== '\n')
  )
}

function standsAt(pieces: readonly Piece[], text: readonly string[], at: number): boolean {
  return text.every((piece, offset) => pieces[at + offset]?.text === piece)
}
