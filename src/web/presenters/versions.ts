import { type ComparedNote, compareNotes } from '../../review/compare-notes.ts'
import { addedMentions } from '../../review/flag.ts'
import type { FlagFile } from '../../services/ports.ts'
import type { ReplacedVersion } from '../../services/version-port.ts'
import { dayAndTime } from './dates.ts'
import { presentWithdrawn } from './mentions.ts'
import { sectionHeading } from './notes.ts'
import { shown } from './shown-text.ts'

/** Words that stay are cut where they are long: a change is read with what stands around it. */
const contextMax = 160

/** What changed since the last decision; null where nothing did, or nothing was decided. */
export function presentChanges(file: FlagFile, versions: readonly ReplacedVersion[]) {
  const decidedAt = file.decisions.at(-1)?.decidedAt
  const seen =
    decidedAt === undefined ? undefined : versions.find(each => isLater(each.replacedAt, decidedAt))
  if (seen === undefined) return null
  const notes = presentCompared(compareNotes(seen.attendance.notes, file.attendance.notes))
  if (notes.length === 0) return null
  return {
    notes,
    added: presentWithdrawn(addedMentions(seen.mentions, file.mentions)),
    gone: presentWithdrawn(addedMentions(file.mentions, seen.mentions)),
  }
}

/** Each version that was replaced, compared with the one that followed it; newest first. */
export function presentVersions(file: FlagFile, versions: readonly ReplacedVersion[]) {
  const texts = [...versions.map(({ attendance }) => attendance.notes), file.attendance.notes]
  return versions
    .map(({ replacedAt }, index) => ({
      at: dayAndTime(replacedAt),
      notes: presentCompared(compareNotes(texts[index] ?? [], texts[index + 1] ?? [])),
    }))
    .toReversed()
}

function presentCompared(compared: readonly ComparedNote[]) {
  return compared.map(({ section, changes }) => ({
    heading: sectionHeading(section),
    changes: changes.map(({ kind, text }) => ({ kind, text: shown(kind === 'same' ? cut(text) : text) })),
  }))
}

function cut(text: string): string {
  if (text.length <= contextMax * 2) return text
  return `${text.slice(0, contextMax).toWellFormed()} … ${text.slice(-contextMax).toWellFormed()}`
}

function isLater(one: string, other: string): boolean {
  return Temporal.Instant.compare(one, other) > 0
}
