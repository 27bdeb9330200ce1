import { type Mapping, takesOf } from '../mapping/mapping.ts'
import type { RecordReader } from '../mapping/record-reader.ts'

export type ReadHeader =
  | { readonly record: (values: readonly string[]) => RecordReader }
  | { readonly problem: string }

/**
 * Finds the columns that a mapping names. A column that is missing is a problem, unless the mapping calls it
 * optional: an extract whose "Triage note" became "Triage notes" would hide every child. Columns that nobody asks
 * for are passed over, and no name from the file is ever quoted: its first row may be a patient.
 */
export function readHeader(names: readonly string[], mapping: Mapping): ReadHeader {
  const found = names.map(plain)
  const columns = new Map<string, number>()
  for (const take of takesOf(mapping)) {
    const asked = take.from ?? take.join ?? []
    const present = asked.filter(name => found.includes(plain(name)))
    const twice = asked.find(name => found.indexOf(plain(name)) !== found.lastIndexOf(plain(name)))
    if (twice !== undefined)
      return { problem: `the header has the column "${twice}" twice: which one is meant?` }
    if (take.from !== undefined && present.length > 1) {
      return { problem: `the header has both "${present.join('" and "')}": which one is meant?` }
    }
    const missing =
      take.join === undefined
        ? present.length === 0
          ? asked[0]
          : undefined
        : asked.find(name => !present.includes(name))
    if (missing !== undefined && take.optional !== true) {
      return {
        problem: `the header has no column "${missing}": correct the mapping, or say there that it is optional`,
      }
    }
    for (const name of present) columns.set(name, found.indexOf(plain(name)))
  }
  return {
    record: values => ({
      textAt: name => values[columns.get(name) ?? -1] ?? null,
      each: () => [],
    }),
  }
}

/** Capitals, and blanks around or doubled, tell no two columns apart. */
function plain(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase()
}
