import { z } from 'zod'
import { type Evidence, isPathway, pathways } from './referral-evidence.ts'
import type { ReferralMove } from './referral-state.ts'

const wordsLengthMax = 2_000
const nameLengthMax = 200

const said = {
  id: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .describe('The report’s own name: the same one every time it is told, by call-back or when asked'),
  key: z.uuid().describe('The id of the referral: its idempotency key'),
  reference: z.string().trim().min(1).max(100).describe('The receiver’s reference for the referral'),
  at: z.iso
    .datetime({ offset: true })
    .describe('When the receiver decided it. An older report never undoes a newer one'),
}
const reason = z.string().trim().min(1).max(wordsLengthMax)
const nameOrNone = z.string().trim().max(nameLengthMax).optional()

/**
 * What a receiver tells of a referral after it was sent, in the words that travel: docs/portal-openapi.yaml prints
 * them. Each report says all it rests upon, its reference above all, so that any of them may be the first to arrive.
 * Fields that are not known are passed over: a portal may say more than Wren reads.
 */
export const ReceiverReport = z.discriminatedUnion('status', [
  z.object({ ...said, status: z.literal('acknowledged') }),
  z.object({ ...said, status: z.literal('accepted') }),
  z.object({ ...said, status: z.literal('declined'), reason: reason.describe('Why, as a nurse reads it') }),
  z.object({
    ...said,
    status: z.literal('pathway-set'),
    pathway: z.enum(Object.keys(pathways).filter(name => isPathway(name))),
    meetingDay: z.iso.date(),
    reason,
    owner: nameOrNone.describe('Who leads'),
    linkWorker: nameOrNone,
    plan: z.string().trim().max(wordsLengthMax).optional().describe('The intervention plan'),
    nextReview: z.iso.date().optional(),
  }),
  z.object({ ...said, status: z.literal('stepped-down'), meetingDay: z.iso.date(), reason }),
])
export type ReceiverReport = z.infer<typeof ReceiverReport>

export interface ReportedMove {
  readonly move: ReferralMove
  readonly evidence: Evidence
}

/**
 * The moves that a report tells of, first to last. That a reference was given is always the first of them: the report
 * that said so may have been lost on the way. Each is made only where the table of states has it.
 */
export function movesOf(report: ReceiverReport): readonly ReportedMove[] {
  const decidedAt = Temporal.Instant.from(report.at).toString({ smallestUnit: 'millisecond' })
  const acknowledged = { move: 'acknowledge', evidence: { reference: report.reference } } as const
  switch (report.status) {
    case 'acknowledged':
      return [acknowledged]
    case 'accepted':
      return [acknowledged, { move: 'accept', evidence: { decidedAt } }]
    case 'declined':
      return [acknowledged, { move: 'decline', evidence: { reason: report.reason, decidedAt } }]
    case 'pathway-set': {
      const { pathway, meetingDay, reason: because, owner, linkWorker, plan, nextReview } = report
      const given = Object.entries({ owner, linkWorker, plan, nextReview }).filter(([, text]) => text)
      const evidence = { pathway, meetingDay, reason: because, ...Object.fromEntries(given), decidedAt }
      return [acknowledged, { move: 'setPathway', evidence }]
    }
    case 'stepped-down': {
      const { meetingDay, reason: because } = report
      return [acknowledged, { move: 'stepDown', evidence: { meetingDay, reason: because, decidedAt } }]
    }
    default:
      throw new Error(`no move for a report of ${report satisfies never}`)
  }
}
