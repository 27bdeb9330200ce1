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
      const governing = (stands: 'before' | 'after') => [{ kind: cue.kind, say: reading.text, stands }]
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
    if (barriers[at] === true || cue.until.some(text => standsAt(pieces, text, at))) return false
    if (pieces[at]?.token !== null) passed++
  }
  return passed < cue.reach
}

function standsAt(pieces: readonly Piece[], text: readonly string[], at: number): boolean {
  return text.every((piece, offset) => pieces[at + offset]?.text === piece)
}
