import { consents } from '../../referral/own-questions.ts'
import { type PayloadAnswer, ReferralPayload } from '../../referral/referral-schema.ts'
import { destinations } from '../../referral/routing.ts'
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
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string
}

/** The words of a body. One of another version is shown as it is: it was right when it was authorised. */
export function presentPayload({
  body,
  bodySha256,
}: {
  readonly body: Uint8Array
  readonly bodySha256: string
}): PayloadWords {
  const value: unknown = JSON.parse(new TextDecoder().decode(body))
  const parsed = ReferralPayload.safeParse(value)
  const parts = parsed.success ? partsOf(parsed.data) : []
  return { parts, json: JSON.stringify(value, null, 2), sha256: bodySha256 }
}

function partsOf(payload: ReferralPayload): PayloadWords['parts'] {
  const { child, attendance, assessment, consent, parents, capacity } = payload
  return [
    {
      heading: 'Child',
      rows: [
        row('Goes to', [
          destinations[payload.to],
          ...payload.alsoFor.map(each => `and ${destinations[each]}`),
        ]),
        row('Name', [[child.given, child.family].filter(part => part !== null).join(' ')]),
        row('Birth date', [child.birthDate === null ? '' : day(child.birthDate)]),
        row('NHS number', [child.nhsNumber?.replace(/^(...)(...)/, '$1 $2 ') ?? '']),
        row('Address', [[child.address, child.postcode].filter(part => part !== null).join(', ')]),
        row('School', [child.school ?? '']),
      ],
    },
    {
      heading: 'Attendance',
      rows: [
        row('Number', [attendance.id]),
        row('Arrived', [attendance.arrivedAt === null ? '' : dayAndTime(attendance.arrivedAt)]),
        row('Flagged for', [payload.flaggedFor.map(each => each.name).join(', ')]),
      ],
    },
    {
      heading: 'Concern',
      rows: [row('Concern', [payload.concerns]), row('Overall risk', [assessment.overall.label])],
    },
    ...assessment.sections.map(({ title, answers }) => ({ heading: title, rows: answers.map(answerRow) })),
    {
      heading: 'Harm, social care and police',
      rows: [
        ...payload.duties.map(answerRow),
        ...(payload.services.length === 0
          ? []
          : [row('Services that may help', [payload.services.map(({ name }) => name).join(', ')])]),
      ],
    },
    {
      heading: 'Consent, parents and capacity',
      rows: [
        row('Consent', [consents[consent.asked], consent.reason, consent.lawfulBasis?.label ?? '']),
        row('Parents or carers told', [parents.informed ? 'Yes' : 'No', parents.reason]),
        row('Capacity considered', [capacity.considered ? 'Yes' : 'No', capacity.note]),
      ],
    },
  ]
}

function answerRow({ question, chosen, words }: PayloadAnswer): PayloadRow {
  return row(question, [chosen?.label ?? '', words])
}

function row(key: string, texts: readonly string[]): PayloadRow {
  const lines = texts.flatMap(text => text.split('\n')).filter(line => line.trim() !== '')
  return { key, lines: lines.length === 0 ? ['Not recorded'] : lines }
}
