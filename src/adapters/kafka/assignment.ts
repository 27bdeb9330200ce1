/**
 * Which sharing-out of partitions is in force. kafkajs tells a handler nothing when its partition has gone to
 * another consumer: other handlers run on for seconds. So every handler keeps the token it began with and stops
 * when it is no longer the current one; the first failed heartbeat replaces it for all of them.
 */
export interface Assignment {
  readonly current: symbol
  replace(): void
}

export function makeAssignment(): Assignment {
  let current = Symbol('assignment')
  return {
    get current() {
      return current
    },
    replace() {
      current = Symbol('assignment')
    },
  }
}

/** The partition may belong to another consumer by now: the batch is left as it is, and read again by its owner. */
export class Reassigned extends Error {}
