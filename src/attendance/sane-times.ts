import { cameTwice, londonDayOf } from './instant.ts'

const hourMs = 3_600_000
/** A source's clock may be wrong by this much before its times are refused. */
const clockSkewMaxMs = 24 * hourMs
const birthDayMin = '1900-01-01'
/** No hospital sends messages about earlier days: it is a year of two digits that looks like one of four. */
const earliestYear = '1990'

/** The times of a message in Wren's own form, and what the message calls them. */
export interface ToldTimes {
  readonly arrivedAt: string | null
  readonly recordedAt: string | null
  readonly birthDate: string | null
  readonly nameOf: (field: 'arrivedAt' | 'recordedAt' | 'birthDate') => string
}

/** Sane times guard the age, which decides whether anybody reads this: a wrong year would hide a child. */
export function findBadTime(
  { arrivedAt, recordedAt, birthDate, nameOf }: ToldTimes,
  receivedAt: string,
): string | null {
  const latestMs = Date.parse(receivedAt) + clockSkewMaxMs
  if (arrivedAt !== null && Date.parse(arrivedAt) > latestMs)
    return `${nameOf('arrivedAt')} lies in the future`
  if (recordedAt !== null && Date.parse(recordedAt) > latestMs)
    return `${nameOf('recordedAt')} lies in the future`
  if (arrivedAt !== null && arrivedAt < earliestYear)
    return `${nameOf('arrivedAt')} is before ${earliestYear}`
  if (recordedAt !== null && recordedAt < earliestYear)
    return `${nameOf('recordedAt')} is before ${earliestYear}`
  if (birthDate === null) return null
  if (birthDate < birthDayMin) return `${nameOf('birthDate')} is before ${birthDayMin}`
  if (birthDate > londonDayOf(receivedAt)) return `${nameOf('birthDate')} lies in the future`
  if (birthDate > londonDayOf(arrivedAt ?? receivedAt)) return `${nameOf('birthDate')} is after the arrival`
  return null
}

const timeNames = { arrivedAt: 'arrival', departedAt: 'departure', recordedAt: 'time of writing' } as const

/** In the night when the clocks go back, an hour without a zone is two: in words for a nurse. */
export function hoursThatCameTwice(
  told: Readonly<Record<keyof typeof timeNames, string | null>>,
): readonly string[] {
  return (['arrivedAt', 'departedAt', 'recordedAt'] as const)
    .filter(field => cameTwice(told[field]?.trim() ?? ''))
    .map(field => `${timeNames[field]} not certain: its hour came twice that night, and the first is shown`)
}
