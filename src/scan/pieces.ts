import { normalise } from '../text/normalise.ts'
import { endsSentence } from '../text/sentences.ts'
import { gapAfter, type Tokens, tokenise } from '../text/tokenise.ts'

/** What cues are read in: words, single marks and line ends, in order. */
export interface Piece {
  /** A word in small letters, a mark, or "\n". */
  readonly text: string
  /** The token it is; null for a mark or a line end. */
  readonly token: number | null
  readonly endsSentence: boolean
  /** Nothing stands between it and the piece before. */
  readonly isTouching: boolean
}

/** Filler between two words, such as a ruling, is read only this far from either end. */
const marksMax = 12

/** What pieces are made from. */
export interface PieceSource {
  readonly tokens: Tokens
  wordAt(index: number): string
  /** See `pieceGroupAt`: a note full of mentions asks for the same words again and again. */
  piecesAt(index: number): readonly Piece[]
}

/** The pieces from the marks before token `first` to the marks behind token `last`. */
export function piecesBetween(words: PieceSource, first: number, last: number): readonly Piece[] {
  const pieces: Piece[] = first > 0 ? words.piecesAt(first - 1).slice(1) : [...marksAfter(words.tokens, -1)]
  for (let token = first; token <= last; token++) {
    for (const piece of words.piecesAt(token)) pieces.push(piece)
  }
  return pieces
}

/** A token and the marks behind it. */
export function pieceGroupAt(words: Pick<PieceSource, 'tokens' | 'wordAt'>, token: number): readonly Piece[] {
  const { tokens } = words
  const start = tokens.starts[token] ?? 0
  const isTouching = gapAfter(tokens, token - 1).from === start || isMark(tokens.text.charCodeAt(start - 1))
  const piece = { text: words.wordAt(token), token, endsSentence: false, isTouching }
  const marks = marksAfter(tokens, token)
  return marks.length === 0 ? [piece] : [piece, ...marks]
}

/** The pieces of a cue, a terminator or a phrase of an ignore, as texts. */
export function pieceTextsOf(text: string): readonly string[] {
  const tokens = tokenise(normalise(text).text)
  const wordAt = (index: number) => tokens.text.slice(tokens.starts[index], tokens.ends[index]).toLowerCase()
  const piecesAt = (index: number) => pieceGroupAt({ tokens, wordAt }, index)
  return piecesBetween({ tokens, wordAt, piecesAt }, 0, tokens.count - 1).map(piece => piece.text)
}

/** Of a normalised text, whose blanks are all of ASCII. There is no character before the first one, and no mark. */
function isMark(code: number): boolean {
  return code > 32 || (code < 32 && (code < 9 || code > 13))
}

const none: readonly Piece[] = []

function marksAfter(tokens: Tokens, index: number): readonly Piece[] {
  const { from, to } = gapAfter(tokens, index)
  const { text } = tokens
  if (to - from === 1 && text.charAt(from) === ' ') return none
  const marks: Piece[] = []
  for (let at = from; at < to; at++) {
    if (at === from + marksMax && to - at > marksMax) at = to - marksMax
    const mark = text.charAt(at)
    if (mark === '\n' || mark === '\r') {
      if (marks.at(-1)?.text !== '\n')
        marks.push({ text: '\n', token: null, endsSentence: false, isTouching: false })
    } else if (isMark(text.charCodeAt(at))) {
      const isTouching = at > 0 && isMark(text.charCodeAt(at - 1))
      marks.push({ text: mark, token: null, endsSentence: endsSentence({ tokens, index, at }), isTouching })
    }
  }
  return marks
}
