import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { ReceiverReport } from '../../referral/receiver-report.ts'
import type { ReferralPayload } from '../../referral/referral-schema.ts'
import { decisionsFrom, ReceivedReferral, standingOf } from './received-referral.ts'
import { replaceFile } from './replace-file.ts'

const ReceivedFile = z.object({ version: z.literal(1), received: z.array(ReceivedReferral) })

export type Kept =
  | { readonly kind: 'new' | 'repeat'; readonly received: ReceivedReferral }
  /** The key was used before with another body. */
  | { readonly kind: 'other-body' }

export interface Arriving {
  readonly key: string
  readonly body: Uint8Array
  readonly referral: ReferralPayload
  /** It is acknowledged only after so long; at once unless given. */
  readonly acknowledgeAfterMs?: number
}

/** A decision about a referral, as somebody makes it: the portal adds the rest. */
export type Decision = ReceiverReport extends infer Report
  ? Report extends { readonly status: 'acknowledged' }
    ? never
    : Omit<Report, 'id' | 'key' | 'reference' | 'at'>
  : never

/** What a portal has taken: one referral a key, on disk before it is acknowledged. */
export class ReceivedReferrals {
  readonly #byKey = new Map<string, ReceivedReferral>()
  /** Keys that were written: nobody is told of another one. */
  readonly #written = new Set<string>()
  readonly #file: string | null
  readonly #now: () => Temporal.Instant
  #lastWrite: Promise<void> = Promise.resolve()

  private constructor({ file, now }: { file: string | null; now: () => Temporal.Instant }) {
    this.#file = file
    this.#now = now
  }

  /** Reads what the file holds; a file that does not exist holds nothing. Without a file, memory only. */
  static async open({
    file,
    now,
  }: {
    file: string | null
    now: () => Temporal.Instant
  }): Promise<ReceivedReferrals> {
    const referrals = new ReceivedReferrals({ file, now })
    for (const received of file === null ? [] : await read(file)) {
      referrals.#byKey.set(received.key, received)
      referrals.#written.add(received.key)
    }
    return referrals
  }

  byKey(key: string): ReceivedReferral | null {
    return this.#written.has(key) ? (this.#byKey.get(key) ?? null) : null
  }

  byReference(reference: string): ReceivedReferral | null {
    return this.newestFirst().find(received => received.reference === reference) ?? null
  }

  newestFirst(): readonly ReceivedReferral[] {
    return [...this.#byKey.values()].filter(({ key }) => this.#written.has(key)).reverse()
  }

  /** Two that come at once under one key get the same reference: the first makes it before anything is awaited. */
  async keep({ key, body, referral, acknowledgeAfterMs }: Arriving): Promise<Kept> {
    const bodySha256 = createHash('sha256').update(body).digest('hex')
    const known = this.#byKey.get(key)
    if (known !== undefined && known.bodySha256 !== bodySha256) return { kind: 'other-body' }
    const now = this.#now()
    const receivedAt = stamp(now)
    const reference = `GS-${receivedAt.slice(0, 4)}-${String(this.#byKey.size + 1).padStart(6, '0')}`
    const received: ReceivedReferral = known ?? {
      ...{ reference, key, receivedAt, bodySha256, referral },
      acknowledgedFrom:
        acknowledgeAfterMs === undefined ? null : stamp(now.add({ milliseconds: acknowledgeAfterMs })),
      ...{ reports: [], supersededBy: null, calledBack: [] },
    }
    this.#byKey.set(key, received)
    if (known === undefined) this.#closeEarlier(received)
    await this.#write()
    this.#written.add(key)
    return { kind: known === undefined ? 'new' : 'repeat', received }
  }

  /** Null where it stands so that nothing like it can be decided. */
  async decide(key: string, decision: Decision): Promise<ReceivedReferral | null> {
    const received = this.byKey(key)
    const now = this.#now()
    if (received === null || !decisionsFrom[standingOf(received, now)].includes(decision.status)) return null
    const id = `${received.reference}-${received.reports.length + 1}`
    const said = { id, key, reference: received.reference, at: stamp(after(received, now)) }
    const decided = {
      ...received,
      reports: [...received.reports, ReceiverReport.parse({ ...said, ...decision })],
    }
    this.#byKey.set(key, decided)
    await this.#write()
    return decided
  }

  /** Wren was told of these reports, and has answered. */
  async tellCalledBack(key: string, reportIds: readonly string[]): Promise<void> {
    const received = this.#byKey.get(key)
    if (received === undefined) return
    this.#byKey.set(key, { ...received, calledBack: [...received.calledBack, ...reportIds] })
    await this.#write()
  }

  /** The one it names, and earlier ones of the same attendance, are closed; what a meeting decided stands. */
  #closeEarlier({ key, referral }: ReceivedReferral): void {
    if (referral.supersedes === null) return
    for (const each of this.#byKey.values()) {
      const isNamed = each.key === referral.supersedes
      const isEarlier =
        each.referral.attendance.trust === referral.attendance.trust &&
        each.referral.attendance.id === referral.attendance.id &&
        each.referral.revision < referral.revision
      const hasPathway = each.reports.some(({ status }) => status === 'pathway-set')
      if ((isNamed || isEarlier) && each.key !== key && each.supersededBy === null && !hasPathway) {
        this.#byKey.set(each.key, { ...each, supersededBy: key })
      }
    }
  }

  /** One write at a time, each of everything there is by then; a failed one does not stand in the way of the next. */
  #write(): Promise<void> {
    const file = this.#file
    if (file === null) return Promise.resolve()
    this.#lastWrite = this.#lastWrite
      .catch(() => undefined) // whoever waited for that write was told
      .then(() => replaceFile(file, JSON.stringify({ version: 1, received: [...this.#byKey.values()] })))
    return this.#lastWrite
  }
}

async function read(file: string): Promise<readonly ReceivedReferral[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return []
  try {
    return ReceivedFile.parse(JSON.parse(text)).received
  } catch (cause) {
    throw new Error(`${file} is no file of the portal simulator: move it away and start again`, { cause })
  }
}

/** Two decisions about one referral never have the same time: which of them is the newer must be told by it. */
function after({ reports }: ReceivedReferral, now: Temporal.Instant): Temporal.Instant {
  const last = reports.at(-1)
  const next = last === undefined ? now : Temporal.Instant.from(last.at).add({ milliseconds: 1 })
  return Temporal.Instant.compare(next, now) > 0 ? next : now
}

function stamp(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: 'millisecond' })
}
