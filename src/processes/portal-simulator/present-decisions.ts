import type { ReceiverReport } from '../../referral/receiver-report.ts'
import { type Pathway, pathways } from '../../referral/referral-evidence.ts'
import { ageOf, londonDay, londonTime, nameOf } from './present-referral.ts'
import type { FieldProblem, Typed } from './read-decision.ts'
import {
  type Decided,
  decisionsFrom,
  type ReceivedReferral,
  type Standing,
  standingOf,
  toldReports,
  untoldReports,
} from './received-referral.ts'

const standingWords: Readonly<Record<Standing, string>> = {
  received: 'Received, not acknowledged yet',
  acknowledged: 'Acknowledged',
  accepted: 'Accepted',
  declined: 'Declined',
  'pathway-set': 'Pathway set',
  'stepped-down': 'Stepped down',
  superseded: 'Replaced by a later referral',
}

const decisionWords: Readonly<Record<Decided, string>> = {
  accepted: 'Accept it',
  declined: 'Decline it',
  'pathway-set': 'Set the pathway',
  'stepped-down': 'Step it down',
}

/** Where a referral stands, in words: a pathway by its name, and never by colour alone. */
export function standingWordsOf(received: ReceivedReferral, now: Temporal.Instant): string {
  const standing = standingOf(received, now)
  const pathway = pathwayOf(received)
  return standing === 'pathway-set' && pathway !== null
    ? `Pathway: ${pathways[pathway]}`
    : standingWords[standing]
}

/** The minimum that a meeting needs to know which child is spoken of. */
export function presentAgenda(all: readonly ReceivedReferral[], now: Temporal.Instant) {
  const open = all.filter(each => !['declined', 'superseded', 'stepped-down'].includes(standingOf(each, now)))
  const rows = open.toReversed().map(received => ({
    reference: received.reference,
    child: nameOf(received.referral.child),
    age: ageOf(received.referral.child.ageOnArrival),
    risk: received.referral.assessment.overall.label,
    flaggedFor: received.referral.flaggedFor.map(({ name }) => name).join(', '),
    standing: standingWordsOf(received, now),
    review: reviewOf(received),
    hasPathway: pathwayOf(received) !== null,
  }))
  return {
    waiting: rows.filter(({ hasPathway }) => !hasPathway),
    reviewed: rows.filter(({ hasPathway }) => hasPathway),
  }
}

/** One referral before the meeting: what was decided so far, and what can be decided now. */
export function presentDiscussion(
  received: ReceivedReferral,
  {
    now,
    callsBack,
    typed,
    problems,
  }: {
    readonly now: Temporal.Instant
    readonly callsBack: boolean
    readonly typed: Typed
    readonly problems: readonly FieldProblem[]
  },
) {
  const { referral, reference } = received
  const untold = new Set(untoldReports(received, now).map(({ id }) => id))
  const notTold = callsBack ? 'Wren has not been told yet' : 'Wren learns of it when it asks'
  return {
    reference,
    child: nameOf(referral.child),
    age: ageOf(referral.child.ageOnArrival),
    concerns: referral.concerns,
    standing: standingWordsOf(received, now),
    history: toldReports(received, now)
      .toReversed()
      .map(report => ({ ...decidedWords(report), notTold: untold.has(report.id) ? notTold : null })),
    choices: decisionsFrom[standingOf(received, now)].map(value => ({ value, label: decisionWords[value] })),
    pathways: Object.entries(pathways).map(([value, label]) => ({ value, label })),
    typed: {
      decision: '',
      pathway: '',
      reason: '',
      meetingDay: now.toZonedDateTimeISO('Europe/London').toPlainDate().toString(),
      nextReview: '',
      owner: '',
      linkWorker: '',
      plan: '',
      ...typed,
    },
    problems,
    problemOf: Object.fromEntries(
      ['decision', 'pathway', 'reason', 'meetingDay', 'nextReview'].map(field => [
        field,
        problems.find(problem => problem.field === field)?.message ?? null,
      ]),
    ),
  }
}

function decidedWords(report: ReceiverReport) {
  const at = londonTime(report.at)
  switch (report.status) {
    case 'acknowledged':
      return { did: 'Acknowledged', at, said: [] }
    case 'accepted':
      return { did: 'Accepted', at, said: [] }
    case 'declined':
      return { did: 'Declined', at, said: [report.reason] }
    case 'pathway-set':
      return {
        did: `Pathway: ${pathways[report.pathway]}`,
        at,
        said: [
          report.reason,
          `Meeting of ${londonDay(report.meetingDay)}`,
          ...labelled('Led by', report.owner),
          ...labelled('Link Worker:', report.linkWorker),
          ...labelled('Plan:', report.plan),
          ...(report.nextReview === undefined ? [] : [`Next review ${londonDay(report.nextReview)}`]),
        ],
      }
    case 'stepped-down':
      return { did: 'Stepped down', at, said: [report.reason, `Meeting of ${londonDay(report.meetingDay)}`] }
    default:
      throw new Error(`no words for ${report satisfies never}`)
  }
}

function labelled(label: string, text: string | undefined): readonly string[] {
  return text === undefined || text === '' ? [] : [`${label} ${text}`]
}

function pathwayOf({ reports }: ReceivedReferral): Pathway | null {
  return reports.findLast(report => report.status === 'pathway-set')?.pathway ?? null
}

function reviewOf({ reports }: ReceivedReferral): string {
  const review = reports.findLast(report => report.status === 'pathway-set')?.nextReview
  return review === undefined ? 'No day set' : londonDay(review)
}
