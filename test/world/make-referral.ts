import type { Answers } from '../../src/referral/assessment-form.ts'
import { composeReferral } from '../../src/referral/compose-referral.ts'
import type { Referral, ReferralForm } from '../../src/referral/referral.ts'
import { routeReferral } from '../../src/referral/routing.ts'
import { makeAttendance, makeMention } from './make-attendance.ts'
import { partnership } from './partnership.ts'

let serial = 0

/** What a nurse answered who completed the form; any field may be wished otherwise. */
export function makeAnswers(wishes: Answers = {}): Answers {
  return {
    concerns: 'Chased by older boys who showed a knife. Will not say who they are.',
    'level-weapon': 'present',
    'evidence-weapon': 'Knife shown to him outside the chip shop',
    'protective-factors': 'Close to his grandmother',
    'childs-view': 'Wants to go home by another way',
    analysis: 'Second time this month',
    overall: 'high',
    significantHarm: 'yes',
    socialCare: 'referred',
    socialCareWords: 'Family Front Door, today at 9:10am',
    strategyDiscussion: 'asked-for',
    police: 'yes',
    consent: 'given',
    parentsInformed: 'yes',
    capacity: 'yes',
    capacityNote: 'Understood what would be shared',
    ...wishes,
  }
}

/** A completed form with what it is measured by: a child of 15 who lives in Worcester, found with a knife. */
export function makeReferralForm(
  answers: Answers = makeAnswers(),
  wishes: Partial<ReferralForm> = {},
): ReferralForm {
  const route = routeReferral(makeAttendance(), { areas: partnership.areas, today: '2026-11-21' })
  return { form: partnership.form, answers, route, isWeaponFound: true, isLead: false, ...wishes }
}

/** As a nurse fills it in, for `decideFlag`. */
export function makeFilled(answers: Answers = makeAnswers()) {
  return { form: partnership.form, answers }
}

/** A referral that a nurse authorised, another one on each call. */
export function makeReferral(
  wishes: { readonly flagId?: string; readonly revision?: number; readonly concerns?: string } = {},
): Referral {
  const concerns = wishes.concerns === undefined ? {} : { concerns: wishes.concerns }
  return composeReferral({
    form: makeReferralForm(makeAnswers(concerns)),
    flag: { id: wishes.flagId ?? `flag-${++serial}` },
    attendance: makeAttendance(),
    mentions: [makeMention()],
    services: partnership.services,
    revision: wishes.revision ?? 1,
    supersedes: null,
    authorisedBy: { username: 'asha.patel', name: 'Asha Patel' },
    authorisedAt: '2026-11-21T09:12:00Z',
  })
}
