import { normalise } from '../text/normalise.ts'
import { endsSentence } from '../text/sentences.ts'
import { gapAfter, type Tokens, tokenise } from '../text/tokenise.ts'
import type { Words } from './words.ts'

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

/** The pieces from the marks before token `first` to the marks behind token `last`. */
export function piecesBetween(
  words: Pick<Words, 'tokens' | 'wordAt'>,
  first: number,
  last: number,
): readonly Piece[] {
  const { tokens } = words
  const pieces: Piece[] = [...marksAfter(tokens, first - 1)]
  for (let token = first; token <= last; token++) {
    const isTouching =
      gapAfter(tokens, token - 1).from === (tokens.starts[token] ?? 0) || isMarkBefore(tokens, token)
    pieces.push(
      { text: words.wordAt(token), token, endsSentence: false, isTouching },
      ...marksAfter(tokens, token),
    )
  }
  return pieces
}

/** The pieces of a cue, a terminator or a phrase of an ignore, as texts. */
export function pieceTextsOf(text: string): readonly string[] {
  const tokens = tokenise(normalise(text).text)
  const wordAt = (index: number) => tokens.text.slice(tokens.starts[index], tokens.ends[index]).toLowerCase()
  return piecesBetween({ tokens, wordAt }, 0, tokens.count - 1).map(piece => piece.text)
}

function isMarkBefore(tokens: Tokens, token: number): boolean {
  const before = tokens.text.charAt((tokens.starts[token] ?? 0) - 1)
  return before !== '' && !/\s/.test(before)
}

function marksAfter(tokens: Tokens, index: number): readonly Piece[] {
  const { from, to } = gapAfter(tokens, index)
  const marks: Piece[] = []
  for (let at = from; at < to; at++) {
    if (at === from + marksMax && to - at > marksMax) at = to - marksMax
    const mark = tokens.text.charAt(at)
    if (mark === '\n' || mark === '\r') {
      if (marks.at(-1)?.text !== '\n')
        marks.push({ text: '\n', token: null, endsSentence: false, isTouching: false })
    } else if (!/\s/.test(mark)) {
      const isTouching = at > 0 && !/\s/.test(tokens.text.charAt(at - 1))
      marks.push({ text: mark, token: null, endsSentence: endsSentence({ tokens, index, at }), isTouching })
    }
  }
  return marks
}
