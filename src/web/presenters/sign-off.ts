import type { DayCheck, GapKind } from '../../review/sign-off.ts'
import { flagged, gapsOf, unreviewed } from '../../review/sign-off.ts'
import type { DayState, SignOff } from '../../services/sign-off-port.ts'
import { count, dayAndTime, figure, longDay } from './dates.ts'
import { hrefOfGap, nextStep, openWords, presentGap } from './gap-words.ts'
import { shown } from './shown-text.ts'

/** One thing that was looked at, with what was found. */
export interface CheckLine {
  readonly label: string
  readonly found: string
  /** What is open, and where it is put right; null where all is well. */
  readonly gap: { readonly text: string; readonly next: string; readonly href: string } | null
}

/** All that is looked at before a day is signed off, in the order in which it is put right. */
export function presentCheck(check: DayCheck, day: string): readonly CheckLine[] {
  const gaps = gapsOf(check)
  const gap = (kind: GapKind): CheckLine['gap'] => {
    const found = gaps.find(each => each.kind === kind)
    return found === undefined
      ? null
      : { text: openWords(found), next: nextStep(kind), href: hrefOfGap(kind, day) }
  }
  const { counts, flags, census } = check
  const raised = flagged(flags)
  return [
    { label: 'Messages received', found: count(check.received, 'message'), gap: gap('nothing-received') },
    {
      label: 'What came of them',
      found: `${figure(check.received)} = ${figure(counts.flagged)} flagged + ${figure(counts.clear)} clear + ${figure(counts['out-of-scope'])} out of scope + ${figure(counts.duplicate)} duplicate + ${figure(counts.unreadable)} unreadable`,
      gap: gap('unaccounted'),
    },
    {
      label: 'Numbers of messages in the stream',
      found:
        check.offsetsMissing === 0
          ? 'None is missing'
          : `${count(check.offsetsMissing, 'number')} without a message`,
      gap: gap('offsets-missing'),
    },
    {
      label: 'The hospital’s own list',
      found:
        census === null
          ? 'Not given for this day'
          : `${figure(census.listed - census.neverReceived)} of ${figure(census.listed)} came to Wren`,
      gap: gap('never-received'),
    },
    {
      label: 'Feeds',
      found: check.silences === 0 ? 'None was silent for longer than usual' : silentWords(check),
      gap: gap('silent'),
    },
    {
      label: 'Feeds at this hour',
      found:
        check.feedsLate === 0
          ? 'None was late'
          : `${count(check.feedsLate, 'feed is', 'feeds are')} late: what is held back may be of this day`,
      gap: gap('feed-late'),
    },
    {
      label: 'Unreadable messages',
      found:
        counts.unreadable === 0
          ? 'None was unreadable'
          : `${count(counts.unreadable, 'message')} could not be read, ${figure(counts.unreadable - check.unreadableOpen)} dealt with`,
      gap: gap('unreadable'),
    },
    {
      label: 'Flagged attendances',
      found:
        raised === 0
          ? 'No attendance was flagged'
          : `${figure(raised - unreviewed(flags))} of ${figure(raised)} reviewed`,
      gap: gap('unreviewed'),
    },
    {
      label: 'Second reading of what was set aside',
      found: check.sampleUnread === 0 ? 'Nothing left to read again' : 'Not finished',
      gap: gap('sample-unread'),
    },
  ]
}

/** What does not keep a day open and must still be known: it is carried over, or was never text. */
export function presentCarriedOver({ flags, withoutText, partsUnread }: DayCheck): readonly string[] {
  const lines: readonly [number, string][] = [
    [flags['actions-open'], `${count(flags['actions-open'], 'attendance')} with actions open`],
    [flags.deferred, `${count(flags.deferred, 'attendance')} deferred to a later day`],
    [withoutText, `${count(withoutText, 'attendance')} without any note`],
    [partsUnread, `${count(partsUnread, 'attendance')} with parts that were not read`],
  ]
  return lines.flatMap(([number, words]) => (number === 0 ? [] : [words]))
}

/** The same with where each is put right. */
export function presentOpen(check: DayCheck, day: string): readonly { text: string; href: string }[] {
  return gapsOf(check).map(gap => ({ text: presentGap(gap), href: hrefOfGap(gap.kind, day) }))
}

export function presentGaps(check: DayCheck): readonly string[] {
  return gapsOf(check).map(gap => presentGap(gap))
}

export interface SignOffWords {
  readonly reference: string
  readonly by: string
  readonly at: string
  readonly why: string | null
  readonly reopened: { readonly by: string; readonly at: string; readonly why: string } | null
}

export function presentSignOff(signOff: SignOff, people: ReadonlyMap<string, string>): SignOffWords {
  const { reference, why, reopened } = signOff
  return {
    reference,
    by: people.get(signOff.signedBy) ?? signOff.signedBy,
    at: dayAndTime(signOff.signedAt),
    why: why === null ? null : shown(why),
    reopened:
      reopened === null
        ? null
        : {
            by: people.get(reopened.by) ?? reopened.by,
            at: dayAndTime(reopened.at),
            why: shown(reopened.why),
          },
  }
}

export interface DayRow {
  readonly day: string
  readonly href: string
  readonly state: { readonly text: string; readonly colour: string }
  readonly detail: string
}

export function presentDays(
  days: readonly DayState[],
  people: ReadonlyMap<string, string>,
): readonly DayRow[] {
  return days.map(({ day, signOff, hasBegun, unreviewed: waiting }) => ({
    day: longDay(day),
    href: `/accounting?day=${day}`,
    state: dayTag({ signOff, hasBegun }),
    detail: [signedWords(signOff, people), waiting === 0 ? null : `${figure(waiting)} to review`]
      .filter(part => part !== null)
      .join('. '),
  }))
}

/** A day on which nothing could come yet is not open: there is nothing to sign off. */
export function dayTag({ signOff, hasBegun }: Pick<DayState, 'signOff' | 'hasBegun'>): DayRow['state'] {
  return signOff === null && !hasBegun ? { text: 'Before Wren', colour: 'grey' } : stateTag(signOff)
}

export function stateTag(signOff: SignOff | null): DayRow['state'] {
  if (signOff === null) return { text: 'Not signed off', colour: 'yellow' }
  if (signOff.reopened !== null) return { text: 'Reopened', colour: 'orange' }
  if (signOff.why !== null) return { text: 'Signed off with gaps', colour: 'blue' }
  return { text: 'Signed off', colour: 'green' }
}

function signedWords(signOff: SignOff | null, people: ReadonlyMap<string, string>): string | null {
  if (signOff === null) return null
  const { by, at, reopened } = presentSignOff(signOff, people)
  return reopened === null ? `By ${by}, ${at}` : `By ${reopened.by}, ${reopened.at}`
}

function silentWords({ silences, census }: DayCheck): string {
  const words = `Silent for longer than usual ${silences === 1 ? 'once' : `${figure(silences)} times`}`
  return census !== null && census.neverReceived === 0
    ? `${words}; the hospital’s own list shows that nothing is missing`
    : words
}
