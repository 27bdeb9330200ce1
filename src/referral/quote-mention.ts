import type { Attendance } from '../attendance/attendance.ts'
import type { Mention } from '../scan/mention.ts'

/** Characters of a note shown on either side of a mention: enough to read the sentence it stands in. */
const excerptReach = 90

/** Mentions as evidence: one line a place in the notes; several terms in one place are quoted once. */
export function quoteMentions(attendance: Attendance, mentions: readonly Mention[]): string {
  return [...new Set(mentions.map(mention => quote(attendance, mention)))].join('\n')
}

function quote(attendance: Attendance, mention: Mention): string {
  const note = mention.section === null ? undefined : attendance.notes[mention.section]
  if (note === undefined) return `Coded by the hospital: ${mention.text} (${mention.ruleName})`
  return `${sectionName(note.section)}: “${sentenceAround(note.words, mention)}”`
}

/** The sentence or line a mention stands in, cut at a word where it is long. */
function sentenceAround(words: string, { start, end }: Mention): string {
  const before = words.slice(0, start)
  const after = words.slice(end)
  const from = Math.max(...[...before.matchAll(/[.!?]\s+|\n/g)].map(stop => stop.index + stop[0].length), 0)
  const stop = /[.!?](?=\s|$)|\n/.exec(after)
  const to = stop === null ? words.length : end + stop.index
  const cutFrom = start - from > excerptReach ? words.indexOf(' ', start - excerptReach) + 1 : from
  const cutTo = to - end > excerptReach ? words.lastIndexOf(' ', end + excerptReach) : to
  const [safeFrom, safeTo] = [cutFrom > 0 && cutFrom <= start ? cutFrom : from, cutTo >= end ? cutTo : to]
  const excerpt = words.slice(safeFrom, safeTo).replace(/\s+/g, ' ').trim()
  return `${safeFrom > from ? '… ' : ''}${excerpt}${safeTo < to ? ' …' : ''}`
}

function sectionName(section: string): string {
  const words = section.replaceAll(/[-_]+/g, ' ').trim()
  return words === '' ? 'Note' : `${words.charAt(0).toUpperCase()}${words.slice(1)} note`
}
