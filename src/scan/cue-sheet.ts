import type { Cue, CueSheet } from '../rules/cue.ts'
import { type Piece, pieceTextsOf } from './pieces.ts'

/** A cue sheet made ready: a tree of pieces, so that every reading of a place is found in one walk. */
export interface CueReader {
  /** Cues and terminators among the pieces, in order, without overlap. */
  read(pieces: readonly Piece[]): readonly Reading[]
  /** The most pieces of any text of the sheet. */
  readonly longest: number
}

/** What pieces `from` to `to` (not included) are. */
export interface Reading {
  readonly from: number
  readonly to: number
  /** None where the text only ends scopes. */
  readonly cues: readonly ReadyCue[]
  readonly isTerminator: boolean
  /** The writer repeats what somebody says. */
  readonly isSaid: boolean
  /** As the sheet writes it. */
  readonly text: string
}

export interface ReadyCue extends Omit<Cue, 'until' | 'say'> {
  /** Each in pieces. */
  readonly until: readonly (readonly string[])[]
}

interface Node {
  readonly next: Map<string, Node>
  cues: ReadyCue[]
  isTerminator: boolean
  isSaid: boolean
  isPseudo: boolean
  text: string | null
}

/** A sheet is made ready once, however many readers use it: examples are read with a reader for each rule. */
const ready = new WeakMap<CueSheet, CueReader>()

export function makeCueReader(sheet: CueSheet): CueReader {
  const made = ready.get(sheet) ?? readyCueReader(sheet)
  ready.set(sheet, made)
  return made
}

function readyCueReader(sheet: CueSheet): CueReader {
  const root = makeNode()
  let longest = 0
  const nodeOf = (text: string): Node => {
    const pieces = pieceTextsOf(text)
    longest = Math.max(longest, pieces.length)
    let node = root
    for (const piece of pieces) {
      const next = node.next.get(piece) ?? makeNode()
      node.next.set(piece, next)
      node = next
    }
    node.text = text
    return node
  }
  for (const { say, until, ...cue } of sheet.cues) {
    const readyCue: ReadyCue = { ...cue, until: until.map(pieceTextsOf) }
    for (const text of say) nodeOf(text).cues.push(readyCue)
  }
  for (const text of sheet.terminators) nodeOf(text).isTerminator = true
  for (const text of sheet.said) nodeOf(text).isSaid = true
  for (const text of sheet.pseudo) nodeOf(text).isPseudo = true
  return { longest, read: pieces => readAll(root, pieces) }
}

/** From left to right the longest text of the sheet; a pseudo cue is read and says nothing. */
function readAll(root: Node, pieces: readonly Piece[]): readonly Reading[] {
  const readings: Reading[] = []
  for (let from = 0; from < pieces.length; ) {
    const found = longestAt(root, pieces, from)
    if (found === null) {
      from++
      continue
    }
    if (!found.node.isPseudo) readings.push(readingOf(found.node, pieces, from, found.to))
    from = found.to
  }
  return readings
}

function longestAt(root: Node, pieces: readonly Piece[], from: number): { node: Node; to: number } | null {
  let node: Node | undefined = root
  let found: { node: Node; to: number } | null = null
  for (let to = from; to < pieces.length; ) {
    node = node.next.get(pieces[to]?.text ?? '')
    if (node === undefined) break
    to++
    if (node.text !== null && holds(node, pieces, to)) found = { node, to }
  }
  return found
}

/** A text whose only cues must stand alone is none where more follows. */
function holds(node: Node, pieces: readonly Piece[], to: number): boolean {
  if (node.isTerminator || node.isSaid || node.isPseudo) return true
  return isAloneBefore(pieces, to) || node.cues.some(cue => !cue.alone)
}

/** Before a stop, a line end, or the next line of a form: "Alcohol: N  Drugs: N", "self-harm: nil / gang: nil". */
function isAloneBefore(pieces: readonly Piece[], to: number): boolean {
  const next = pieces[to]
  if (next === undefined || '\n.,;:?!+&/|)'.includes(next.text)) return true
  const words = pieces.slice(to, to + headingMax + 1)
  const end = words.findIndex(piece => piece.token === null && piece.text !== '-')
  return end > 0 && words[end]?.text === ':'
}

/** Words at most of a form's heading, such as "Domestic abuse at home:". */
const headingMax = 5

function readingOf(node: Node, pieces: readonly Piece[], from: number, to: number): Reading {
  const isAlone = isAloneBefore(pieces, to)
  const cues = node.cues.filter(cue => isAlone || !cue.alone)
  // "Denies: knife": a colon that touches the cue belongs to it and ends nothing.
  const colon = pieces[to]
  const hasColon = cues.length > 0 && colon?.text === ':' && colon.isTouching
  return {
    from,
    to: hasColon ? to + 1 : to,
    cues,
    isTerminator: node.isTerminator,
    isSaid: node.isSaid,
    text: node.text ?? '',
  }
}

function makeNode(): Node {
  return { next: new Map(), cues: [], isTerminator: false, isSaid: false, isPseudo: false, text: null }
}
