import { createHash } from 'node:crypto'
import type { CueSheet } from './cue.ts'
import type { Rule } from './rule.ts'

/** All rules and cues in force. Equal content has an equal version on every machine. */
export interface Ruleset {
  /** First 12 hex digits of a SHA-256 over the content. */
  readonly version: string
  readonly rules: readonly Rule[]
  readonly cues: CueSheet
  /** Words a site wants known beside the shipped dictionaries: never read as misspellings. */
  readonly knownWords: readonly string[]
}

export function makeRuleset(content: Omit<Ruleset, 'version'>): Ruleset {
  const rules = content.rules.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const knownWords = [...new Set(content.knownWords)].sort()
  const body = JSON.stringify([rules, content.cues, knownWords])
  const version = createHash('sha256').update(body).digest('hex').slice(0, 12)
  return { version, rules, cues: content.cues, knownWords }
}
