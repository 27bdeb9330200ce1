/** Members by a hash, one list behind the other in one array: those of `slot` stand from `offsets[slot]` on. */
export interface Groups {
  readonly offsets: Int32Array
  readonly members: Int32Array
}

/** The high bits of a mixed key: as many as `roomyShift` leaves. */
export function slotOf(key: number, shift: number): number {
  return Math.imul(key, 0x9e3779b1) >>> shift
}

/** For `slotOf`: so many slots that most of those which no key was filed under are empty. */
export function roomyShift(keys: number): number {
  return Math.max(8, Math.clz32(Math.max(1, keys)) - 2)
}

/** Members are numbered from 0, and each has several keys. */
export function makeGroups(keys: readonly (readonly number[])[], shift: number): Groups {
  const filed = keys.map(each => [...new Set(each.map(key => slotOf(key, shift)))])
  const offsets = new Int32Array(2 ** (32 - shift) + 1)
  for (const slots of filed) for (const slot of slots) offsets[slot + 1] = (offsets[slot + 1] ?? 0) + 1
  for (let slot = 1; slot < offsets.length; slot++)
    offsets[slot] = (offsets[slot] ?? 0) + (offsets[slot - 1] ?? 0)
  const members = new Int32Array(offsets.at(-1) ?? 0)
  const free = offsets.slice()
  for (const [member, slots] of filed.entries())
    for (const slot of slots) {
      members[free[slot] ?? 0] = member
      free[slot] = (free[slot] ?? 0) + 1
    }
  return { offsets, members }
}
