import { createHash } from 'node:crypto'
import { v5 as uuidFromName } from 'uuid'
import type { Attendance } from '../attendance/attendance.ts'
import type { Flag } from '../review/flag.ts'
import type { Mention } from '../scan/mention.ts'
import type { Referral, ReferralForm } from './referral.ts'
import { ReferralPayload, recordedLengthMax } from './referral-schema.ts'
import { routeReferral } from './routing.ts'

export interface Authorised {
  readonly form: ReferralForm
  readonly flag: Pick<Flag, 'id'>
  readonly attendance: Attendance
  readonly mentions: readonly Mention[]
  /** 1 for the flag's first referral. */
  readonly revision: number
  /** The nurse who authorised it. Nothing is sent on a key word alone. */
  readonly authorisedBy: { readonly username: string; readonly name: string }
  readonly authorisedAt: string
}

/**
 * Writes a checked form as the referral that will travel: its bytes are made here, once, and nothing is added when
 * they are sent. Throws for an adult: whoever asks has looked at the route first.
 */
export function composeReferral(authorised: Authorised): Referral {
  const { flag, revision, authorisedBy, authorisedAt } = authorised
  const id = referralIdOf({ flagId: flag.id, revision })
  // Parsed, so that what leaves keeps the schema, also in the order of its fields.
  const payload = ReferralPayload.parse(payloadOf(authorised, id))
  const body = new TextEncoder().encode(JSON.stringify(payload))
  return {
    id,
    flagId: flag.id,
    revision,
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

function payloadOf({ form, attendance, mentions, ...authorised }: Authorised, id: string): ReferralPayload {
  const { assessment } = form
  return {
    version: 'wren.referral.v1',
    id,
    revision: authorised.revision,
    to: 'get-safe',
    alsoFor: [...servicesAlsoFor(attendance)],
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
    concerns: form.concerns.trim(),
    assessment: {
      indicators: assessment.indicators.map(({ id, level, evidence }) => ({
        id,
        level,
        evidence: evidence.trim(),
      })),
      protectiveFactors: assessment.protectiveFactors.trim(),
      childsView: assessment.childsView.trim(),
      analysis: assessment.analysis.trim(),
      overall: assessment.overall,
    },
    consent: { asked: form.consent, reason: form.consent === 'given' ? '' : form.consentReason.trim() },
    parents: {
      informed: form.parentsInformed,
      reason: form.parentsInformed ? '' : form.parentsReason.trim(),
    },
  }
}

function servicesAlsoFor(attendance: Attendance): readonly 'get-there'[] {
  const route = routeReferral(attendance)
  switch (route.kind) {
    case 'get-safe':
      return route.alsoFor
    case 'person-decides': // and did, by authorising it
      return []
    case 'not-get-safe':
      throw new Error(`This referral cannot go to GET SAFE. ${route.because}`)
    default:
      throw new Error(`no services for route ${route satisfies never}`)
  }
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
