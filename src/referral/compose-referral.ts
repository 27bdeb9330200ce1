import { createHash } from 'node:crypto'
import { v5 as uuidFromName } from 'uuid'
import type { Attendance } from '../attendance/attendance.ts'
import type { Flag } from '../review/flag.ts'
import type { Mention } from '../scan/mention.ts'
import { answerTo, chosen, indicatorFields, isAsked, levelOf, type Question } from './assessment-form.ts'
import { checkReferralForm, destinationOf } from './check-form.ts'
import { ownSections } from './own-questions.ts'
import type { Referral, ReferralForm } from './referral.ts'
import { type PayloadAnswer, ReferralPayload, recordedLengthMax } from './referral-schema.ts'
import type { Destination } from './routing.ts'
import { type Service, serviceField } from './services-directory.ts'

export interface Authorised {
  /** Checked: no problem is left. */
  readonly form: ReferralForm
  readonly flag: Pick<Flag, 'id'>
  readonly attendance: Attendance
  readonly mentions: readonly Mention[]
  readonly services: readonly Service[]
  /** 1 for the flag's first referral. */
  readonly revision: number
  /** The id of the referral in whose place this one stands. */
  readonly supersedes: string | null
  /** The nurse who authorised it. Nothing is sent on a key word alone. */
  readonly authorisedBy: { readonly username: string; readonly name: string }
  readonly authorisedAt: string
}

/**
 * Writes a checked form as the referral that will travel: its bytes are made here, once, and nothing is added when
 * they are sent. Throws where the form still has a problem: whoever asks has looked first.
 */
export function composeReferral(authorised: Authorised): Referral {
  const { form, flag, revision, authorisedBy, authorisedAt } = authorised
  const destination = destinationOf(form.answers, form.route)
  const problems = checkReferralForm(form)
  if (destination === null || problems.length > 0) {
    throw new Error(
      `this referral cannot be authorised yet: ${problems.map(({ field }) => field).join(', ')}`,
    )
  }
  const id = referralIdOf({ flagId: flag.id, revision })
  // Parsed, so that what leaves keeps the schema, also in the order of its fields.
  const payload = ReferralPayload.parse(payloadOf(authorised, { id, destination }))
  const body = new TextEncoder().encode(JSON.stringify(payload))
  return {
    id,
    flagId: flag.id,
    revision,
    destination,
    authorisedBy: authorisedBy.username,
    authorisedAt,
    body,
    bodySha256: createHash('sha256').update(body).digest('hex'),
  }
}

/** One revision of one flag's referral has one id, whoever makes it and however often: it is the idempotency key. */
export function referralIdOf({ flagId, revision }: { flagId: string; revision: number }): string {
  return uuidFromName(JSON.stringify(['referral', flagId, revision]), wrenNamespace)
}

/** Drawn at random once for Wren. Another namespace would give every referral another key. */
const wrenNamespace = '5f0c7b6e-2d51-4c8e-9a37-d1a84be3f260'

function payloadOf(
  { form: filled, attendance, mentions, services, ...authorised }: Authorised,
  { id, destination }: { id: string; destination: Destination },
): unknown {
  const { form, answers, route } = filled
  const { judgement, duties } = ownSections(form)
  const text = (field: string): string => answerTo(answers, field)
  const isConsentGiven = text('consent') === 'given'
  const areParentsTold = text('parentsInformed') === 'yes'
  const [overall] = judgement.questions
  const harmReason = text('harmReason')
  return {
    version: 'wren.referral.v2',
    id,
    revision: authorised.revision,
    supersedes: authorised.supersedes,
    to: destination,
    alsoFor: destination === 'get-safe' ? route.alsoFor : [],
    authorised: { by: authorised.authorisedBy.name, at: authorised.authorisedAt },
    child: childOf(attendance),
    attendance: {
      trust: attendance.trust,
      id: attendance.attendanceId,
      site: shortened(attendance.site),
      department: shortened(attendance.department),
      arrivedAt: attendance.arrivedAt,
    },
    flaggedFor: reasonsOf(mentions),
    concerns: text('concerns'),
    assessment: {
      form: { title: form.title, version: form.version },
      overall: overall === undefined ? null : chosen(answers, overall),
      sections: form.sections.map(({ id: section, title, questions }) => ({
        id: section,
        title,
        answers: questions.map(question => answerOf(question, filled)),
      })),
    },
    duties: [
      ...duties.questions
        .filter(question => isAsked(question, answers) && text(question.id) !== '')
        .map(question => answerOf(question, filled)),
      ...(harmReason === '' ? [] : [harmReasonAnswer(harmReason)]),
    ],
    services: services
      .filter(service => text(serviceField(service)) === 'yes')
      .map(service => ({ id: service.id, name: service.name })),
    consent: {
      asked: text('consent'),
      reason: isConsentGiven ? '' : text('consentReason'),
      lawfulBasis: isConsentGiven ? null : chosen(answers, { id: 'lawfulBasis', options: form.lawfulBases }),
    },
    parents: { informed: areParentsTold, reason: areParentsTold ? '' : text('parentsReason') },
    capacity: {
      considered: text('capacity') === 'yes',
      note: text('capacity') === 'yes' ? text('capacityNote') : '',
    },
  }
}

function answerOf(question: Question, { answers }: ReferralForm): PayloadAnswer {
  const asked = { id: question.id, question: question.label }
  switch (question.ask) {
    case 'indicator': {
      const words = answerTo(answers, indicatorFields(question.id).evidence)
      return { ...asked, chosen: levelOf(answers, question), words }
    }
    case 'words':
      return { ...asked, chosen: null, words: answerTo(answers, question.id) }
    case 'choice':
      return { ...asked, chosen: chosen(answers, question), words: '' }
    default:
      throw new Error(`no answer to ${question.ask satisfies never}`)
  }
}

function harmReasonAnswer(words: string): PayloadAnswer {
  return { id: 'harmReason', question: 'Why authorised without social care, by a lead', chosen: null, words }
}

function childOf({ patient, ageOnArrival }: Attendance): ReferralPayload['child'] {
  return {
    family: shortened(patient.family),
    given: shortened(patient.given),
    birthDate: patient.birthDate,
    ageOnArrival: ageOnArrival !== null && ageOnArrival < 0 ? null : ageOnArrival, // a birth date that cannot be
    sex: patient.sex,
    nhsNumber: patient.nhsNumber,
    address: shortened(patient.address),
    postcode: shortened(patient.postcode),
    school: shortened(patient.school),
  }
}

/** Each rule once. A mention that was set aside, or whose rule is on trial, is no reason to share anything. */
function reasonsOf(mentions: readonly Mention[]): ReferralPayload['flaggedFor'] {
  const counted = mentions.filter(({ standing, trial }) => standing !== 'set-aside' && !trial)
  const byRule = new Map(counted.map(({ rule, theme, ruleName }) => [rule, { theme, name: ruleName }]))
  return [...byRule.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, reason]) => reason)
}

/** What a hospital system wrote never stands in the way of a referral: it is cut, not refused. */
function shortened(text: string | null): string | null {
  return text === null ? null : text.slice(0, recordedLengthMax)
}
