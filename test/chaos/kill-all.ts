import { setTimeout as sleep } from 'node:timers/promises'
import { carryOut, type DoneKill, type PlannedKill, type Victims } from './kills.ts'
import { sessionTimeoutMs } from './scene.ts'
import type { ReceiptWatch } from './watch-receipts.ts'

/** A kill, and how long it was felt. */
export interface Recovery extends DoneKill {
  /** From the kill until every note was received that was sent before it, during it, and until its victim was back. */
  readonly seconds: number
  /** The same, from the moment when what is no part of Wren, broker and database, answered again. */
  readonly ownSeconds: number
}

/** What is sent, a share for each kill. */
export interface Shares {
  /** Lets the next share go. */
  next(): void
  /** Notes sent so far; `isWhole` when the share is out and no other is due. */
  sent(): { readonly notes: number; readonly isWhole: boolean }
}

/** Past this something hangs: a broker's start on a busy machine takes a quarter of it. */
const recoveryMsMax = 180_000

/** Carries out the kills one after the other, each when the one before was overcome. */
export async function killAll(so: {
  readonly plan: readonly PlannedKill[]
  readonly victims: Victims
  readonly watch: ReceiptWatch
  readonly shares: Shares
  readonly tell: (words: string) => void
}): Promise<readonly Recovery[]> {
  const { plan, victims, watch, shares, tell } = so
  const recoveries: Recovery[] = []
  await untilFirst(watch)
  for (const [index, planned] of plan.entries()) {
    const startedAt = performance.now()
    const carrying = carryOut(planned, victims, sessionTimeoutMs + 2_000)
    shares.next() // on its way while the kill comes
    const done = await carrying
    const isWrens = ['scanner', 'projector', 'forwarder'].includes(done.victim)
    const upAt = isWrens ? startedAt : performance.now()
    while (!shares.sent().isWhole || watch.count() < shares.sent().notes) {
      if (performance.now() - startedAt > recoveryMsMax)
        throw new Error(`kill ${index + 1} (${done.victim}, ${done.how}): nothing goes on after it`)
      await sleep(50)
    }
    const now = performance.now()
    const recovery = { ...done, seconds: (now - startedAt) / 1_000, ownSeconds: (now - upAt) / 1_000 }
    recoveries.push(recovery)
    tell(
      `kill ${index + 1}: ${done.victim}, ${done.how}; all ${shares.sent().notes} notes sent were received ` +
        `${recovery.seconds.toFixed(1)} s later${isWrens ? '' : `, ${recovery.ownSeconds.toFixed(1)} s after all was up`}`,
    )
    await sleep(planned.restMs)
  }
  return recoveries
}

/** The first receipt: all of it runs. */
async function untilFirst(watch: ReceiptWatch): Promise<void> {
  const deadline = performance.now() + recoveryMsMax
  while (watch.count() === 0) {
    if (performance.now() > deadline) throw new Error('Wren did not start: its logs say why')
    await sleep(100)
  }
}
