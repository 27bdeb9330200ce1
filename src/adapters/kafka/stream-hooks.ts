/** One partition of a topic. */
export interface Place {
  readonly topic: string
  readonly partition: number
}

/** What the figures of operations are made of. */
export interface StreamHooks {
  /** The group shared out its partitions anew. */
  rebalanced(): void
  /** Another member of the group reads it from now on, or none. */
  left(place: Place): void
  commitFailed(topic: string): void
}
