import type { DecisionForm, FieldProblem } from '../review/decision-form.ts'
import { wrongMatchKey } from '../review/decision-form.ts'
import type { Mention } from '../scan/mention.ts'
import { type Actor, auditEntryOf } from './actor.ts'
import { claimFlag } from './claim-flag.ts'
import { type Deciding, decideFlag } from './decide-flag.ts'
import { checkHandOver, type HandOverForm, handOver, type Recipients } from './hand-over.ts'
import type { AuditStore } from './people.ts'
import type { QueueRow, ReviewStore } from './ports.ts'
import type { HeldFlag, ReviewWorkStore } from './review-work-port.ts'

/** More at once is not read any more. */
export const bulkMax = 25
/** Of the low band; a longer one is worked off in turns. */
const lookedAt = 500

/** What is done with all that were chosen: one outcome for flags of one rule. */
export type BulkAct =
  | { readonly kind: 'no-action'; readonly form: DecisionForm }
  | { readonly kind: 'hand-over'; readonly form: HandOverForm }

export interface BulkRule {
  readonly rule: string
  readonly name: string
  readonly rows: readonly QueueRow[]
}

/**
 * The flags of the low band that nobody has and that one rule alone raised, by that rule. The others are read one by
 * one: what stands higher, and what several rules found.
 */
export async function listBulk(
  {
    review,
    audit,
    clock,
  }: { review: ReviewStore; audit: AuditStore; clock: Parameters<typeof auditEntryOf>[0] },
  actor: Actor,
): Promise<readonly BulkRule[]> {
  await audit.append(auditEntryOf(clock, { actor, did: 'listed queue', what: 'low band by rule' }))
  const rows = await review.queue({ states: ['to-review'], limit: lookedAt, offset: 0 })
  const groups = Map.groupBy(rows.filter(isBulk), row => liveMentions(row)[0]?.rule ?? '')
  return [...groups].map(([rule, found]) => ({ rule, name: nameIn(found), rows: found }))
}

/** The chosen flags, or what is wrong with the choice. */
export function checkBulk(
  choice: { readonly chosen: readonly string[]; readonly act: BulkAct },
  { rows, recipients }: { rows: readonly QueueRow[]; recipients: Recipients },
): { readonly rows: readonly QueueRow[] } | { readonly problems: readonly FieldProblem[] } {
  const { chosen, act } = choice
  const found = rows.filter(({ flag }) => chosen.includes(flag.id))
  const problems: FieldProblem[] = []
  if (found.length === 0) problems.push({ field: 'chosen', message: 'Select at least one attendance' })
  if (found.length > bulkMax)
    problems.push({ field: 'chosen', message: `Select at most ${bulkMax} attendances` })
  if (found.length < new Set(chosen).size && found.length > 0)
    problems.push({ field: 'chosen', message: 'Some have changed since: look at the list again' })
  if (act.kind === 'hand-over') problems.push(...checkHandOver(act.form, recipients))
  else {
    if (act.form.noAction === '')
      problems.push({ field: 'noAction', message: 'Select why no safeguarding action is needed' })
    if (act.form.reason.trim() === '') problems.push({ field: 'reason', message: 'Enter what you checked' })
  }
  return problems.length > 0 ? { problems } : { rows: found }
}

type BulkPorts = Parameters<typeof decideFlag>[0] & { readonly work: ReviewWorkStore }

/** Saves them one by one, each over the version that was read. Answers how many; one that changed meanwhile stays. */
export async function actInBulk(
  ports: BulkPorts,
  { actor, flags, act }: { actor: Actor; flags: readonly HeldFlag[]; act: BulkAct },
): Promise<number> {
  let saved = 0
  for (const flag of flags) if (await actOn(ports, { actor, flag, act })) saved++
  return saved
}

async function actOn(
  ports: BulkPorts,
  { actor, flag, act }: { actor: Actor; flag: HeldFlag; act: BulkAct },
): Promise<boolean> {
  if (act.kind === 'hand-over') return (await handOver(ports, { actor, flag, form: act.form })) === 'saved'
  const claimed = await claimFlag(ports, { actor, ...flag, from: null })
  if (claimed !== 'saved') return false
  const file = await ports.review.flagFile(flag.flagId)
  const wrong = file?.mentions.find(isLive)
  const form = { ...act.form, wrongMatch: wrong === undefined ? '' : wrongMatchKey(wrong) }
  const deciding: Deciding = { actor, flagId: flag.flagId, version: flag.version + 1, form, referral: null }
  return (await decideFlag(ports, deciding)).kind === 'saved'
}

/** "Review first" and "Review today" are never closed together, nor what fell due or was handed to somebody. */
function isBulk(row: QueueRow): boolean {
  const rules = new Set(liveMentions(row).map(({ rule }) => rule))
  return (
    row.flag.priority === 'low' && rules.size === 1 && row.flag.deferredUntil === null && !row.flag.reopened
  )
}

function liveMentions({ mentions }: QueueRow): readonly Mention[] {
  return mentions.filter(isLive)
}

function isLive({ standing, trial }: Mention): boolean {
  return standing !== 'set-aside' && !trial
}

function nameIn(rows: readonly QueueRow[]): string {
  return rows.flatMap(liveMentions)[0]?.ruleName ?? ''
}
