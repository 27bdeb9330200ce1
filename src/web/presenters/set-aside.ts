import type { SetAsideRow } from '../../services/ports.ts'
import { dayAndTime } from './dates.ts'
import { presentExcerpt } from './excerpt.ts'
import { presentMentions } from './mentions.ts'
import { presentPerson } from './person.ts'
import { siteName } from './queue.ts'

/** An attendance whose every mention was set aside: who, what was found, and why it does not count. */
export function presentSetAside(
  { attendance, mentions, rulesetVersion }: SetAsideRow,
  siteNames: Readonly<Record<string, string>>,
) {
  return {
    person: presentPerson(attendance),
    site: siteName(attendance.site, siteNames),
    arrived: attendance.arrivedAt === null ? 'Arrival not recorded' : dayAndTime(attendance.arrivedAt),
    excerpts: presentExcerpt(attendance, mentions),
    mentions: presentMentions(attendance, mentions).setAside,
    trust: attendance.trust,
    attendanceId: attendance.attendanceId,
    /** By which the child's other attendances are found; null where there is no number. */
    childNumber: attendance.patient.nhsNumber ?? attendance.patient.localId,
    rulesetVersion,
  }
}
