/** A record as it was read. */
export interface IncomingRecord {
  readonly topic: string
  readonly partition: number
  readonly offset: string
  readonly key: Uint8Array | null
  readonly value: Uint8Array | null
  readonly headers: Readonly<Record<string, Uint8Array>>
  /** Milliseconds since 1970, by the broker's clock or the sender's, as the topic is set up. */
  readonly timestampMs: number
}

/** A sender's clock, where the topic keeps it, is believed this far back and no second ahead. */
const timestampAgeMaxMs = 366 * 24 * 3_600_000

/** When a record was received: the same at each delivery, unless its timestamp cannot be true. */
export function receivedAtMs({ timestampMs }: Pick<IncomingRecord, 'timestampMs'>, nowMs: number): number {
  return timestampMs <= nowMs && timestampMs >= nowMs - timestampAgeMaxMs ? timestampMs : nowMs
}

/** A record to write. The partition is always named: kafkajs picks another one on each retry. */
export interface OutgoingRecord {
  readonly topic: string
  readonly partition: number
  readonly key: string
  readonly value: Uint8Array | null
  readonly headers: Readonly<Record<string, string | Uint8Array>>
}

/** The part of `records` from `from` on that is taken in one go: at least one, else within both limits. */
export function chunkFrom<Of extends { readonly value: Uint8Array | null }>(
  records: readonly Of[],
  from: number,
  { countMax, bytesMax }: { readonly countMax: number; readonly bytesMax: number },
): readonly Of[] {
  let bytes = 0
  let to = from
  while (to < records.length && to - from < countMax) {
    bytes += records[to]?.value?.length ?? 0
    if (bytes > bytesMax && to > from) break
    to += 1
  }
  return records.slice(from, to)
}
