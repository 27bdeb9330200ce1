import { districtOf } from './postcode.ts'
import type { Pathway } from './referral-evidence.ts'

/** A local authority other than the partnership's own: where a child who lives there is referred. */
export interface Authority {
  readonly name: string
  /** How to reach it, as nurses read it; out of hours too where that differs. */
  readonly contact: string
}

/** Who is responsible for which postcode districts; `partnership/areas.yaml`. */
export interface Areas {
  readonly own: { readonly name: string; readonly districts: readonly OwnDistrict[] }
  readonly others: readonly (Authority & { readonly postcodes: readonly string[] })[]
  /** The weekly meeting that reviews risk assessments. */
  readonly meeting: Meeting
  /** For each pathway, the answers to "Overall risk" for which Wren suggests it. Only the meeting sets one. */
  readonly suggests: Readonly<Record<Pathway, readonly string[]>>
  readonly clocks: Clocks
  readonly contacts: Contacts
}

/** Whom nurses ring, as they read it. */
export interface Contacts {
  readonly inHours: string
  readonly outOfHours: string
  /** Where a lead takes a referral that is overdue for long. */
  readonly escalate: string
}

/** How long a receiver has, and when its working day ends. */
export interface Clocks {
  readonly acknowledgementDays: number
  readonly decisionDays: number
  /** Such as 17:00, Europe/London. What is sent later counts from the next working day. */
  readonly dayEnds: string
  /** Working days overdue after which a lead takes it further. */
  readonly escalateAfterDays: number
}

export interface OwnDistrict {
  readonly name: string
  readonly postcodes: readonly string[]
}

export interface Meeting {
  /** 1 is Monday. */
  readonly weekday: number
  /** A referral must arrive this many days before. */
  readonly cutOffDays: number
}

/** Where a home address lies. */
export type Home =
  | { readonly kind: 'own'; readonly district: string }
  /** None where the directory does not know the postcode district; several where only the full address tells. */
  | {
      readonly kind: 'elsewhere'
      readonly authorities: readonly Authority[]
      readonly postcodeDistrict: string
    }
  /** The postcode district lies in the own area and in others: only the full address tells. */
  | { readonly kind: 'shared'; readonly authorities: readonly Authority[]; readonly postcodeDistrict: string }
  | { readonly kind: 'unknown' }

export function homeOf(postcode: string | null, { own, others }: Areas): Home {
  const postcodeDistrict = districtOf(postcode)
  if (postcodeDistrict === null) return { kind: 'unknown' }
  const district = own.districts.find(each => each.postcodes.includes(postcodeDistrict))
  const authorities = others.filter(each => each.postcodes.includes(postcodeDistrict))
  if (district === undefined) return { kind: 'elsewhere', authorities, postcodeDistrict }
  if (authorities.length > 0) return { kind: 'shared', authorities, postcodeDistrict }
  return { kind: 'own', district: district.name }
}

/** The day of the next meeting that a referral of `day` still reaches. Both are ISO days. */
export function nextMeeting(day: string, { weekday, cutOffDays }: Meeting): string {
  const earliest = Temporal.PlainDate.from(day).add({ days: cutOffDays })
  return earliest.add({ days: (weekday - earliest.dayOfWeek + 7) % 7 }).toString()
}
