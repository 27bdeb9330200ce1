/**
 * From this age a child is handed over to the services for adults, so that nobody falls between them: the joint process
 * of GET SAFE, GET THERE and CARM in Worcestershire, December 2022. Eighteen is the end of childhood in law (Children
 * Act 1989, section 105).
 */
const handOverAge = { years: 17, months: 6 }
const adultYears = 18

/** A child who is nearly grown up, or was one on arrival and is grown up now; `on` is the ISO day of turning 18. */
export interface Adulthood {
  readonly kind: 'near' | 'reached'
  readonly on: string
}

/** How a child stands to the eighteenth birthday on an ISO day; null where it is far off or the birth date unknown. */
export function adulthoodOn(birthDate: string | null, day: string): Adulthood | null {
  if (birthDate === null) return null
  const on = birthdayOf(birthDate, adultYears)
  if (day >= on) return { kind: 'reached', on }
  return day >= handOverDay(birthDate) ? { kind: 'near', on } : null
}

/** The ISO day from which the hand-over is planned. */
export function handOverDay(birthDate: string): string {
  return Temporal.PlainDate.from(birthDate).add(handOverAge).toString()
}

/** Who was born on 29 February has the birthday on 1 March in other years, as ages are counted everywhere here. */
function birthdayOf(birthDate: string, years: number): string {
  const born = Temporal.PlainDate.from(birthDate)
  const birthday = born.add({ years })
  return (birthday.day === born.day ? birthday : birthday.add({ days: 1 })).toString()
}
