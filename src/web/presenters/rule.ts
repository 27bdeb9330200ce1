import { bandLabels } from '../../review/flag.ts'
import type { CueKind, Ignore, MatchEntry, Priority, Rule, RuleStatus, Treatment } from '../../rules/rule.ts'
import { themeColours, themeNames } from './rule-tag.ts'

/** A rule in words, read-only. */
export function presentRule(rule: Rule) {
  return {
    ...presentRuleRow(rule),
    ages: agesOf(rule),
    pathway: rule.pathway === null ? 'None suggested' : rule.pathway.replaceAll('-', ' ').toUpperCase(),
    terms: rule.match.map(presentEntry),
    codes: [
      ...rule.codes.icd10.map(code => `ICD-10 ${code} and all codes below it`),
      ...rule.codes.snomed.map(
        ({ id, display }) => `SNOMED CT ${id}${display === null ? '' : ` (${display})`}`,
      ),
    ],
    ignores: rule.ignore.map(presentIgnore),
    cues: Object.entries(cueNames).map(([kind, name]) => ({
      name,
      treatment: treatmentNames[isCueKind(kind) ? rule.when[kind] : 'keep'],
    })),
    matches: rule.examples.match,
    noMatches: rule.examples.noMatch,
  }
}

export function presentRuleRow(rule: Rule) {
  return {
    id: rule.id,
    href: `/rules/${encodeURIComponent(rule.id)}`,
    name: rule.name,
    why: rule.why,
    theme: themeNames[rule.theme],
    colour: themeColours[rule.theme],
    status: statusNames[rule.status],
    isLive: rule.status === 'live',
    band: bandLabels[rule.priority],
    priority: priorityNames[rule.priority],
  }
}

const statusNames: Readonly<Record<RuleStatus, string>> = {
  draft: 'Draft',
  trial: 'On trial',
  live: 'Live',
  retired: 'Retired',
}

const priorityNames: Readonly<Record<Priority, string>> = { high: 'High', medium: 'Medium', low: 'Low' }

const cueNames: Readonly<Record<CueKind, string>> = {
  absent: 'Stated as absent',
  denied: 'Denied',
  historical: 'In the past',
  'other-person': 'About somebody else',
  hypothetical: 'Not yet happened',
}

const treatmentNames: Readonly<Record<Treatment, string>> = {
  keep: 'Counts all the same',
  lower: 'Lowered to the low band',
  'set-aside': 'Set aside',
}

function isCueKind(text: string): text is CueKind {
  return Object.hasOwn(cueNames, text)
}

function agesOf({ ages }: Rule): string {
  return ages.from === 0 ? `Up to ${ages.to} years` : `${ages.from} to ${ages.to} years`
}

function presentEntry(entry: MatchEntry): { readonly term: string; readonly detail: string } {
  switch (entry.kind) {
    case 'word': {
      const also = [...entry.forms, ...entry.variants]
      const spelling = entry.misspellings === 0 ? 'Spelt exactly so. ' : 'Misspellings too. '
      return { term: entry.word, detail: `${spelling}${also.length === 0 ? '' : `Also: ${also.join(', ')}`}` }
    }
    case 'phrase': {
      const words = entry.items.map(place => (place === '*' ? '…' : place.join(' / ')))
      const apart = entry.within === null ? 'Side by side' : `Within ${entry.within} words`
      return { term: words.join(' + '), detail: apart }
    }
    case 'short': {
      const unless = [
        ...entry.unlessBefore.map(word => `before “${word}”`),
        ...entry.unlessAfter.map(word => `after “${word}”`),
      ]
      return {
        term: entry.short,
        detail: `Exactly so${unless.length === 0 ? '' : `, unless it stands ${unless.join(' or ')}`}`,
      }
    }
    default:
      throw new Error(`no words for entry ${entry satisfies never}`)
  }
}

function presentIgnore(ignore: Ignore): { readonly when: string; readonly because: string } {
  const say = (words: readonly string[], place: string): string[] =>
    words.length === 0 ? [] : [`${place} ${words.map(word => `“${word}”`).join(', ')}`]
  const unless = ignore.unlessNear.length === 0 ? '' : `, ${say(ignore.unlessNear, 'unless near').join('')}`
  const places = [...say(ignore.before, 'after'), ...say(ignore.after, 'before'), ...say(ignore.near, 'near')]
  const only = ignore.ifNear.length === 0 ? '' : `, ${say(ignore.ifNear, 'only with').join('')}`
  const because = ignore.treatment === 'lower' ? `${ignore.because} (lowered)` : ignore.because
  return { when: `${places.join('; ')}${only}${unless}`, because }
}
