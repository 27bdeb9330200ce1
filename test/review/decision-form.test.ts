import { expect, test } from 'vitest'
import { checkDecision, deferDays } from '../../src/review/decision-form.ts'

const today = '2026-03-28'
const form = {
  outcome: 'actions-complete',
  reason: 'Social care referral seen in notes',
  noAction: '',
  deferUntil: '',
  wrongMatch: '',
}
const matches = [{ rule: 'weapon-blade', term: 'knife' }]
const at = { today, matches }

test('a complete form is a decision, its reason trimmed', () => {
  expect(checkDecision({ ...form, reason: '  Seen. ' }, at)).toEqual({
    outcome: 'actions-complete',
    reason: 'Seen.',
    noAction: null,
    deferUntil: null,
    wrongMatch: null,
  })
})

test.each([
  ['no outcome', { outcome: '' }, ['outcome']],
  ['an outcome that does not exist', { outcome: 'approve' }, ['outcome']],
  ['an outcome named like an object’s own method', { outcome: 'toString' }, ['outcome']],
  ['no reason', { reason: ' \n ' }, ['reason']],
  ['a reason as long as a book', { reason: 'x'.repeat(4_001) }, ['reason']],
  ['no action without why', { outcome: 'no-action' }, ['noAction']],
  ['a wrong match without which', { outcome: 'no-action', noAction: 'wrong-match' }, ['wrongMatch']],
  [
    'a wrong match of a word that was not found',
    { outcome: 'no-action', noAction: 'wrong-match', wrongMatch: 'weapon-gun gun' },
    ['wrongMatch'],
  ],
  ['deferred without a day', { outcome: 'defer' }, ['deferUntil']],
  ['deferred to today', { outcome: 'defer', deferUntil: today }, ['deferUntil']],
  ['deferred too far', { outcome: 'defer', deferUntil: '2026-04-05' }, ['deferUntil']],
  ['everything at once', { outcome: 'defer', reason: '', deferUntil: 'soon' }, ['deferUntil', 'reason']],
])('%s: the problem names its field', (_what, change, fields) => {
  const checked = checkDecision({ ...form, ...change }, at)
  expect(Array.isArray(checked) && checked.map(problem => problem.field)).toEqual(fields)
})

test('fields of another outcome are left out of the decision', () => {
  const checked = checkDecision({ ...form, noAction: 'transferred', deferUntil: '2026-03-29' }, at)
  expect(checked).toMatchObject({ noAction: null, deferUntil: null })
})

test('of a wrong match the decision says which rule and term', () => {
  const wrong = { outcome: 'no-action', noAction: 'wrong-match', wrongMatch: 'weapon-blade knife' }
  expect(checkDecision({ ...form, ...wrong }, at)).toMatchObject({
    wrongMatch: { rule: 'weapon-blade', term: 'knife' },
  })
})

test('the next seven days are offered, across the change of clocks and the month', () => {
  expect(deferDays(today)).toEqual([
    '2026-03-29',
    '2026-03-30',
    '2026-03-31',
    '2026-04-01',
    '2026-04-02',
    '2026-04-03',
    '2026-04-04',
  ])
})
