import type { Attendance } from '../../attendance/attendance.ts'
import type { Mention } from '../../scan/mention.ts'
import type { Span } from '../../text/span.ts'
import { cutSegments, joinOverlaps, type Segment } from './segments.ts'

/** Characters shown before the first mention and after the last. */
const reach = 90
/** Mentions further apart than this are not shown in one piece. */
const gapMax = 140
/** Pieces of one row. */
const piecesMax = 2
/** Characters of one piece. */
const pieceLengthMax = 320

/** The words around the mentions that put a child on the queue: enough to see why, in one look. */
export function presentExcerpt(
  { notes }: Pick<Attendance, 'notes'>,
  mentions: readonly Mention[],
): readonly (readonly Segment[])[] {
  const pieces = notes.flatMap((note, section) => {
    const found = mentions.filter(mention => mention.section === section)
    return windowsAround(note.words, found).map(window => cutExcerpt(note.words, { mentions: found, window }))
  })
  return pieces.slice(0, piecesMax)
}

function windowsAround(words: string, mentions: readonly Mention[]): readonly Span[] {
  const groups: { start: number; end: number }[] = []
  for (const { start, end } of joinOverlaps(mentions)) {
    const last = groups.at(-1)
    const isNear = last !== undefined && start - last.end <= gapMax && end - last.start <= pieceLengthMax
    if (isNear) last.end = end
    else groups.push({ start, end })
  }
  return groups.map(({ start, end }) => ({
    start: wordStart(words, { from: Math.max(0, start - reach), to: start }),
    end: wordEnd(words, { from: end, to: Math.min(words.length, end + reach) }),
  }))
}

function cutExcerpt(
  words: string,
  { mentions, window }: { mentions: readonly Mention[]; window: Span },
): readonly Segment[] {
  const segments = cutSegments(words, mentions, window)
  const dots = (text: string): Segment => ({ text, mark: null })
  return [
    ...(window.start > 0 ? [dots('… ')] : []),
    ...segments,
    ...(window.end < words.length ? [dots(' …')] : []),
  ]
}

/** The first beginning of a word between the two places; `to` where there is none. */
function wordStart(words: string, { from, to }: { from: number; to: number }): number {
  if (from === 0) return 0
  const space = words.slice(from, to).search(/\s\S/)
  return space < 0 ? to : from + space + 1
}

/** The last end of a word between the two places; `from` where there is none. */
function wordEnd(words: string, { from, to }: { from: number; to: number }): number {
  if (to === words.length) return to
  const after = words.slice(from, to)
  const space = after.search(/\s\S*$/)
  return space < 0 ? from : from + space
}
