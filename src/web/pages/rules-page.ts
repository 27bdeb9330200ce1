import { priorities, type Rule } from '../../rules/rule.ts'
import { presentRule, presentRuleRow } from '../presenters/rule.ts'
import type { Answer, Visit } from '../visit.ts'

/** The rules in force. Their examples are invented, so every role may read them. */
export async function showRules({ wren }: Visit): Promise<Answer> {
  const ruleset = wren.ports.currentRuleset()
  const inOrder = ruleset.rules.toSorted(
    (a, b) => rankOf(a) - rankOf(b) || (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1),
  )
  return {
    kind: 'page',
    view: 'rules.njk',
    title: 'Rules',
    context: { rules: inOrder.map(presentRuleRow), version: ruleset.version },
  }
}

export async function showRule({ params, wren }: Visit): Promise<Answer> {
  const ruleset = wren.ports.currentRuleset()
  const rule = ruleset.rules.find(({ id }) => id === params.text('id'))
  if (rule === undefined) return { kind: 'not-found' }
  return {
    kind: 'page',
    view: 'rule.njk',
    title: rule.name,
    context: { rule: presentRule(rule), version: ruleset.version },
  }
}

function rankOf({ priority }: Rule): number {
  return priorities.indexOf(priority)
}
