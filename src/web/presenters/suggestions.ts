import type { Suggestion } from '../../services/suggestion-port.ts'
import { dayAndTime } from './dates.ts'
import { shown } from './shown-text.ts'

interface Look {
  readonly people: ReadonlyMap<string, string>
  readonly ruleNames: ReadonlyMap<string, string>
  /** Whether the reader may see attendances: else neither words of a note nor a link to one is here. */
  readonly seesChildren: boolean
}

export function presentSuggestions(
  suggestions: readonly Suggestion[],
  { people, ruleNames, seesChildren }: Look,
) {
  return suggestions.map(({ rule, term, kind, example, flagId, words, by, at }) => ({
    rule: ruleNames.get(rule) ?? rule,
    ruleHref: ruleNames.has(rule) ? `/rules/${encodeURIComponent(rule)}` : null,
    term: shown(term),
    kind: kind === 'wrong-match' ? 'This match was wrong' : 'Proposed example',
    example: example === '' ? null : shown(example),
    words: seesChildren && words !== '' ? shown(words) : null,
    flagHref: seesChildren ? `/flags/${flagId}` : null,
    by: people.get(by) ?? by,
    at: dayAndTime(at),
  }))
}
