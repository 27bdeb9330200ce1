/** What a nurse says of a match, for the people who keep the rules. */
export interface Suggestion {
  readonly rule: string
  readonly term: string
  /** A decision said that the match was wrong, or a nurse wrote to the rules team. */
  readonly kind: 'wrong-match' | 'told'
  /** A sentence that the nurse invented; empty where she wrote none. */
  readonly example: string
  /** The attendance, for those who may see it. */
  readonly flagId: string
  /** The words of the note that matched, for those who may see them; empty where the text has changed. */
  readonly words: string
  readonly by: string
  readonly at: string
}

export interface SuggestionStore {
  save(suggestion: {
    readonly id: string
    readonly rule: string
    readonly term: string
    readonly flagId: string
    readonly example: string
    readonly rulesetVersion: string
    readonly by: string
    readonly at: string
  }): Promise<void>
  /** Newest first, of one rule or of all. A decision that was taken back says nothing. */
  list(query: { readonly rule: string | null; readonly limit: number }): Promise<readonly Suggestion[]>
}
