import { gapsOf } from '../../review/sign-off.ts'
import type { DayClosing } from '../../services/sign-off-day.ts'
import type { DayState } from '../../services/sign-off-port.ts'
import { longDay } from './dates.ts'
import { type DayRow, presentOpen, presentSignOff, stateTag } from './sign-off.ts'

/** How the closing of a day stands, as the accounting page shows it. */
export interface SignOffPanel {
  readonly state: DayRow['state'] | null
  readonly words: string
  readonly gaps: readonly { readonly text: string; readonly href: string | null }[]
  readonly links: readonly { readonly href: string; readonly text: string }[]
  /** Leads only: what to press. */
  readonly action: { readonly href: string; readonly text: string } | null
}

interface Reader {
  readonly isLead: boolean
  readonly seesChildren: boolean
  readonly people: ReadonlyMap<string, string>
}

export function presentSignOffPanel(
  { day, isOver, check, standing, history }: DayClosing,
  { isLead, seesChildren, people, yesterday }: Reader & { readonly yesterday: DayState | undefined },
): SignOffPanel {
  const allDays = { href: '/accounting/days', text: 'See the calendar of days' }
  if (!isOver) {
    const isDue = isLead && yesterday !== undefined && isOpen(yesterday)
    return {
      ...{ state: null, gaps: [], links: [allDays] },
      words: `Today can be signed off when it is over.${yesterday === undefined ? '' : ` ${yesterdayWords(yesterday, isLead)}`}`,
      action: isDue ? actionOf(yesterday.day) : null,
    }
  }
  if (standing !== null) {
    const { by, at } = presentSignOff(standing, people)
    const record = { href: `/accounting/${day}/signed-off`, text: 'See the sign-off and what came later' }
    return {
      ...{ state: stateTag(standing), gaps: [], action: null },
      words: `${by} signed this day off on ${at}.`,
      links: seesChildren ? [record, allDays] : [allDays],
    }
  }
  return {
    state: stateTag(history[0] ?? null),
    words: openWords({ isReady: gapsOf(check).length === 0, isLead }),
    // Ops are led to no page with a child on it.
    gaps: presentOpen(check, day).map(gap => (seesChildren ? gap : { ...gap, href: null })),
    links: [allDays],
    action: isLead ? actionOf(day) : null,
  }
}

function openWords({ isReady, isLead }: { isReady: boolean; isLead: boolean }): string {
  const who = whoSigns(isLead)
  return isReady
    ? `Nothing is open: this day can be signed off.${who}`
    : `Before this day is signed off:${who}`
}

function yesterdayWords(yesterday: DayState, isLead: boolean): string {
  return isOpen(yesterday)
    ? `Yesterday is not signed off yet.${whoSigns(isLead)}`
    : 'Yesterday is signed off.'
}

function whoSigns(isLead: boolean): string {
  return isLead ? '' : ' A safeguarding lead signs it off.'
}

function isOpen({ signOff }: DayState): boolean {
  return signOff === null || signOff.reopened !== null
}

function actionOf(day: string): { href: string; text: string } {
  return { href: `/accounting/${day}/sign-off`, text: `Sign off ${longDay(day)}` }
}
