/** Members by a small number, one list behind the other in one array: those of `key` stand from `offsets[key]` on. */
export interface Groups {
  readonly offsets: Int32Array
  readonly members: Int32Array
}

/** Members are numbered from 0, and each may be in several groups. */
export function makeGroups(settings: {
  readonly size: number
  readonly count: number
  readonly keysOf: (member: number) => readonly number[]
}): Groups {
  const { size, count, keysOf } = settings
  const offsets = new Int32Array(size + 1)
  const keys = Array.from({ length: count }, (_, member) => [...new Set(keysOf(member))])
  for (const key of keys.flat()) offsets[key + 1] = (offsets[key + 1] ?? 0) + 1
  for (let key = 0; key < size; key++) offsets[key + 1] = (offsets[key + 1] ?? 0) + (offsets[key] ?? 0)
  const filled = keys
    .flatMap((each, member) => each.map(key => ({ key, member })))
    .sort((one, other) => one.key - other.key)
  return { offsets, members: Int32Array.from(filled, ({ member }) => member) }
}
