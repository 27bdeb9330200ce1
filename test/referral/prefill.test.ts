import { describe, expect, test } from 'vitest'
import type { Attendance } from '../../src/attendance/attendance.ts'
import { Note } from '../../src/attendance/note.ts'
import { checkReferralForm } from '../../src/referral/check-form.ts'
import { prefillReferral } from '../../src/referral/prefill.ts'
import type { Decision } from '../../src/review/decision.ts'
import type { Mention } from '../../src/scan/mention.ts'
import { readPayload } from '../../src/services/referral-story.ts'
import { makeAttendance, makeMention } from '../world/make-attendance.ts'
import { makeReferral, makeReferralForm } from '../world/make-referral.ts'
import { partnership } from '../world/partnership.ts'

const decision: Decision = {
  id: 'decision-1',
  flagId: 'flag-0',
  outcome: 'more-information',
  reason: 'School asked who collects him',
  noAction: null,
  deferUntil: null,
  wrongMatch: null,
  decidedBy: 'asha.patel',
  decidedAt: '2026-03-29T00:30:00Z',
}

/** A mention of these words in the note that holds them. */
function mentionOf(attendance: Attendance, text: string, wishes: Partial<Mention> = {}): Mention {
  const section = attendance.notes.findIndex(note => note.words.includes(text))
  const start = attendance.notes[section]?.words.indexOf(text) ?? -1
  if (start < 0) throw new Error(`no note says ${text}`)
  return makeMention({ section, start, end: start + text.length, text, ...wishes })
}

function evidence(attendance: Attendance, mentions: readonly Mention[], id: string): string {
  const story = { attendance, mentions, decisions: [], referrals: [] }
  return prefillReferral(partnership.form, story).answers[`evidence-${id}`] ?? ''
}

describe('a prefilled referral', () => {
  const attendance = makeAttendance({
    words: 'Lac L hand. States knife pulled on him outside chip shop. Nan with him.',
  })
  const mention = mentionOf(attendance, 'knife')

  test('decides nothing for the nurse', () => {
    const story = { attendance, mentions: [mention], decisions: [decision], referrals: [] }
    const { answers, sources } = prefillReferral(partnership.form, story)
    expect(answers).toEqual({
      'evidence-weapon': 'Triage note: “States knife pulled on him outside chip shop”',
      analysis: '29 March 2026, more information needed: School asked who collects him',
    })
    expect(sources).toEqual({ 'evidence-weapon': 'from the notes', analysis: 'from earlier decisions' })
    expect(checkReferralForm(makeReferralForm(answers)).length).toBeGreaterThan(6)
  })

  test('quotes the sentence of a mention as evidence', () => {
    expect(evidence(attendance, [mention], 'weapon')).toBe(
      'Triage note: “States knife pulled on him outside chip shop”',
    )
    expect(evidence(attendance, [mention], 'gang')).toBe('')
  })

  test('tells what was decided earlier, by the day in London, so that nobody must tell it again', () => {
    const later = {
      ...decision,
      decidedAt: '2026-07-01T23:30:00Z',
      outcome: 'defer' as const,
      reason: 'Bed found',
    }
    const story = { attendance, mentions: [], decisions: [decision, later], referrals: [] }
    expect(prefillReferral(partnership.form, story).answers.analysis).toBe(
      '29 March 2026, more information needed: School asked who collects him\n2 July 2026, defer: Bed found',
    )
  })

  test('carries over what the child said in an earlier referral, with its day, the latest alone', () => {
    const referrals = [makeReferral(), makeReferral()].flatMap(({ body }) => readPayload(body) ?? [])
    const [first, second] = referrals
    const told = { ...second!, authorised: { by: 'Beth Rowley', at: '2027-02-01T09:00:00Z' } }
    const story = { attendance, mentions: [], decisions: [], referrals: [first!, told] }
    const { answers, sources } = prefillReferral(partnership.form, story)
    expect(answers['childs-view']).toBe('Told on 1 February 2027: Wants to go home by another way')
    expect(sources['childs-view']).toBe('from an earlier referral')
    expect(answers).not.toHaveProperty('concerns')
  })

  test.each([
    ['set aside', makeMention({ standing: 'set-aside' })],
    ['of a rule on trial', makeMention({ trial: true })],
  ])('does not quote a mention %s', (_what, silent) => {
    expect(evidence(attendance, [silent], 'weapon')).toBe('')
  })

  test('quotes two terms of one sentence once', () => {
    const both = [mention, mentionOf(attendance, 'pulled on', { rule: 'weapon-threat' })]
    expect(evidence(attendance, both, 'weapon').split('\n')).toHaveLength(1)
  })

  test.each<[theme: Mention['theme'], rule: string, id: string]>([
    ['weapons', 'weapon-gun', 'weapon'],
    ['exploitation', 'gang', 'gang'],
    ['exploitation', 'county-lines', 'county-lines'],
    ['sexual-harm', 'sexual-exploitation', 'sexual-exploitation'],
    ['missing', 'missing-episode', 'missing'],
  ])('puts the theme %s of the rule %s to the indicator %s', (theme, rule, id) => {
    expect(evidence(attendance, [{ ...mention, theme, rule }], id)).toContain('knife pulled')
  })

  test('names a code of the hospital as one', () => {
    const coded = makeMention({
      section: null,
      start: 0,
      end: 0,
      text: 'X99',
      ruleName: 'Assault by sharp object',
    })
    expect(evidence(attendance, [coded], 'weapon')).toBe(
      'Coded by the hospital: X99 (Assault by sharp object)',
    )
  })

  test('cuts a long sentence at words and shows that it did', () => {
    const long = 'pt states that '.repeat(30)
    const rambling = makeAttendance({
      notes: [new Note({ section: 'ed_clinical', words: `${long}knife seen ${long}` })],
    })
    const quoted = evidence(rambling, [mentionOf(rambling, 'knife')], 'weapon')
    expect(quoted).toMatch(/^Ed clinical note: “… (pt|states|that) .*knife seen .* (pt|states|that) …”$/)
    expect(quoted.length).toBeLessThan(260)
  })

  test.each([
    ['at the very start', 'knife seen in bag. Calm.', 'knife seen in bag'],
    ['at the very end', 'Calm. Brought in with knife', 'Brought in with knife'],
    ['on a line of its own', 'PC: lac\nknife\nPMH: nil', 'knife'],
    ['in one word longer than the excerpt', `${'x'.repeat(200)}knife${'y'.repeat(200)}`, 'knife'],
  ])('quotes a mention %s', (_where, words, quoted) => {
    const made = makeAttendance({ words })
    expect(evidence(made, [mentionOf(made, 'knife')], 'weapon')).toContain(quoted)
  })
})
