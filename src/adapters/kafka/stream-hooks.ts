/** What the figures of operations are made of. */
export interface StreamHooks {
  /** The group shared out its partitions anew. */
  rebalanced(): void
  commitFailed(): void
}
