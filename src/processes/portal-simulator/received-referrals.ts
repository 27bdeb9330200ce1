import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { ReferralPayload } from '../../referral/referral-schema.ts'

const ReceivedReferral = z.object({
  /** Such as GS-2026-000123. */
  reference: z.string(),
  /** The idempotency key it came under. */
  key: z.string(),
  receivedAt: z.string(),
  bodySha256: z.string(),
  referral: ReferralPayload,
})
export type ReceivedReferral = z.infer<typeof ReceivedReferral>

const ReceivedFile = z.object({ version: z.literal(1), received: z.array(ReceivedReferral) })

export type Kept =
  | { readonly kind: 'new' | 'repeat'; readonly received: ReceivedReferral }
  /** The key was used before with another body. */
  | { readonly kind: 'other-body' }

export interface Arriving {
  readonly key: string
  readonly body: Uint8Array
  readonly referral: ReferralPayload
}

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
  async keep({ key, body, referral }: Arriving): Promise<Kept> {
    const bodySha256 = createHash('sha256').update(body).digest('hex')
    const known = this.#byKey.get(key)
    if (known !== undefined && known.bodySha256 !== bodySha256) return { kind: 'other-body' }
    const receivedAt = this.#now().toString({ smallestUnit: 'millisecond' })
    const reference = `GS-${receivedAt.slice(0, 4)}-${String(this.#byKey.size + 1).padStart(6, '0')}`
    const received = known ?? { reference, key, receivedAt, bodySha256, referral }
    this.#byKey.set(key, received)
    await this.#write()
    this.#written.add(key)
    return { kind: known === undefined ? 'new' : 'repeat', received }
  }

  /** One write at a time, each of everything there is by then; a failed one does not stand in the way of the next. */
  #write(): Promise<void> {
    const file = this.#file
    if (file === null) return Promise.resolve()
    this.#lastWrite = this.#lastWrite
      .catch(() => undefined) // whoever waited for that write was told
      .then(() => replace(file, JSON.stringify({ version: 1, received: [...this.#byKey.values()] })))
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

/** The file holds the old text or the new one, whole, whenever the machine stops. */
async function replace(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const beside = `${file}.new`
  {
    await using handle = await open(beside, 'w', 0o600)
    await handle.writeFile(text)
    await handle.sync()
  }
  await rename(beside, file)
}
