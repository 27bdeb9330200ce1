import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  checkMove,
  type Evidence,
  evidenceNames,
  evidenceNeeded,
  type Mover,
  moveRules,
} from '../../src/referral/referral-evidence.ts'
import {
  isAcknowledged,
  isReferralMove,
  movesFrom,
  type ReferralMove,
  type ReferralState,
  referralMoves,
  referralStates,
  turns,
} from '../../src/referral/referral-state.ts'

const allMoves: readonly ReferralMove[] = [
  ...new Set(Object.values(referralMoves).flatMap(moves => Object.keys(moves))),
].filter(isReferralMove)
const movers: readonly Mover[] = ['nurse', 'wren', 'receiver']

interface Step {
  readonly from: ReferralState
  readonly move: ReferralMove
  readonly by: Mover
  readonly evidence: Evidence
  readonly to: ReferralState
}

/** Anybody tries anything, with or without what must be said; most of it is refused. */
const attempt = fc.record({
  move: fc.constantFrom(...allMoves),
  by: fc.constantFrom(...movers),
  evidence: fc.oneof(
    { weight: 3, arbitrary: fc.constant(everything()) },
    { weight: 1, arbitrary: fc.constant<Evidence>({}) },
    { weight: 1, arbitrary: fc.constant<Evidence>({ ...everything(), reason: ' ', pathway: 'blue' }) },
  ),
})

/** Any events in any order; every other list is led by a plan, so that the far states are reached often. */
const events = fc
  .tuple(fc.array(attempt, { maxLength: 40 }), fc.boolean(), fc.array(attempt, { maxLength: 40 }))
  .map(([before, isSent, after]) => [...before, ...(isSent ? sendingPlan() : []), ...after])

describe('the states of a referral, whatever is tried in whatever order', () => {
  test('nothing is sent that a named nurse has not authorised', () => {
    holds(steps => {
      const sent = steps.findIndex(({ move }) => move === 'send')
      if (sent < 0) return true
      const authorised = steps.find(({ move }) => move === 'authorise')
      return steps.slice(0, sent).some(step => step === authorised && step.by === 'nurse')
    })
  })

  test('what the receiver acknowledged is never sent again', () => {
    holds(neverSentAgain)
  })

  test('an authorised referral is always somebody’s turn, or was ended with a reason, a revision or a meeting', () => {
    holds(steps => {
      const end = steps.at(-1)
      if (end === undefined || turns[end.to] !== 'nobody') return true
      const ended = steps.find(({ from, to }) => turns[from] !== 'nobody' && to === end.to)
      const because = ended?.evidence
      return (because?.reason ?? because?.supersededBy ?? '') !== ''
    })
  })

  test('a referral that failed or was parked can always be sent again, recorded, or ended', () => {
    for (const state of ['failed', 'parked'] as const) {
      expect(movesFrom(state)).toEqual(
        expect.arrayContaining(['retry', 'acknowledge', 'cancel', 'supersede']),
      )
    }
  })

  test('every state but the two ends has a way on, and is reached from a draft', () => {
    const reached = new Set<ReferralState>(['draft'])
    for (const state of reached) for (const to of Object.values(referralMoves[state])) reached.add(to)
    expect([...reached].toSorted()).toEqual([...referralStates].toSorted())
    const ends = referralStates.filter(state => Object.values(referralMoves[state]).every(to => to === state))
    expect(ends).toEqual(['cancelled', 'superseded'])
  })

  test('no move is made by the wrong hand, or without what must be said', () => {
    holds(steps =>
      steps.every(
        ({ move, by, evidence }) =>
          moveRules[move].by.includes(by) &&
          evidenceNeeded(move, by).every(name => (evidence[name] ?? '').trim() !== ''),
      ),
    )
  })

  test('a table with a way back from acknowledged would be found', () => {
    const loose: typeof checkMove = (state, proposed) =>
      state === 'acknowledged' && proposed.move === 'retry'
        ? { kind: 'moved', state: 'queued' }
        : checkMove(state, proposed)
    expect(() => holds(neverSentAgain, loose)).toThrow('Property failed')
  })
})

test('a nurse who records an answer by telephone says who gave it', () => {
  const proposed = { move: 'acknowledge', by: 'nurse', evidence: { reference: 'GS-12' } } as const
  expect(checkMove('delivered', proposed)).toEqual({ kind: 'lacking', evidence: ['told'] })
  const told = { ...proposed, evidence: { reference: 'GS-12', told: 'Duty desk, Fern' } }
  expect(checkMove('delivered', told)).toEqual({ kind: 'moved', state: 'acknowledged' })
})

test('an answer that comes after the end is kept and brings nothing back', () => {
  const late = { move: 'acknowledge', by: 'receiver', evidence: { reference: 'GS-12' } } as const
  expect(checkMove('cancelled', late)).toEqual({ kind: 'moved', state: 'cancelled' })
  expect(checkMove('superseded', late)).toEqual({ kind: 'moved', state: 'superseded' })
})

/** Plays events from a draft, and asks the law of what moved. */
function holds(law: (steps: readonly Step[]) => boolean, check = checkMove): void {
  fc.assert(
    fc.property(events, tried => {
      const steps: Step[] = []
      let state: ReferralState = 'draft'
      for (const proposed of tried) {
        const checked = check(state, proposed)
        if (checked.kind !== 'moved') continue
        steps.push({ ...proposed, from: state, to: checked.state })
        state = checked.state
      }
      return law(steps)
    }),
    { numRuns: 3_000 },
  )
}

function neverSentAgain(steps: readonly Step[]): boolean {
  const acknowledged = steps.findIndex(({ to }) => isAcknowledged(to))
  if (acknowledged < 0) return true
  return steps.slice(acknowledged).every(({ move, to }) => move !== 'send' && to !== 'queued')
}

function sendingPlan() {
  const step = (move: ReferralMove, by: Mover) => ({ move, by, evidence: everything() })
  return [step('authorise', 'nurse'), step('queue', 'wren'), step('send', 'wren')]
}

function everything(): Evidence {
  const names = Object.keys(evidenceNames).map(name => [name, 'said'])
  return { ...Object.fromEntries(names), pathway: 'amber', meetingDay: '2026-11-25' }
}
