import { stepsOf } from './json-path.ts'

/** A place in a mapping file, such as notes, 0, text. */
type Place = readonly (string | number)[]

interface NamesPaths {
  readonly from?: readonly string[] | undefined
  readonly join?: readonly string[] | undefined
}

/** What a note or a code takes from a message. */
interface Holder {
  readonly each?: string | undefined
  readonly section?: NamesPaths | undefined
  readonly text?: NamesPaths | undefined
  readonly writtenAt?: NamesPaths | undefined
  readonly code?: NamesPaths | undefined
  readonly display?: NamesPaths | undefined
}

/** Where a mapping for JSON names a path that is none. It would find nothing, and nobody would be told. */
export function badPaths(mapping: {
  readonly fields: Readonly<Record<string, NamesPaths | undefined>>
  readonly notes: readonly Holder[]
  readonly codes: readonly Holder[]
}): readonly Place[] {
  return [
    ...Object.entries(mapping.fields)
      .filter(([, take]) => isBad(take))
      .map(([field]) => ['fields', field]),
    ...mapping.notes.flatMap((note, index) => badIn(note, ['notes', index])),
    ...mapping.codes.flatMap((code, index) => badIn(code, ['codes', index])),
  ]
}

function badIn({ each, section, text, writtenAt, code, display }: Holder, place: Place): readonly Place[] {
  const takes = Object.entries({ section, text, writtenAt, code, display })
  const list = each?.replace(/\[\*\]$/, '')
  return [
    ...(list === undefined || stepsOf(list) !== null ? [] : [[...place, 'each']]),
    ...takes.filter(([, take]) => isBad(take)).map(([name]) => [...place, name]),
  ]
}

function isBad(take: NamesPaths | undefined): boolean {
  return [...(take?.from ?? []), ...(take?.join ?? [])].some(path => stepsOf(path) === null)
}
