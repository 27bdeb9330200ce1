/**
 * A fault in a rule file, in words for the person who wrote it. The command line prints it with the line and a
 * caret; the pages show the same words.
 */
export interface RuleProblem {
  /** Such as W012; docs/rule-problems.md explains each. */
  readonly code: string
  readonly severity: 'error' | 'warning'
  /** Path as given, such as rules/weapon-blade.yaml. */
  readonly file: string
  /** Both from 1; columns count characters as shown. */
  readonly line: number
  readonly column: number
  /** Length of what the caret underlines, in characters as shown; at least 1. */
  readonly width: number
  readonly message: string
  /** Stands beside the caret, such as "did you mean `misspellings`?". */
  readonly hint: string | null
  readonly help: string | null
}
