import type { Place } from './rule-file.ts'

export interface Position {
  /** Both from 1; columns count characters as shown. */
  readonly line: number
  readonly column: number
  /** Never past the end of the line; at least 1. */
  readonly width: number
}

/** Turns a place into what a person and an editor call it. */
export function positionOf(text: string, [start, end]: Place): Position {
  const from = Math.min(Math.max(start, 0), text.length)
  const lineStart = text.lastIndexOf('\n', from - 1) + 1
  const nextBreak = text.indexOf('\n', from)
  const lineEnd = nextBreak < 0 ? text.length : nextBreak
  const line = countBreaks(text, lineStart) + 1
  const width = charactersOf(text.slice(from, Math.min(Math.max(end, from), lineEnd)).trimEnd()).length
  return { line, column: charactersOf(text.slice(lineStart, from)).length + 1, width: Math.max(width, 1) }
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** What a reader counts as characters: an accented letter is one, however it is encoded. */
export function charactersOf(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

function countBreaks(text: string, end: number): number {
  let breaks = 0
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) breaks++
  return breaks
}
