import { describe, expect, test } from 'vitest'
import {
  type ChecklistLine,
  checkLines,
  completenessProblems,
  type TypedLine,
} from '../../src/review/checklist.ts'
import { completeProblems } from '../../src/review/complete.ts'
import { type ActionId, actionIds } from '../../src/review/safeguarding-actions.ts'

const today = '2026-11-21'

function typed(action: ActionId, wishes: Partial<TypedLine>): TypedLine {
  return { action, answer: '', words: '', owner: '', due: '', detail: '', ...wishes }
}

function line(action: ActionId, wishes: Partial<ChecklistLine> = {}): ChecklistLine {
  return { action, answer: 'done', words: 'Seen', owner: null, due: null, detail: null, ...wishes }
}

const allDone = actionIds.map(id => line(id, { detail: 'no' }))

describe('a line of the checklist', () => {
  test.each([
    ['done without evidence', { answer: 'done' }, ['words-gp']],
    ['not needed without a reason', { answer: 'not-needed' }, ['words-gp']],
    ['to do without owner and day', { answer: 'to-do', words: 'Letter' }, ['owner-gp', 'due-gp']],
    [
      'to do by a day that is over',
      { answer: 'to-do', words: 'Letter', owner: 'Asha', due: '20/11/2026' },
      ['due-gp'],
    ],
    [
      'to do by the 30th of February',
      { answer: 'to-do', words: 'Letter', owner: 'Asha', due: '30/2/2027' },
      ['due-gp'],
    ],
    ['words without an answer', { words: 'Letter sent' }, ['action-gp']],
    ['an answer that is none', { answer: 'toString' }, ['action-gp']],
  ])('%s is refused at its field', (_reason, wishes, fields) => {
    const checked = checkLines({ lines: [typed('gp', wishes)], restReason: '' }, today)
    expect(checked.map(each => ('field' in each ? each.field : null))).toEqual(fields)
  })

  test('trafficking considered says who leads, unless it is not needed', () => {
    const without = checkLines(
      { lines: [typed('nrm', { answer: 'done', words: 'Yes' })], restReason: '' },
      today,
    )
    expect(without).toMatchObject([{ field: 'detail-nrm' }])
    const no = typed('nrm', { answer: 'not-needed', words: 'No sign of it' })
    expect(checkLines({ lines: [no], restReason: '' }, today)).toMatchObject([{ answer: 'not-needed' }])
  })

  test('to do keeps its owner and its day; an answer that has changed to done keeps neither', () => {
    const wishes = { words: 'Letter', owner: 'Asha Patel', due: '24/11/2026' }
    const toDo = checkLines({ lines: [typed('gp', { answer: 'to-do', ...wishes })], restReason: '' }, today)
    expect(toDo).toMatchObject([{ owner: 'Asha Patel', due: '2026-11-24' }])
    const done = checkLines({ lines: [typed('gp', { answer: 'done', ...wishes })], restReason: '' }, today)
    expect(done).toMatchObject([{ owner: null, due: null }])
  })

  test('one reason answers every line left open, and no other', () => {
    const lines = actionIds.map(id => typed(id, id === 'gp' ? { answer: 'done', words: 'Letter sent' } : {}))
    const checked = checkLines({ lines, restReason: 'Read with the ward' }, today)
    expect(checked).toHaveLength(actionIds.length)
    expect(checked.filter(each => 'answer' in each && each.answer === 'done')).toHaveLength(1)
  })
})

describe('complete', () => {
  const completing = { lines: allDone, unacknowledged: 0, override: '', isLead: false }

  test('is every line answered and nothing to do', () => {
    expect(completeProblems(completing)).toEqual([])
    const open = allDone.map(each => (each.action === 'gp' ? line('gp', { answer: 'to-do' }) : each))
    expect(completenessProblems(open)).toMatchObject([{ field: 'action-gp' }])
    expect(completenessProblems(allDone.slice(1))).toMatchObject([{ field: 'action-social-care' }])
    expect(completenessProblems([])).toMatchObject([{ field: 'restReason' }])
  })

  test('is not a referral that is sent and not acknowledged', () => {
    expect(completeProblems({ ...completing, unacknowledged: 1 })).toMatchObject([{ field: 'outcome' }])
  })

  const atMace = allDone.map(each => {
    if (each.action === 'mace') return line('mace', { detail: 'yes' })
    return each.action === 'social-care' ? line('social-care', { answer: 'not-needed' }) : each
  })

  test.each([
    ['a nurse cannot close it', { isLead: false, override: 'Agreed' }, 1],
    ['a lead cannot without a reason', { isLead: true, override: ' ' }, 1],
    ['a lead can with a reason', { isLead: true, override: 'Agreed with the team manager' }, 0],
  ])('significant harm at MACE without social care: %s', (_reason, who, problems) => {
    expect(completeProblems({ ...completing, lines: atMace, ...who })).toHaveLength(problems)
  })
})
