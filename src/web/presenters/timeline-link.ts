import { flagIdOf } from '../../review/flag-id.ts'

/** The address of a child's timeline, by the latest flag of the child; null where none was ever raised. */
export function timelineOf(
  attendance: { readonly trust: string; readonly attendanceId: string },
  latestFlags: ReadonlyMap<string, string>,
): string | null {
  const flagId = latestFlags.get(flagIdOf(attendance))
  return flagId === undefined ? null : `/flags/${flagId}/child`
}
