import { type Cohort, children, isInCohort } from '../attendance/cohort.ts'
import type { Rule } from '../rules/rule.ts'
import type { Ruleset } from '../rules/ruleset.ts'
import { mentionsOfCodes } from './codes.ts'
import { setPartsAside } from './longest-reading.ts'
import type { Scanned } from './mention.ts'
import { makeNoteReader } from './note-reader.ts'
import { rank } from './priority.ts'
import type { Scanner } from './scanner.ts'

/** Reads the notes and codes of attendances with the live and trial rules of a ruleset. */
export function makeScanner(ruleset: Ruleset, { cohort = children }: { cohort?: Cohort } = {}): Scanner {
  const rules = ruleset.rules.filter(({ status }) => status === 'live' || status === 'trial')
  const rulesById = new Map(rules.map(rule => [rule.id, rule]))
  const reader = makeNoteReader({ ruleset, rules })
  return {
    rulesetVersion: ruleset.version,
    scan: attendance => {
      const { ageOnArrival, notes, codes } = attendance
      if (!isInCohort(ageOnArrival, cohort)) return outOfScope(cohort)
      const read = [
        ...notes.flatMap(({ words }, section) => reader.read(words, section)),
        ...mentionsOfCodes(codes, rules),
      ].filter(({ rule }) => appliesAt(rulesById.get(rule), ageOnArrival))
      if (read.length === 0) return clear
      const mentions = setPartsAside(read)
      const ranking = rank({ attendance, mentions, rules: rulesById })
      if (ranking === null) return { outcome: 'clear', priority: null, because: [], mentions }
      return { outcome: 'flagged', ...ranking, mentions }
    },
  }
}

const clear: Scanned = { outcome: 'clear', priority: null, because: [], mentions: [] }

/** An unknown age meets every rule: a nurse decides. */
function appliesAt(rule: Rule | undefined, age: number | null): boolean {
  if (rule === undefined) return false
  return age === null || (rule.ages.from <= age && age <= rule.ages.to)
}

function outOfScope({ from, to }: Cohort): Scanned {
  return {
    outcome: 'out-of-scope',
    priority: null,
    because: [`Aged outside ${from} to ${to} on arrival.`],
    mentions: [],
  }
}
