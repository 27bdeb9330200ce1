import { consents } from '../../referral/own-questions.ts'
import type { PayloadAnswer } from '../../referral/referral-schema.ts'
import type { ReceivedReferral } from './received-referral.ts'

interface Row {
  readonly label: string
  readonly value: string
}

/** One referral on the list of what arrived. */
export function presentArrival({ reference, key, receivedAt, referral }: ReceivedReferral) {
  return {
    reference,
    key,
    child: nameOf(referral.child),
    age: ageOf(referral.child.ageOnArrival),
    receivedAt: londonTime(receivedAt),
    receivedAtIso: receivedAt,
    authorisedBy: referral.authorised.by,
    concerns: referral.concerns,
  }
}

/** One referral in full, section by section. */
export function presentReferral(received: ReceivedReferral) {
  const { referral, bodySha256 } = received
  const { child, attendance, assessment, consent, parents, authorised } = referral
  return {
    ...presentArrival(received),
    sections: [
      section('Child', [
        ['Name', nameOf(child)],
        ['Date of birth', child.birthDate === null ? null : londonDay(child.birthDate)],
        ['Age on arrival', ageOf(child.ageOnArrival)],
        ['Sex', `${child.sex.charAt(0).toUpperCase()}${child.sex.slice(1)}`],
        ['NHS number', child.nhsNumber?.replace(/^(...)(...)(....)$/, '$1 $2 $3') ?? null],
        ['Address', child.address],
        ['Postcode', child.postcode],
        ['School', child.school],
      ]),
      section('Attendance', [
        ['Trust', attendance.trust],
        ['Attendance', attendance.id],
        ['Site', attendance.site],
        ['Department', attendance.department],
        ['Arrived', attendance.arrivedAt === null ? null : londonTime(attendance.arrivedAt)],
        ['Flagged for', referral.flaggedFor.map(({ name }) => name).join(', ')],
      ]),
      section('Risk assessment', [
        ['Overall risk', assessment.overall.label],
        ...assessment.sections.flatMap(({ answers }) => answers).map(answerRow),
      ]),
      section('Harm, social care and police', [
        ...referral.duties.map(answerRow),
        ['Services', referral.services.map(({ name }) => name).join(', ')],
      ]),
      section('Consent', [
        ['Consent', consents[consent.asked]],
        ['Why it is shared all the same', consent.asked === 'given' ? 'Not needed' : consent.reason],
        ['Parents or carers', parents.informed ? 'Told' : `Not told: ${parents.reason}`],
        ['Also for', referral.alsoFor.length === 0 ? 'Nobody else' : 'GET THERE'],
      ]),
      section('Receipt', [
        ['Authorised', `${authorised.by}, ${londonTime(authorised.at)}`],
        ['Received', londonTime(received.receivedAt)],
        ['Key', received.key],
        ['SHA-256 of the bytes', bodySha256],
      ]),
    ],
  }
}

function answerRow({ question, chosen, words }: PayloadAnswer): readonly [string, string] {
  return [question, [chosen?.label ?? '', words].filter(part => part !== '').join('\n')]
}

function section(heading: string, rows: readonly (readonly [label: string, value: string | null])[]) {
  return {
    heading,
    rows: rows.map(
      ([label, value]): Row => ({ label, value: value === null || value === '' ? 'Not recorded' : value }),
    ),
  }
}

export function nameOf({ given, family }: ReceivedReferral['referral']['child']): string {
  const name = [given, family].filter(part => part !== null).join(' ')
  return name === '' ? 'Name not recorded' : name
}

export function ageOf(age: number | null): string {
  if (age === null) return 'Age not known'
  return age === 1 ? '1 year' : `${age} years`
}

/** As people in the NHS write it: "21 November 2026 at 11:58pm". */
export function londonTime(instant: string): string {
  const time = Temporal.Instant.from(instant).toZonedDateTimeISO('Europe/London')
  const minutes = time.minute === 0 ? '' : `:${String(time.minute).padStart(2, '0')}`
  return `${londonDay(time.toPlainDate().toString())} at ${time.hour % 12 || 12}${minutes}${time.hour < 12 ? 'am' : 'pm'}`
}

export function londonDay(day: string): string {
  return Temporal.PlainDate.from(day).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })
}
