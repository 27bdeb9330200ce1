import type { AttendanceDraft } from '../draft.ts'

const identity = ['trust', 'nhsNumber', 'localId', 'family', 'given', 'birthDate'] as const

/**
 * One attendance of the drafts of its rows, or why they cannot be one. What names a person must agree in all rows
 * that tell it: two children are never mixed. Of all else the last row that tells it counts, and every note is kept
 * once.
 */
export function joinDrafts(
  drafts: readonly [AttendanceDraft, ...AttendanceDraft[]],
): { readonly draft: AttendanceDraft } | { readonly problem: string } {
  let joined = drafts[0]
  for (const next of drafts.slice(1)) {
    const conflict = identity.find(field => isOther(joined[field], next[field]))
    if (
      conflict !== undefined ||
      (joined.sex !== next.sex && joined.sex !== 'unknown' && next.sex !== 'unknown')
    ) {
      return { problem: `rows of one attendance tell different ${conflict ?? 'sex'}: whose are they?` }
    }
    joined = joinTwo(joined, next)
  }
  const draft = {
    ...joined,
    notes: onceEach(drafts.flatMap(({ notes }) => notes)),
    codes: onceEach(drafts.flatMap(({ codes }) => codes)),
    partsUnread: onceEach(drafts.flatMap(({ partsUnread }) => partsUnread)),
  }
  return { draft }
}

function joinTwo(first: AttendanceDraft, next: AttendanceDraft): AttendanceDraft {
  const told = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== null))
  return {
    ...first,
    ...told,
    sex: next.sex === 'unknown' ? first.sex : next.sex,
    leftBeforeSeen: first.leftBeforeSeen || next.leftBeforeSeen,
    recordedAt: later(first.recordedAt, next.recordedAt),
  }
}

function isOther(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && plain(one) !== plain(other)
}

/** Spaces and capitals tell no two people apart. */
function plain(text: string): string {
  return text.replace(/[\s-]/g, '').toLowerCase()
}

/** Both in one form of ISO 8601, which sorts as it reads. */
function later(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other
  return one > other ? one : other
}

/** Columns of the attendance stand in each of its rows. */
function onceEach<Part>(parts: readonly Part[]): readonly Part[] {
  return [...new Map(parts.map(part => [JSON.stringify(part), part])).values()]
}
