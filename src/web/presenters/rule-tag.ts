import type { Theme } from '../../rules/rule.ts'
import type { Mention } from '../../scan/mention.ts'

export interface RuleTag {
  readonly text: string
  readonly colour: string
  readonly isLowered: boolean
}

/** Colours of nhsuk tags by kind of harm. Each tag also says its rule in words. */
export const themeColours: Readonly<Record<Theme, string>> = {
  weapons: 'red',
  violence: 'yellow',
  exploitation: 'purple',
  'self-harm': 'orange',
  'sexual-harm': 'pink',
  'domestic-abuse': 'pink',
  neglect: 'grey',
  substances: 'aqua-green',
  missing: 'purple',
  other: 'grey',
}

export const themeNames: Readonly<Record<Theme, string>> = {
  weapons: 'Weapons',
  violence: 'Violence',
  exploitation: 'Exploitation',
  'self-harm': 'Self-harm and overdose',
  'sexual-harm': 'Sexual harm',
  'domestic-abuse': 'Domestic abuse',
  neglect: 'Neglect',
  substances: 'Drugs and alcohol',
  missing: 'Missing',
  other: 'Other',
}

/** One tag a rule, counted before lowered. Trial rules and set-aside mentions have none. */
export function presentRuleTags(mentions: readonly Mention[]): readonly RuleTag[] {
  const shown = mentions.filter(mention => mention.standing !== 'set-aside' && !mention.trial)
  const byRule = Map.groupBy(shown, mention => mention.rule)
  return [...byRule.values()]
    .flatMap(found => found.slice(0, 1).map(first => ({ first, found })))
    .map(({ first, found }) => ({
      text: first.ruleName,
      colour: themeColours[first.theme],
      isLowered: found.every(mention => mention.standing === 'lowered'),
    }))
    .sort((a, b) => Number(a.isLowered) - Number(b.isLowered))
}
