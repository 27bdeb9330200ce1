import type { CueKind, Treatment } from '../rules/rule.ts'
import type { Governing } from './cues.ts'
import type { Assertion, Standing } from './mention.ts'

/** What each kind of cue says about a match. */
const assertionOfCue = {
  absent: 'negated',
  denied: 'negated',
  historical: 'historical',
  'other-person': 'other-person',
  hypothetical: 'hypothetical',
} as const satisfies Record<CueKind, Assertion>

const standingOfTreatment = {
  keep: 'counted',
  lower: 'lowered',
  'set-aside': 'set-aside',
} as const satisfies Record<Treatment, Standing>

/** Strongest first. */
const strength: readonly Standing[] = ['counted', 'lowered', 'set-aside']

/** For a nurse, in front of the cue. */
const wordsOfCue = {
  absent: 'stated as absent',
  denied: 'denied',
  historical: 'in the past',
  'other-person': 'about someone else',
  hypothetical: 'a possibility or advice',
} as const satisfies Record<CueKind, string>

export interface Judgement {
  readonly assertion: Assertion
  readonly standing: Standing
  readonly because: string
}

/** How a match is meant, by the cues that govern it. Of several readings the strongest standing applies; all show. */
export function judge(
  governing: readonly Governing[],
  when: Readonly<Record<CueKind, Treatment>>,
): Judgement {
  const readings = governing.map(({ kind, say, stands }) => ({
    assertion: assertionOfCue[kind],
    standing: standingOfTreatment[when[kind]],
    because: `${wordsOfCue[kind]}: "${say}" stands ${stands} it`,
  }))
  const strongest = strongestOf(readings)
  if (strongest === undefined) {
    return {
      assertion: 'affirmed',
      standing: 'counted',
      because: 'stated, and nothing near it says otherwise',
    }
  }
  const because = [...new Set(readings.map(reading => reading.because))].join('; ')
  const kept = strongest.standing === 'counted' ? '; this rule counts it all the same' : ''
  return { ...strongest, because: because + kept }
}

/** The first of those with the strongest standing. */
export function strongestOf<Judged extends { readonly standing: Standing }>(
  judged: readonly Judged[],
): Judged | undefined {
  return judged.toSorted((a, b) => strength.indexOf(a.standing) - strength.indexOf(b.standing))[0]
}
