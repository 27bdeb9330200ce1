import { ReferralPayload } from '../../referral/referral-schema.ts'
import { consents, indicatorLevels, indicators, overallRisks } from '../../referral/risk-assessment.ts'
import { day, dayAndTime } from './dates.ts'

interface PayloadRow {
  readonly key: string
  /** One paragraph each. */
  readonly lines: readonly string[]
}

/** A referral's bytes read back: what a person reads here is what travels, field by field. */
export interface PayloadWords {
  readonly parts: readonly { readonly heading: string; readonly rows: readonly PayloadRow[] }[]
  /** The bytes as text, indented. */
  readonly json: string
}

/** The words of a body. One of another version is shown as it is: it was right when it was authorised. */
export function presentPayload(body: string): PayloadWords {
  const value: unknown = JSON.parse(body)
  const json = JSON.stringify(value, null, 2)
  const parsed = ReferralPayload.safeParse(value)
  return { parts: parsed.success ? partsOf(parsed.data) : [], json }
}

function partsOf(payload: ReferralPayload): PayloadWords['parts'] {
  const { child, attendance, assessment, consent, parents } = payload
  return [
    {
      heading: 'Child',
      rows: [
        row('Name', [child.given, child.family].filter(part => part !== null).join(' ')),
        row('Birth date', child.birthDate === null ? null : day(child.birthDate)),
        row('NHS number', child.nhsNumber?.replace(/^(...)(...)/, '$1 $2 ')),
        row('Address', [child.address, child.postcode].filter(part => part !== null).join(', ')),
        row('School', child.school),
      ],
    },
    {
      heading: 'Attendance',
      rows: [
        row('Number', attendance.id),
        row('Arrived', attendance.arrivedAt === null ? null : dayAndTime(attendance.arrivedAt)),
        row('Flagged for', payload.flaggedFor.map(each => each.name).join(', ')),
      ],
    },
    {
      heading: 'Concern and risk',
      rows: [
        row('Concern', payload.concerns),
        ...assessment.indicators.map(({ id, level, evidence }) =>
          row(indicators[id], `${indicatorLevels[level]}${evidence === '' ? '' : `\n${evidence}`}`),
        ),
        row('What keeps the child safe', assessment.protectiveFactors),
        row('The child’s view', assessment.childsView),
        row('Analysis', assessment.analysis),
        row('Overall risk', overallRisks[assessment.overall]),
      ],
    },
    {
      heading: 'Consent and parents',
      rows: [
        row('Consent', [consents[consent.asked], consent.reason].filter(part => part !== '').join('\n')),
        row(
          'Parents or carers told',
          [parents.informed ? 'Yes' : 'No', parents.reason].filter(part => part !== '').join('\n'),
        ),
      ],
    },
  ]
}

function row(key: string, value: string | null | undefined): PayloadRow {
  const text = value == null || value.trim() === '' ? 'Not recorded' : value
  return { key, lines: text.split('\n').filter(line => line.trim() !== '') }
}
