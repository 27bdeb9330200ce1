import { z } from 'zod'
import { ReceiverReport } from '../../referral/receiver-report.ts'

/** Longest part of the portal's words shown to a nurse. */
export const wordsLengthMax = 500

const name = z.string().trim().min(1).max(100)
/** Null stands for "not yet" as much as an absent field does. */
const Receipt = z.object({
  reference: name.nullish(),
  /** What a portal gives that has it, and has not looked at it yet. */
  receipt: name.nullish(),
  /** The key the portal stored it under, where it says so. */
  key: z.string().optional(),
})

/** A portal has decided a dozen times about one referral at most. */
const reportsMax = 200
const Reports = z.object({ reports: z.array(z.unknown()).max(reportsMax) })

/** RFC 9457 "problem details", and the other names under which services give a reason. */
const Refusal = z.object({
  title: z.string().optional().catch(undefined),
  detail: z.string().optional().catch(undefined),
  reason: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  problems: z
    .array(z.object({ field: z.string().optional().catch(undefined), message: z.string() }))
    .optional()
    .catch(undefined),
})

/** That a portal has a referral, in its own words: its reference, or at first only a receipt. */
export type Taken =
  | { readonly kind: 'acknowledged'; readonly reference: string }
  | { readonly kind: 'delivered'; readonly receipt: string }

/** Null where an answer says neither, or says it of another key than ours. */
export function readTaken(body: string | null, key: string): Taken | null {
  const read = Receipt.safeParse(jsonIn(body))
  if (!read.success || (read.data.key !== undefined && read.data.key !== key)) return null
  const { reference, receipt } = read.data
  if (reference) return { kind: 'acknowledged', reference: tidy(reference) }
  return receipt ? { kind: 'delivered', receipt: tidy(receipt) } : null
}

/** What the portal has decided since, as far as it can be read: one report that cannot never hides the others. */
export function readReports(body: string | null, key: string): readonly ReceiverReport[] {
  const read = Reports.safeParse(jsonIn(body))
  if (!read.success) return []
  return read.data.reports.flatMap(each => {
    const report = ReceiverReport.safeParse(each)
    return report.success && report.data.key === key ? [report.data] : []
  })
}

/** Why the portal turned a referral away, in its own words; null where it gave no reason a person can read. */
export function readReason(body: string | null): string | null {
  const refusal = Refusal.safeParse(jsonIn(body))
  if (!refusal.success) return null
  const { title, detail, reason, message, problems = [] } = refusal.data
  const fields = problems.map(problem =>
    problem.field ? `${problem.field}: ${problem.message}` : problem.message,
  )
  const words = tidy(
    [reason ?? detail ?? message ?? title ?? '', ...fields].filter(part => part !== '').join('; '),
  )
  return words === '' ? null : words.slice(0, wordsLengthMax)
}

/** A longer wait that a portal asks for is cut to this: no header may hold a child's referral for a day. */
const retryAfterMaxMs = 60 * 60_000

/**
 * RFC 9110, section 10.2.3: Retry-After = HTTP-date / delay-seconds. A date counts from the answer's own Date, so
 * that it holds whatever our clock says. Null where there is no wait that could be read.
 */
export function readRetryAfterMs({
  retryAfter,
  date,
}: {
  readonly retryAfter: string | null
  readonly date: string | null
}): number | null {
  const text = retryAfter?.trim() ?? ''
  const waitMs = /^\d{1,9}$/.test(text) ? Number(text) * 1_000 : httpDateMs(text) - httpDateMs(date ?? '')
  return Number.isNaN(waitMs) ? null : Math.min(retryAfterMaxMs, Math.max(0, waitMs))
}

/** The one form of HTTP-date that is still written, such as "Sat, 21 Nov 2026 09:02:00 GMT"; else NaN. */
function httpDateMs(text: string): number {
  return /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)
    ? Date.parse(text)
    : Number.NaN
}

function jsonIn(body: string | null): unknown {
  try {
    return body === null ? null : JSON.parse(body)
  } catch {
    return null // HTML of a gateway, half a body: nothing that could be read as an answer
  }
}

export function tidy(words: string): string {
  return words.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
}
