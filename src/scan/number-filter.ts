/**
 * A set of numbers that may say yes to a stranger and never says no to a member (Bloom, 1970). Three bits a member
 * in one 32-bit word, so that a question reads memory once. With two words and more for each member, about one stranger
 * in 3,000 is let through.
 */
export interface NumberFilter {
  readonly words: Int32Array
  readonly shift: number
}

export function makeNumberFilter(members: Iterable<number>, count: number): NumberFilter {
  let power = 5
  while (2 ** power < count * 2) power++
  const filter = { words: new Int32Array(2 ** power), shift: 32 - power }
  for (const member of members) {
    const mixed = mix(member)
    const index = mixed >>> filter.shift
    filter.words[index] = (filter.words[index] ?? 0) | bitsOf(mixed)
  }
  return filter
}

export function mayHold({ words, shift }: NumberFilter, number: number): boolean {
  const mixed = mix(number)
  const bits = bitsOf(mixed)
  return ((words[mixed >>> shift] ?? 0) & bits) === bits
}

function mix(number: number): number {
  const mixed = Math.imul(number ^ (number >>> 15), 0x85ebca6b)
  return Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
}

function bitsOf(mixed: number): number {
  return (1 << (mixed & 31)) | (1 << ((mixed >>> 5) & 31)) | (1 << ((mixed >>> 10) & 31))
}
