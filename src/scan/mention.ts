import type { Priority, Theme } from '../rules/rule.ts'

export const assertions = ['affirmed', 'negated', 'historical', 'hypothetical', 'other-person'] as const
export type Assertion = (typeof assertions)[number]

/** What a mention does to the flag. Every mention is kept, whatever its standing. */
export const standings = ['counted', 'lowered', 'set-aside'] as const
export type Standing = (typeof standings)[number]

/** A rule's term found in a note or among the codes, with how it is meant. */
export interface Mention {
  readonly rule: string
  readonly ruleName: string
  readonly theme: Theme
  /** The rule's own word or phrase that was found. */
  readonly term: string
  /** Index into the attendance's notes; null for a code. */
  readonly section: number | null
  /** Half-open UTF-16 offsets in that note as typed; both 0 for a code. */
  readonly start: number
  readonly end: number
  /** As typed; for a code, the code. */
  readonly text: string
  /** Edits between the text and the term; 0 when it stands as written in the rule. */
  readonly edits: number
  readonly assertion: Assertion
  readonly standing: Standing
  /** The rule is on trial: counted in figures, never queued. */
  readonly trial: boolean
  /** For a nurse: why this standing, such as: denied: "denies" stands before it. */
  readonly because: string
}

/** What the scan answers for one attendance. */
export interface Scanned {
  readonly outcome: 'flagged' | 'clear' | 'out-of-scope'
  /** The band of the queue; null unless flagged. */
  readonly priority: Priority | null
  /** For a nurse: why this priority, one short sentence a reason. */
  readonly because: readonly string[]
  readonly mentions: readonly Mention[]
}
