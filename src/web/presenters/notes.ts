import type { Attendance } from '../../attendance/attendance.ts'
import type { Mention } from '../../scan/mention.ts'
import { dayAndTime } from './dates.ts'
import { cutSegments, type Segment } from './segments.ts'
import { shown } from './shown-text.ts'

export interface NoteWords {
  readonly heading: string
  readonly written: string
  readonly segments: readonly Segment[]
  readonly isEmpty: boolean
}

/** Every note in full, as it was typed, with every mention marked: also those that were set aside. */
export function presentNotes(
  { notes }: Pick<Attendance, 'notes'>,
  mentions: readonly Mention[],
): readonly NoteWords[] {
  return notes.map((note, section) => ({
    heading: sectionHeading(note.section),
    written: note.writtenAt === null ? 'Time not recorded' : `Written ${dayAndTime(note.writtenAt)}`,
    segments: cutSegments(
      note.words,
      mentions.filter(mention => mention.section === section && !mention.trial),
    ),
    isEmpty: note.words.trim() === '',
  }))
}

/** "triage" as "Triage note"; a section that names itself a letter or a summary stays as it is. */
export function sectionHeading(section: string): string {
  const words = shown(section)
    .replaceAll(/[-_\s]+/g, ' ')
    .trim()
  if (words === '') return 'Note'
  const first = `${words.charAt(0).toUpperCase()}${words.slice(1)}`
  return /(note|notes|letter|summary|record)$/i.test(words) ? first : `${first} note`
}
