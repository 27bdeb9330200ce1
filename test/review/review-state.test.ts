import { describe, expect, test } from 'vitest'
import { outcomes } from '../../src/review/decision.ts'
import { afterMove, type ReviewMove, reviewMoves, reviewStates } from '../../src/review/review-state.ts'

describe('the states of review', () => {
  test('every move leads to a state of the table', () => {
    const targets = Object.values(reviewMoves).flatMap(moves => Object.values(moves))
    expect(targets.filter(state => !Object.hasOwn(reviewMoves, state))).toEqual([])
  })

  test('from every state a flag can still be closed by a person', () => {
    const moves = [...new Set(Object.values(reviewMoves).flatMap(each => Object.keys(each)))] as ReviewMove[]
    for (const start of reviewStates) {
      const reached = new Set([start])
      for (const state of reached) {
        for (const next of moves.map(move => afterMove(state, move))) if (next !== null) reached.add(next)
      }
      expect(reached, start).toContain('done')
    }
  })

  test('only a claimed flag can be decided: each outcome moves from in-review and from nowhere else', () => {
    for (const { move } of Object.values(outcomes)) {
      expect(reviewStates.filter(state => afterMove(state, move) !== null)).toEqual(['in-review'])
    }
  })

  test('a new mention brings a flag back from every state in which it would not be seen', () => {
    expect(afterMove('done', 'newMention')).toBe('to-review')
    expect(afterMove('deferred', 'newMention')).toBe('to-review')
    expect(afterMove('actions-open', 'newMention')).toBe('to-review')
  })
})
