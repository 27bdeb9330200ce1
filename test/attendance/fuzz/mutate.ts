/** Numbers that look like chance and are the same in every run: a failure can be run again. (mulberry32) */
export function makeChance(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}

export interface Mutating {
  readonly chance: (below: number) => number
  /** Pieces of the format, which make a mutation mean something: delimiters, tags, keys. */
  readonly pieces: readonly string[]
  /** Only put pieces in. What is cut or moved may truly make one child of two; what is put in must not. */
  readonly insertsOnly: boolean
}

/** Bytes with one to four changes: cut, doubled, moved, overwritten, or a piece of the format put in. */
export function mutate(message: Buffer, { chance, pieces, insertsOnly }: Mutating): Buffer {
  let bytes = message
  for (let changes = 1 + chance(4); changes > 0; changes--) {
    const from = chance(bytes.length + 1)
    const to = Math.min(bytes.length, from + chance(chance(4) === 0 ? bytes.length + 1 : 24))
    const [before, middle, after] = [bytes.subarray(0, from), bytes.subarray(from, to), bytes.subarray(to)]
    const piece = Buffer.from(pieces[chance(pieces.length)] ?? '')
    switch (insertsOnly ? 3 : chance(6)) {
      case 0:
        bytes = Buffer.concat([before, after])
        break
      case 1:
        bytes = Buffer.concat([before, middle, middle, after])
        break
      case 2:
        bytes = Buffer.concat([before, piece, after])
        break
      case 3:
        bytes = Buffer.concat([before, piece, middle, after])
        break
      case 4:
        bytes = Buffer.concat([after, before, middle])
        break
      default:
        bytes = Buffer.concat([before, Buffer.from([chance(256)]), after])
    }
  }
  return bytes
}
