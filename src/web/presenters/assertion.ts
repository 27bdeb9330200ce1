import type { Assertion } from '../../scan/mention.ts'

/** How a mention is meant, as a nurse says it. */
export const assertionWords: Readonly<Record<Assertion, string>> = {
  affirmed: 'stated',
  negated: 'denied or absent',
  historical: 'in the past',
  hypothetical: 'not yet happened',
  'other-person': 'about somebody else',
}
