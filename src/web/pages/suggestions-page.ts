import { namePeople } from '../../services/name-people.ts'
import { presentSuggestions } from '../presenters/suggestions.ts'
import type { Answer, Visit } from '../visit.ts'

const listed = 200

/** What nurses said of matches. Who may not see attendances reads rule, term and invented sentence, no more. */
export async function showSuggestions({ actor, wren }: Visit): Promise<Answer> {
  const { ports } = wren
  const [suggestions, people] = await Promise.all([
    ports.suggestions.list({ rule: null, limit: listed }),
    namePeople(ports.accounts),
  ])
  const ruleNames = new Map(ports.currentRuleset().rules.map(({ id, name }) => [id, name]))
  const seesChildren = actor.role === 'nurse' || actor.role === 'lead'
  return {
    kind: 'page',
    view: 'suggestions.njk',
    title: 'Suggestions from nurses',
    context: {
      suggestions: presentSuggestions(suggestions, { people, ruleNames, seesChildren }),
      seesChildren,
    },
  }
}
