/** For whom and when the queue is read: what is hers, and what is overdue, depends on it. */
export interface QueueView {
  readonly who: string
  readonly role: string
  /** ISO instants: raised before, it is overdue. */
  readonly overdueBefore: { readonly high: string; readonly others: string }
}

/** Filters that a nurse keeps for herself, as they stand in an address; oldest first. */
export interface SavedViewStore {
  list(who: string): Promise<readonly string[]>
  /** Keeps it once. `full` when she has as many as a list can hold. */
  save(view: {
    readonly who: string
    readonly filters: string
    readonly at: string
    readonly max: number
  }): Promise<'saved' | 'full'>
  remove(view: { readonly who: string; readonly filters: string }): Promise<void>
}
