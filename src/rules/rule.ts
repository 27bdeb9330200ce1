/** What to look for, and why. One rule is one file of the rules folder; docs/rule-format.md is its manual. */
export interface Rule {
  readonly id: string
  /** The tag that nurses see. */
  readonly name: string
  readonly why: string
  readonly status: RuleStatus
  readonly theme: Theme
  readonly priority: Priority
  /** Whole years on arrival, both ends included. */
  readonly ages: { readonly from: number; readonly to: number }
  readonly pathway: string | null
  readonly match: readonly MatchEntry[]
  readonly codes: {
    /** Each covers all codes below it. */
    readonly icd10: readonly string[]
    readonly snomed: readonly { readonly id: string; readonly display: string | null }[]
  }
  readonly ignore: readonly Ignore[]
  readonly when: Readonly<Record<CueKind, Treatment>>
  readonly examples: {
    readonly match: readonly string[]
    /** Found and lowered: seen, and counted by nothing. */
    readonly lowered: readonly string[]
    readonly noMatch: readonly string[]
  }
}

/** `trial` is scanned and counted, and never queued; `draft` and `retired` are not scanned. */
export const ruleStatuses = ['draft', 'trial', 'live', 'retired'] as const
export type RuleStatus = (typeof ruleStatuses)[number]

/** The kind of harm a rule is about. */
export const themes = [
  'weapons',
  'violence',
  'exploitation',
  'self-harm',
  'sexual-harm',
  'domestic-abuse',
  'neglect',
  'substances',
  'missing',
  'other',
] as const
export type Theme = (typeof themes)[number]

/** Highest first. */
export const priorities = ['high', 'medium', 'low'] as const
export type Priority = (typeof priorities)[number]

/** How a mention that a cue governs is treated. */
export const treatments = ['keep', 'lower', 'set-aside'] as const
export type Treatment = (typeof treatments)[number]

export const cueKinds = ['absent', 'denied', 'historical', 'other-person', 'hypothetical'] as const
export type CueKind = (typeof cueKinds)[number]

export type MatchEntry = WordEntry | PhraseEntry | ShortEntry

export interface WordEntry {
  readonly kind: 'word'
  readonly word: string
  readonly forms: readonly string[]
  /** Misspellings and slang, matched exactly; may hold spaces. */
  readonly variants: readonly string[]
  /** Edits allowed; `auto` goes by length. */
  readonly misspellings: 'auto' | 0 | 1 | 2
}

export interface PhraseEntry {
  readonly kind: 'phrase'
  /** In order: alternatives for one place, or any words. */
  readonly items: readonly (readonly string[] | '*')[]
  /** Most words from first to last; null means side by side (or 8 where an item is `*`). */
  readonly within: number | null
}

export interface ShortEntry {
  readonly kind: 'short'
  readonly short: string
  readonly unlessBefore: readonly string[]
  readonly unlessAfter: readonly string[]
}

/** A context in which a mention means something else. It shields one mention, never the attendance. */
export interface Ignore {
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly near: readonly string[]
  /** Where it names any, one of them must stand somewhere in the note. */
  readonly ifNear: readonly string[]
  readonly unlessNear: readonly string[]
  /** `lower` where the thing is meant and the story is harmless; `set-aside` where another thing is meant. */
  readonly treatment: 'lower' | 'set-aside'
  readonly because: string
}
