import { diffWordsWithSpace } from 'diff'
import type { Note } from '../attendance/note.ts'

/** A piece of two texts put side by side. */
export interface Change {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}

export interface ComparedNote {
  readonly section: string
  readonly changes: readonly Change[]
}

/** More edits than this are another text: it is shown as removed and added in whole, and costs no more. */
const editsMax = 300

/** Word by word: what was removed stands before what was added in its place. */
export function compareWords(before: string, after: string): readonly Change[] {
  const parts = diffWordsWithSpace(before, after, { maxEditLength: editsMax })
  if (parts === undefined)
    return [
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ]
  return joinNeighbours(
    parts.map(({ added, removed, value }) => ({
      kind: added ? 'added' : removed ? 'removed' : 'same',
      text: value,
    })),
  )
}

/** Words changed one after the other are one change: only white space stands between them, which is in both texts. */
function joinNeighbours(changes: readonly Change[]): readonly Change[] {
  const joined: Change[] = []
  let removed = ''
  let added = ''
  const flush = (): void => {
    if (removed !== '') joined.push({ kind: 'removed', text: removed })
    if (added !== '') joined.push({ kind: 'added', text: added })
    removed = ''
    added = ''
  }
  for (const [index, { kind, text }] of changes.entries()) {
    const isBetween = text.trim() === '' && removed !== '' && added !== '' && isChange(changes[index + 1])
    if (kind === 'removed' || (kind === 'same' && isBetween)) removed += text
    if (kind === 'added' || (kind === 'same' && isBetween)) added += text
    if (kind === 'same' && !isBetween) {
      flush()
      joined.push({ kind, text })
    }
  }
  flush()
  return joined
}

function isChange(change: Change | undefined): boolean {
  return change !== undefined && change.kind !== 'same'
}

/** The notes that differ. The first note of a section is compared with the first of its name, and so on. */
export function compareNotes(before: readonly Note[], after: readonly Note[]): readonly ComparedNote[] {
  const earlier = byPlace(before)
  const later = byPlace(after)
  const places = [...new Set([...earlier.keys(), ...later.keys()])]
  return places
    .map(place => ({ old: earlier.get(place), now: later.get(place) }))
    .filter(({ old, now }) => old?.words !== now?.words)
    .map(({ old, now }) => ({
      section: (now ?? old)?.section ?? '',
      changes: compareWords(old?.words ?? '', now?.words ?? ''),
    }))
}

function byPlace(notes: readonly Note[]): Map<string, Note> {
  const seen = new Map<string, number>()
  return new Map(
    notes.map(note => {
      const place = (seen.get(note.section) ?? 0) + 1
      seen.set(note.section, place)
      return [`${note.section} ${place}`, note]
    }),
  )
}
