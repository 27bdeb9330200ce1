import { bandLabels } from '../../review/flag.ts'
import type { FoundLate } from '../../review/found-late.ts'
import { placeWords } from '../../review/frequent-attendance.ts'
import { isOverdue } from '../../review/review-day.ts'
import { type Priority, priorities } from '../../rules/rule.ts'
import type { Queue } from '../../services/list-queue.ts'
import type { QueueRow } from '../../services/ports.ts'
import { alertNames } from './alerts.ts'
import { presentToDo } from './checklist.ts'
import { clockTime, day, dayOf, nearDay, timeSince } from './dates.ts'
import { deliveryTag } from './delivery.ts'
import { presentExcerpt } from './excerpt.ts'
import { presentFoundLate } from './found-late.ts'
import { type PersonWords, presentPerson } from './person.ts'
import { presentEighteen } from './prompts.ts'
import { presentRuleTags, type RuleTag } from './rule-tag.ts'
import type { Segment } from './segments.ts'
import { type HandOverWords, presentHandOver, presentSkip } from './work.ts'

export interface RowWords {
  readonly href: string
  readonly person: PersonWords
  /** The same child's rows after the first stand under it. */
  readonly isSameChild: boolean
  readonly site: string
  readonly arrivedDay: string
  readonly arrivedTime: string
  readonly excerpts: readonly (readonly Segment[])[]
  /** Diagnoses that were flagged; they stand in no note. */
  readonly codes: readonly string[]
  readonly rules: readonly RuleTag[]
  readonly alerts: readonly string[]
  /** "Third attendance in 90 days"; null for a first. */
  readonly repeat: string | null
  /** "Turns 18 on 3 March 2027"; null where that is far off. */
  readonly eighteen: string | null
  readonly tags: readonly { readonly text: string; readonly colour: string }[]
  readonly isOverdue: boolean
  /** Why it comes to the queue only now; a line for each rule. */
  readonly foundLate: readonly string[]
  readonly waiting: string
  readonly holder: string | null
  /** Others who have it open without reviewing it. */
  readonly viewers: readonly string[]
  readonly handOver: HandOverWords | null
  readonly skipped: string | null
  readonly toDo: ReturnType<typeof presentToDo>
}

export interface BandWords {
  readonly label: string
  readonly hint: string
  readonly rows: readonly RowWords[]
}

export interface QueueLook {
  readonly now: string
  readonly me: string
  readonly people: ReadonlyMap<string, string>
  readonly siteNames: Readonly<Record<string, string>>
  /** By flag. */
  readonly foundLate?: ReadonlyMap<string, readonly FoundLate[]>
  readonly viewers: Queue['viewers']
}

/**
 * The rows under their bands, and above them those that were put off until now, whatever their band. Rows of one child
 * stand together, where the first of them belongs.
 */
export function presentBands(rows: readonly QueueRow[], look: QueueLook): readonly BandWords[] {
  const today = dayOf(look.now)
  const isBack = (child: readonly QueueRow[]): boolean => child.some(({ flag }) => hasReturned(flag, today))
  const [back, others] = [true, false].map(wanted =>
    groupChildren(rows).filter(child => isBack(child) === wanted),
  )
  const wordsOf = (children: readonly (readonly QueueRow[])[] = []): readonly RowWords[] =>
    children.flatMap(child => child.map((row, index) => presentRow(row, look, index > 0)))
  const bands = priorities.map(priority => ({
    label: bandLabels[priority],
    hint: bandHints[priority],
    rows: wordsOf(others?.filter(child => highestOf(child) === priority)),
  }))
  return [{ ...returned, rows: wordsOf(back) }, ...bands].filter(band => band.rows.length > 0)
}

/** The rows in one list, for the tabs that have no bands. */
export function presentRows(rows: readonly QueueRow[], look: QueueLook): readonly RowWords[] {
  return rows.map(row => presentRow(row, look, false))
}

const returned = {
  label: 'Back on the list',
  hint: 'Deferred until now: to be reviewed before the others',
} as const

const bandHints: Readonly<Record<Priority, string>> = {
  high: 'To be reviewed today',
  medium: 'To be reviewed by the end of tomorrow',
  low: 'To be reviewed by the end of tomorrow, after the others',
}

/** It was deferred, its day has come, and nobody has decided it since. */
function hasReturned({ state, deferredUntil }: QueueRow['flag'], today: string): boolean {
  const waits = state === 'to-review' || state === 'in-review'
  return waits && deferredUntil !== null && deferredUntil <= today
}

/** In the order of their first rows. A child without any number is nobody else. */
function groupChildren(rows: readonly QueueRow[]): readonly (readonly QueueRow[])[] {
  const children = new Map<string, QueueRow[]>()
  for (const row of rows) {
    const keys = childKeys(row)
    const child = keys.map(key => children.get(key)).find(known => known !== undefined) ?? []
    child.push(row)
    for (const key of keys) if (!children.has(key)) children.set(key, child)
  }
  return [...new Set(children.values())]
}

/** The child's number, and what stands for all numbers that the hospital merged with it. */
function childKeys({ flag, attendance: { trust, patient }, mergedGroup }: QueueRow): readonly string[] {
  const local = patient.localId === null ? `flag ${flag.id}` : `${trust} ${patient.localId}`
  const own = patient.nhsNumber === null ? local : `NHS ${patient.nhsNumber}`
  return mergedGroup === null ? [own] : [own, `merged ${mergedGroup}`]
}

function highestOf(rows: readonly QueueRow[]): Priority | undefined {
  return priorities.find(priority => rows.some(row => row.flag.priority === priority))
}

function presentRow(row: QueueRow, look: QueueLook, isSameChild: boolean): RowWords {
  const { flag, attendance } = row
  const shownMentions = row.mentions.filter(mention => mention.standing !== 'set-aside' && !mention.trial)
  const isWaiting = flag.state === 'to-review' || flag.state === 'in-review'
  return {
    href: `/flags/${flag.id}`,
    person: presentPerson(attendance),
    isSameChild,
    site: siteName(attendance.site, look.siteNames),
    arrivedDay: attendance.arrivedAt === null ? 'Arrival not recorded' : day(dayOf(attendance.arrivedAt)),
    arrivedTime: attendance.arrivedAt === null ? '' : clockTime(attendance.arrivedAt),
    excerpts: presentExcerpt(attendance, shownMentions),
    codes: shownMentions
      .filter(mention => mention.section === null)
      .map(mention => `${mention.text} ${codeName(row, mention.text)}`.trim()),
    rules: presentRuleTags(row.mentions),
    alerts: attendance.alerts.map(alert => alertNames[alert]),
    repeat: flag.repeated ?? placeWords(row.earlierAttendances + 1),
    eighteen: flag.state === 'done' ? null : presentEighteen(attendance, look.now),
    tags: statusTags(row, look),
    foundLate: presentFoundLate(look.foundLate?.get(flag.id) ?? []),
    isOverdue: isWaiting && isOverdue(flag, dayOf(look.now)),
    waiting: isWaiting ? `Waiting ${timeSince(flag.raisedAt, look.now)}` : '',
    holder: flag.state === 'in-review' ? holderOf(flag.claimedBy, look) : null,
    viewers: look.viewers
      .filter(({ flagId, who }) => flagId === flag.id && who !== flag.claimedBy)
      .map(({ who }) => `${look.people.get(who) ?? who} is viewing`),
    handOver: isWaiting ? presentHandOver(row.handOver, look) : null,
    skipped: flag.state === 'to-review' ? presentSkip(row.skipped, look) : null,
    toDo: flag.state === 'actions-open' ? presentToDo(row.toDo, dayOf(look.now)) : [],
  }
}

function statusTags(
  { flag, delivery, withdrawnAt }: QueueRow,
  { now }: QueueLook,
): readonly { text: string; colour: string }[] {
  const states = {
    'in-review': { text: 'In review', colour: 'yellow' },
    'actions-open': { text: 'Actions open', colour: 'aqua-green' },
    deferred: { text: deferredWords(flag.deferredUntil), colour: 'grey' },
    done: { text: 'Done', colour: 'white' },
  } as const
  // That a flag is to be reviewed is what the list says: only what sets it apart has a tag.
  const isBack = flag.state === 'to-review' && flag.deferredUntil !== null
  const isToday = isBack && flag.deferredUntil === dayOf(now)
  const back = { text: isToday ? 'Deferred until today' : deferredWords(flag.deferredUntil), colour: 'blue' }
  return [
    ...(flag.state === 'to-review' ? (isBack ? [back] : []) : [states[flag.state]]),
    ...(flag.reopened ? [{ text: 'Updated', colour: 'pink' }] : []),
    ...(withdrawnAt === null ? [] : [{ text: 'Withdrawn at source', colour: 'grey' }]),
    ...(delivery === null ? [] : [deliveryTag(delivery)]),
  ]
}

function deferredWords(until: string | null): string {
  return until === null ? 'Deferred' : `Deferred until ${nearDay(until)}`
}

export function siteName(site: string | null, siteNames: Readonly<Record<string, string>>): string {
  return site === null ? 'Site not recorded' : (siteNames[site] ?? site)
}

function holderOf(username: string | null, { me, people }: QueueLook): string {
  if (username === me) return 'You are reviewing'
  return `${people.get(username ?? '') ?? username ?? 'Somebody'} is reviewing`
}

function codeName({ attendance }: QueueRow, code: string): string {
  return attendance.codes.find(each => each.code === code)?.display ?? ''
}
