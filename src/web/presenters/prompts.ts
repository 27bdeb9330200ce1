import type { Attendance } from '../../attendance/attendance.ts'
import { placeAmong, placeWords } from '../../review/frequent-attendance.ts'
import { type Adulthood, adulthoodOn } from '../../review/turning-eighteen.ts'
import { day, dayOf } from './dates.ts'

type Child = Pick<Attendance, 'ageOnArrival' | 'arrivedAt' | 'patient'>

/** What a nurse would otherwise have to work out from dates: how often the child came, and whether it is nearly 18. */
export function presentPrompts(
  child: Child,
  { others, now }: { others: readonly (string | null)[]; now: string },
): readonly string[] {
  const often = placeWords(placeAmong(child.arrivedAt, others))
  const adulthood = adulthoodOf(child, now)
  return [
    ...(often === null ? [] : [`${often}.`]),
    ...(adulthood === null ? [] : [`${adulthoodWords(adulthood)}${whatToDo[adulthood.kind]}`]),
  ]
}

/** The same for a line of a list; null where the birthday is far off. */
export function presentEighteen(child: Child, now: string): string | null {
  const adulthood = adulthoodOf(child, now)
  return adulthood === null ? null : adulthoodWords(adulthood)
}

/** Only of children: who was grown up on arrival has no birthday to be prompted of. */
function adulthoodOf({ ageOnArrival, patient }: Child, now: string): Adulthood | null {
  return ageOnArrival !== null && ageOnArrival < 18 ? adulthoodOn(patient.birthDate, dayOf(now)) : null
}

function adulthoodWords({ kind, on }: Adulthood): string {
  return `${kind === 'near' ? 'Turns' : 'Turned'} 18 on ${day(on)}`
}

const whatToDo: Readonly<Record<Adulthood['kind'], string>> = {
  near: '. Over 17 and a half: plan the hand-over with GET SAFE, GET THERE and CARM together.',
  reached: ', after arriving. Consent and capacity are an adult’s now: tell GET THERE and CARM too.',
}
