/** Remembers which messages came lately under which control id. */
export interface ControlIds {
  /** True where the sender used the id before, lately, for a message with other bytes. */
  isReused(message: {
    readonly source: string
    readonly controlId: string
    readonly bodySha256: string
  }): boolean
}

/**
 * MSH-10 should name one message for ever; senders that start counting anew after a restart use it again. Nothing is
 * decided by it: what is a duplicate the bytes decide, and a message with other bytes is read, whatever its id. Here
 * it is only found out, so that somebody is told. The oldest ids are forgotten beyond `idsMax`.
 */
export function rememberControlIds(idsMax: number): ControlIds {
  const known = new Map<string, string>()
  return {
    isReused({ source, controlId, bodySha256 }) {
      if (controlId === '') return false
      const key = JSON.stringify([source, controlId])
      const before = known.get(key)
      known.delete(key)
      known.set(key, bodySha256)
      const [oldest] = known.keys()
      if (known.size > idsMax && oldest !== undefined) known.delete(oldest)
      return before !== undefined && before !== bodySha256
    },
  }
}
