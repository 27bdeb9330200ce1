import { placeAmong, placeWords } from '../../review/frequent-attendance.ts'
import { afterMove } from '../../review/review-state.ts'
import type { FlagStory, Timeline, TimelineEntry } from '../../services/timeline-port.ts'
import { presentAtSourceShort } from './at-source.ts'
import { presentAnswers } from './checklist.ts'
import { count, day, dayAndTime, dayOf } from './dates.ts'
import { presentDecisions } from './decisions.ts'
import { outcomeWords, stateWords } from './earlier.ts'
import { presentExcerpt } from './excerpt.ts'
import { presentHistory } from './history.ts'
import { presentMentions } from './mentions.ts'
import { fullName } from './person.ts'
import { siteName } from './queue.ts'
import { presentReferrals } from './referrals.ts'
import { presentRuleTags } from './rule-tag.ts'
import { shown } from './shown-text.ts'

export interface TimelineLook {
  readonly now: string
  readonly me: string
  readonly people: ReadonlyMap<string, string>
  readonly siteNames: Readonly<Record<string, string>>
}

export function presentTimeline(timeline: Timeline, look: TimelineLook) {
  return {
    summary: summaryOf(timeline),
    hasMore: timeline.hasMore,
    entries: timeline.entries.map(entry => presentEntry(entry, { timeline, look })),
    lookedThrough: lookedThrough(timeline, look),
  }
}

type Kind = 'flagged' | 'set-aside' | 'clear'

function kindOf({ story, held }: TimelineEntry): Kind {
  if (story !== null) return 'flagged'
  return held === null ? 'clear' : 'set-aside'
}

/** "4 attendances from 1 September 2026 to 20 November 2026: 2 flagged, 1 set aside, 1 not flagged. The newest stands first." */
function summaryOf({ entries }: Timeline): string {
  const days = entries.flatMap(({ arrivedAt }) => (arrivedAt === null ? [] : [dayOf(arrivedAt)])).toSorted()
  const [first, last] = [days[0], days.at(-1)]
  const span = first === undefined || last === undefined ? '' : spanOf(first, last)
  const kinds = (['flagged', 'set-aside', 'clear'] as const)
    .map(kind => ({ kind, found: entries.filter(entry => kindOf(entry) === kind).length }))
    .filter(({ found }) => found > 0)
    .map(({ kind, found }) => `${found} ${kindWords[kind]}`)
  const order = entries.length > 1 ? ' The newest stands first.' : ''
  const kept = entries.some(entry => kindOf(entry) === 'clear')
    ? ' Where no word was found, Wren keeps no name and no text.'
    : ''
  return `${count(entries.length, 'attendance')}${span}: ${kinds.join(', ')}.${order}${kept}`
}

const kindWords: Readonly<Record<Kind, string>> = {
  flagged: 'flagged',
  'set-aside': 'set aside',
  clear: 'not flagged',
}

function spanOf(first: string, last: string): string {
  return first === last ? ` on ${day(first)}` : ` from ${day(first)} to ${day(last)}`
}

function presentEntry(entry: TimelineEntry, { timeline, look }: { timeline: Timeline; look: TimelineLook }) {
  const { story, held, arrivedAt } = entry
  const others = timeline.entries.filter(each => each !== entry).map(each => each.arrivedAt)
  return {
    kind: kindOf(entry),
    arrived: arrivedAt === null ? 'Arrival not recorded' : dayAndTime(arrivedAt),
    site: siteName(entry.site, look.siteNames),
    number: shown(entry.attendanceId),
    outcome: outcomeOf(entry),
    place: placeWords(placeAmong(arrivedAt, others)),
    otherName: otherNameOf(entry, timeline),
    atSource: presentAtSourceShort({ withdrawnAt: entry.withdrawnAt, merges: [] }),
    screened:
      entry.screenedAt === null
        ? null
        : `Read by Wren on ${dayAndTime(entry.screenedAt)}, rules ${entry.rulesetVersion ?? 'not recorded'}`,
    excerpts:
      held === null
        ? []
        : presentExcerpt(
            held.attendance,
            held.mentions.filter(
              ({ standing, trial }) => (standing !== 'set-aside' || story === null) && !trial,
            ),
          ),
    rules: held === null ? [] : presentRuleTags(held.mentions),
    setAside: held === null || story !== null ? [] : presentMentions(held.attendance, held.mentions).setAside,
    flag: story === null ? null : presentStory(story, look),
  }
}

function outcomeOf(entry: TimelineEntry): string {
  if (entry.story !== null) return `Flagged: ${stateWords[entry.story.flag.state]}`
  return entry.held === null ? outcomeWords[entry.outcome] : 'Set aside'
}

/** A number can be another child's by mistake: who is called otherwise, or born on another day, is pointed out. */
function otherNameOf({ held }: TimelineEntry, { attendance }: Timeline): string | null {
  if (held === null) return null
  const [one, other] = [attendance.patient, held.attendance.patient]
  const isAlike = fullName(one).toLowerCase() === fullName(other).toLowerCase()
  if (isAlike && one.birthDate === other.birthDate) return null
  const born = other.birthDate === null ? 'birth date not recorded' : `born ${day(other.birthDate)}`
  return `Recorded as ${fullName(other)}, ${born}. Check that this is the same child.`
}

/** Everything that was concluded about one flag, so that nobody has to tell it again. */
function presentStory({ flag, decisions, checklist, referrals, history }: FlagStory, look: TimelineLook) {
  const { acts, viewers } = presentHistory(history, look.people)
  const answers = presentAnswers(checklist, { people: look.people, today: dayOf(look.now) })
  const notNeeded = checklist.filter(({ answer }) => answer === 'not-needed').length
  return {
    id: flag.id,
    version: flag.version,
    href: `/flags/${flag.id}`,
    decisions: presentDecisions(decisions, look),
    answers: answers.filter((_, index) => checklist[index]?.answer !== 'not-needed'),
    notNeeded: notNeeded === 0 ? null : `${count(notNeeded, 'action')} not needed.`,
    referrals: presentReferrals(referrals, look.people).map(referral => ({
      ...referral,
      href: `/flags/${flag.id}/referrals/${referral.id}`,
    })),
    reopenings: acts,
    viewers,
    canReopen: afterMove(flag.state, 'reopen') !== null,
  }
}

/** Each person who read the whole story, from whichever attendance. */
function lookedThrough({ entries }: Timeline, { people }: TimelineLook) {
  const looks = entries.flatMap(({ story }) => story?.history ?? [])
  return presentHistory(
    looks.filter(({ did }) => did === 'opened timeline'),
    people,
  ).viewers
}
