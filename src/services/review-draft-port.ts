/** What a nurse has typed into a review and not saved, by the names of its fields. Nobody else is shown it. */
export interface ReviewDraft {
  readonly fields: Readonly<Record<string, string>>
  readonly savedAt: string
}

interface Owner {
  readonly flagId: string
  readonly username: string
}

export interface ReviewDraftStore {
  find(owner: Owner): Promise<ReviewDraft | null>
  /** The last one stands. A flag that does not exist has none. */
  save(draft: Owner & ReviewDraft): Promise<void>
  discard(owner: Owner): Promise<void>
  /** Everybody's that were last saved before this ISO instant; answers how many. */
  discardBefore(instant: string): Promise<number>
}
