import { z } from 'zod'

/**
 * The form of https://www.gov.uk/bank-holidays.json, of which `partnership/bank-holidays.json` holds the part for
 * England and Wales. A team takes a newer one over as it is.
 */
const published = z.object({
  'england-and-wales': z.object({
    events: z.array(z.object({ title: z.string(), date: z.iso.date() })).min(1),
  }),
})

/** England's bank holidays, for as many whole years as are known. */
export interface BankHolidays {
  readonly days: ReadonlySet<string>
  /** The last year that is known. A clock that runs beyond it does not know its bank holidays. */
  readonly lastYear: number
}

export function readBankHolidays(json: unknown): BankHolidays | null {
  const read = published.safeParse(json)
  if (!read.success) return null
  const days = read.data['england-and-wales'].events.map(({ date }) => date)
  // A year counts once its Christmas is there: gov.uk publishes whole years.
  const christmases = days.filter(day => day.slice(5, 7) === '12').map(day => Number(day.slice(0, 4)))
  return { days: new Set(days), lastYear: Math.max(...christmases, 0) }
}

/** Monday to Friday, but for bank holidays. */
export function isWorkingDay(day: string, { days }: BankHolidays): boolean {
  return Temporal.PlainDate.from(day).dayOfWeek <= 5 && !days.has(day)
}

/** The working day that is so many after `day`; with 0, `day` itself or the next working day. */
export function addWorkingDays(day: string, count: number, holidays: BankHolidays): string {
  let at = Temporal.PlainDate.from(day)
  while (!isWorkingDay(at.toString(), holidays)) at = at.add({ days: 1 })
  for (let left = count; left > 0; left -= 1) {
    do at = at.add({ days: 1 })
    while (!isWorkingDay(at.toString(), holidays))
  }
  return at.toString()
}
