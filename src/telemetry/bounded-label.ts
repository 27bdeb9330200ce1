/** What a label shows when its value is not one that may be shown. */
export const otherLabel = 'other'

/** Written by a system, not by a person: no capitals and no spaces, so that hardly a name can pass. */
const systemName = /^[a-z0-9][a-z0-9._:/-]{0,39}$/

/**
 * Keeps a label that comes from outside from growing the registry without end, and from carrying a name. Where
 * the values are known, only those are shown. Otherwise the first `distinctMax` that look like the name of a
 * system are, and all later ones together are `other`.
 */
export function boundLabel({
  known = [],
  distinctMax = 50,
  form = systemName,
}: {
  readonly known?: readonly string[]
  readonly distinctMax?: number
  readonly form?: RegExp
} = {}): (value: string) => string {
  const shown = new Set(known)
  return value => {
    if (shown.has(value)) return value
    const isAdmitted =
      known.length === 0 && shown.size < distinctMax && form.test(value) && !/\d{9}/.test(value)
    if (!isAdmitted) return otherLabel
    shown.add(value)
    return value
  }
}
