/** Offsets of one partition of an input topic, each with a receipt; both ends included. */
export interface OffsetRange {
  readonly channel: string
  readonly stream: string
  readonly partition: number
  readonly from: string
  readonly to: string
}

/** Offsets between two ranges, for which there is no receipt. */
export type OffsetGap = OffsetRange

/** What lies between neighbouring ranges of one partition. `ranges` are in order within each partition. */
export function gapsBetween(ranges: readonly OffsetRange[]): readonly OffsetGap[] {
  return ranges.slice(1).flatMap((range, index) => {
    const before = ranges[index]
    if (before === undefined || !isSamePartition(before, range)) return []
    const from = BigInt(before.to) + 1n
    return from < BigInt(range.from)
      ? [{ ...range, from: String(from), to: String(BigInt(range.from) - 1n) }]
      : []
  })
}

export function offsetsIn({ from, to }: OffsetRange): number {
  return Number(BigInt(to) - BigInt(from) + 1n)
}

function isSamePartition(one: OffsetRange, other: OffsetRange): boolean {
  return one.channel === other.channel && one.stream === other.stream && one.partition === other.partition
}
