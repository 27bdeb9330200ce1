import type { SearchAnswer } from '../../services/search-attendances.ts'
import type { FoundAttendance } from '../../services/search-port.ts'
import type { SearchTerms } from '../../services/search-terms.ts'
import { presentAtSourceShort } from './at-source.ts'
import { dayAndTime } from './dates.ts'
import { outcomeWords, stateWords } from './earlier.ts'
import { type PersonWords, presentPerson } from './person.ts'
import { siteName } from './queue.ts'

export interface FoundWords {
  /** Null where nothing is held, and so no name. */
  readonly person: PersonWords | null
  readonly attendanceId: string
  readonly trust: string
  readonly site: string
  readonly arrived: string
  readonly outcome: string
  /** Withdrawals and merges at the hospital. */
  readonly atSource: readonly string[]
  /** When it was read and by which rules. */
  readonly screened: string
  readonly href: string | null
  /** It is held and was never flagged: a nurse may put it in the queue. */
  readonly isSetAside: boolean
}

export function presentFound(
  found: FoundAttendance,
  siteNames: Readonly<Record<string, string>>,
): FoundWords {
  const { attendance, flag } = found
  const isSetAside = attendance !== null && flag === null
  return {
    person: attendance === null ? null : presentPerson(attendance),
    attendanceId: found.attendanceId,
    trust: found.trust,
    site: siteName(found.site, siteNames),
    arrived: found.arrivedAt === null ? 'Arrival not recorded' : dayAndTime(found.arrivedAt),
    outcome: outcomeOf(found, isSetAside),
    atSource: presentAtSourceShort(found),
    screened: `${dayAndTime(found.receivedAt)}, rules ${found.rulesetVersion}`,
    href: flag === null ? null : `/flags/${flag.id}`,
    isSetAside,
  }
}

function outcomeOf({ flag, outcome }: FoundAttendance, isSetAside: boolean): string {
  if (flag !== null) return `Flagged: ${stateWords[flag.state]}`
  return isSetAside ? 'Set aside' : outcomeWords[outcome]
}

/** Why nothing was found, and what to do; null where something was. */
export function presentNothingFound(
  { found, terms }: SearchAnswer,
  hasReceived: boolean,
): readonly string[] | null {
  if (found.length > 0) return null
  if (!hasReceived) return ['No attendance has been received yet, so there is nothing to find.']
  return reasonsFor(terms)
}

const namesKept =
  'Wren keeps the name and date of birth of a child only where a word was found. If nothing was found, search by NHS number or attendance number.'

function reasonsFor(terms: SearchTerms): readonly string[] {
  if (terms.looksLikeNhsNumber) {
    return [
      'These ten digits are not a valid NHS number: one of them is wrong. No attendance has them as its number either.',
    ]
  }
  if (terms.looksLikeDate) return ['There is no such day. Enter a date of birth such as 30 5 2011.']
  if (terms.nhsNumber !== null) return ['No attendance with this NHS number has come to Wren.']
  if (terms.birthDate !== null) return ['No attendance that Wren holds has this date of birth.', namesKept]
  if (terms.name !== null) {
    return ['No attendance that Wren holds has a name that begins like this.', namesKept]
  }
  if (terms.number !== null) {
    return ['No attendance has this number, and no patient has it as hospital number. Check each character.']
  }
  return ['Enter at least two letters of a name, or a whole number.']
}
