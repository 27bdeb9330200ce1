import { type LedgerOutcome, ledgerOutcomes } from '../../review/ledger.ts'
import type { Clock, ScreeningStore } from '../../services/ports.ts'
import type { Screen } from '../../services/screen-attendances.ts'
import { batchOf, type Screening } from '../../services/screening.ts'
import type { BodyType, Line } from './body-type.ts'

/** One transaction saves this many messages at most, and between two of them other requests have their turn. */
const savedTogetherMax = 500
export const linesMax = 10_000

export interface Answer {
  readonly status: number
  readonly body: unknown
}

/** What an inlet does with messages. */
export interface Intake {
  readonly screen: Screen
  readonly store: ScreeningStore
  readonly clock: Clock
  readonly hooks: InletHooks
}

export interface InletHooks {
  /** A message is saved and has its outcome. */
  onSaved(saved: { readonly screening: Screening; readonly outcome: LedgerOutcome }): void
  /** The store did not answer: the sender was asked to send again. */
  onStoreFailure(error: unknown): void
  /** A bug: nothing was acknowledged. */
  onFailure(error: unknown): void
}

interface RequestOfMessages extends Intake {
  readonly requestId: string
  readonly type: BodyType
  readonly body: Uint8Array
}

interface SavedLine {
  readonly line: number
  readonly screening: Screening
  readonly outcome: LedgerOutcome
}

/** Screens and saves every message of a request, and words the answer. Answers say no word of a note. */
export async function answerRequest(request: RequestOfMessages): Promise<Answer> {
  const lines = request.type.split(request.body)
  if (lines.length === 0) return refusal(400, 'the body is empty: expected an attendance')
  if (lines.length > linesMax)
    return refusal(413, `the body has more than ${linesMax} lines: send fewer at once`)
  const saved = await saveLines(lines, request)
  if (saved === null) return storeRefusal
  return request.type.isMany ? answerLines(saved) : answerOne(saved)
}

/** All messages with their outcomes, or null as soon as the store does not answer. */
async function saveLines(
  lines: readonly Line[],
  request: RequestOfMessages,
): Promise<readonly SavedLine[] | null> {
  const receivedAt = request.clock.now().toString()
  const saved: SavedLine[] = []
  for (let from = 0; from < lines.length; from += savedTogetherMax) {
    const chunk = lines.slice(from, from + savedTogetherMax).map(({ number, bytes }) => {
      const offset = `${request.requestId}:${number}`
      const delivery = { channel: 'http', stream: 'intake', partition: 0, offset, receivedAt }
      return { line: number, screening: request.type.screen(bytes, delivery, request.type.format) }
    })
    const outcomes = await record(
      chunk.map(({ screening }) => screening),
      request,
    )
    if (outcomes === null) return null
    for (const [index, each] of chunk.entries()) {
      const outcome = outcomes[index]
      if (outcome === undefined) throw new Error('the store gave fewer outcomes than it was given receipts')
      request.hooks.onSaved({ screening: each.screening, outcome })
      saved.push({ ...each, outcome })
    }
  }
  return saved
}

async function record(
  screenings: readonly Screening[],
  { store, hooks }: RequestOfMessages,
): Promise<readonly LedgerOutcome[] | null> {
  try {
    return await store.record(batchOf(screenings))
  } catch (error) {
    hooks.onStoreFailure(error)
    return null
  }
}

function answerOne([saved]: readonly SavedLine[]): Answer {
  if (saved === undefined) throw new Error('one message has no outcome')
  const status = saved.screening.deadLetter === null ? 200 : 422
  return { status, body: tell(saved) }
}

function answerLines(saved: readonly SavedLine[]): Answer {
  const counts = Object.fromEntries(
    ledgerOutcomes.map(outcome => [outcome, saved.filter(each => each.outcome === outcome).length]),
  )
  const lines = saved.map(each => ({ line: each.line, ...tell(each) }))
  return { status: 200, body: { received: saved.length, counts, lines } }
}

/** What the sender may know of a message: its own id for it, and what came of it. */
function tell({ screening: { receipt, deadLetter }, outcome }: SavedLine) {
  return deadLetter === null
    ? { outcome, attendanceId: receipt.attendanceId }
    : { outcome, problem: deadLetter.problem, kept: true }
}

const storeRefusal = refusal(
  503,
  'the store does not answer: nothing of this request is acknowledged, so send all of it again',
)

function refusal(status: number, problem: string): Answer {
  return { status, body: { problem } }
}
