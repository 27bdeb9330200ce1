import { describe, expect, test } from 'vitest'
import { checkReferralForm, completeForm } from '../../src/referral/check-form.ts'
import { indicatorFields, type ReferralDraft, readDraft } from '../../src/referral/referral-draft.ts'
import { consents } from '../../src/referral/risk-assessment.ts'
import { makeReferralForm } from '../world/make-referral.ts'

const form = makeReferralForm()
const tooLong = 'a '.repeat(6_000)

function draft(wishes: Partial<ReferralDraft> = {}): ReferralDraft {
  return { ...form, ...wishes }
}

function assessed(wishes: Partial<ReferralDraft['assessment']>): ReferralDraft {
  return draft({ assessment: { ...form.assessment, ...wishes } })
}

describe('a referral form', () => {
  test('that is complete has no problem', () => {
    expect(checkReferralForm(form)).toEqual([])
    expect(completeForm(form)).toEqual(form)
  })

  test.each<[reason: string, draft: ReferralDraft, field: string, message: string]>([
    ['no concern', draft({ concerns: ' \n' }), 'concerns', 'Enter what you are worried about'],
    [
      'a concern shorter than a sentence',
      draft({ concerns: 'Knife. Worried.' }),
      'concerns',
      'Say in at least one full sentence what you are worried about',
    ],
    [
      'no overall risk',
      assessed({ overall: null }),
      'overall',
      'Select the overall risk, or that it cannot be judged yet',
    ],
    [
      'nothing about consent',
      draft({ consent: null }),
      'consent',
      'Select whether consent was asked for and given',
    ],
    [
      'consent refused, no reason',
      draft({ consent: 'refused', consentReason: '  ' }),
      'consentReason',
      'Enter why you are sharing this although consent was refused',
    ],
    [
      'consent not asked, no reason',
      draft({ consent: 'not-asked' }),
      'consentReason',
      'Enter why you are sharing this without having asked for consent',
    ],
    [
      'nothing about parents',
      draft({ parentsInformed: null }),
      'parentsInformed',
      'Select whether the parents or carers were told',
    ],
    [
      'parents not told, no reason',
      draft({ parentsInformed: false }),
      'parentsReason',
      'Enter why the parents or carers were not told',
    ],
    [
      'a concern nobody could read',
      draft({ concerns: tooLong }),
      'concerns',
      'What you are worried about must be 10,000 characters or fewer',
    ],
    [
      'evidence nobody could read',
      assessed({ indicators: [{ id: 'gang', level: 'unknown', evidence: tooLong }] }),
      'evidence-gang',
      'Evidence for “Linked with a gang or a group that frightens the child” must be 10,000 characters or fewer',
    ],
  ])('with %s has one problem', (_reason, faulty, field, message) => {
    expect(checkReferralForm(faulty)).toEqual([{ field, message }])
    expect(completeForm(faulty)).toBeNull()
  })

  test.each(Object.keys(consents))('is never blocked by consent: %s, with a reason', consent => {
    const fields = { consent, consentReason: 'Older men are waiting outside; asking would put him at risk' }
    const answered = draft({ ...fields, consent: readDraft(fields).consent })
    expect(checkReferralForm(answered)).toEqual([])
  })

  test('with nothing in it names every question that must be answered, in the order of the form', () => {
    const fields = checkReferralForm(readDraft({})).map(({ field }) => field)
    expect(fields).toEqual(['concerns', 'overall', 'consent', 'parentsInformed'])
  })
})

describe('a form as posted', () => {
  test('is read by the names that problems use', () => {
    const posted = {
      concerns: form.concerns,
      [indicatorFields('weapon').level]: 'present',
      [indicatorFields('weapon').evidence]: 'Knife shown to him outside the chip shop',
      protectiveFactors: form.assessment.protectiveFactors,
      childsView: form.assessment.childsView,
      analysis: form.assessment.analysis,
      overall: 'high',
      consent: 'given',
      parentsInformed: 'yes',
    }
    expect(completeForm(readDraft(posted))).toEqual(form)
  })

  test.each([
    [
      'an answer that was not offered',
      { consent: 'maybe', overall: '__proto__', parentsInformed: 'perhaps' },
    ],
    ['a field sent twice', { consent: ['given', 'refused'], overall: ['high'], parentsInformed: ['yes'] }],
    ['the name of a method', { consent: 'toString', overall: 'constructor', parentsInformed: 'valueOf' }],
  ])('with %s counts as not answered', (_reason, posted) => {
    const read = readDraft(posted)
    expect([read.consent, read.assessment.overall, read.parentsInformed]).toEqual([null, null, null])
  })
})
