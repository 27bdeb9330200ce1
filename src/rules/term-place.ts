import type { MatchEntry, Rule } from './rule.ts'

/** A text that a rule finds as it stands, and where in its file it is written. */
export interface WrittenTerm {
  readonly text: string
  readonly rule: Rule
  readonly kind: 'word' | 'form' | 'variant'
  /** Such as ['match', 0, 'forms', 2]. */
  readonly path: readonly (string | number)[]
}

/** Every word, form and variant of a rule, lower case. */
export function termsOf(rule: Rule): readonly WrittenTerm[] {
  return rule.match.flatMap((entry, index) => termsOfEntry({ rule, entry, index }))
}

function termsOfEntry(at: { rule: Rule; entry: MatchEntry; index: number }): readonly WrittenTerm[] {
  const { rule, entry, index } = at
  if (entry.kind !== 'word') return []
  const written = (kind: WrittenTerm['kind'], text: string, path: WrittenTerm['path']): WrittenTerm => ({
    rule,
    kind,
    path: ['match', index, ...path],
    text: text.toLowerCase(),
  })
  return [
    written('word', entry.word, ['word']),
    ...entry.forms.map((form, place) => written('form', form, ['forms', place])),
    ...entry.variants.map((variant, place) => written('variant', variant, ['variants', place])),
  ]
}
