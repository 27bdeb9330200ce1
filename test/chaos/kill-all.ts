import { setTimeout as sleep } from 'node:timers/promises'
import { carryOut, type DoneKill, type PlannedKill, type Victims } from './kills.ts'
import { sessionTimeoutMs } from './scene.ts'
import type { ReceiptWatch } from './watch-receipts.ts'

/** A kill, and how long it was felt. */
export interface Recovery extends DoneKill {
  /** From the kill until everything sent before it was received. */
  readonly seconds: number
  /** The same, from the moment when what is no part of Wren, broker and database, answered again. */
  readonly ownSeconds: number
}

/** Past this something hangs: a broker's start on a busy machine takes a quarter of it. */
const recoveryMsMax = 180_000

/** Carries out the kills one after the other, each when the one before was overcome. */
export async function killAll(so: {
  readonly plan: readonly PlannedKill[]
  readonly scene: Victims
  readonly watch: ReceiptWatch
  /** Notes sent so far. */
  readonly sent: () => number
  readonly onKill: () => void
  readonly tell: (words: string) => void
}): Promise<readonly Recovery[]> {
  const { plan, scene, watch, sent, onKill, tell } = so
  const recoveries: Recovery[] = []
  await untilFirst(watch)
  for (const [index, planned] of plan.entries()) {
    const before = sent()
    const startedAt = performance.now()
    const carrying = carryOut(planned, scene, sessionTimeoutMs + 2_000)
    onKill() // the next share of the notes is on its way while the kill comes
    const done = await carrying
    const isWrens = ['scanner', 'projector', 'forwarder'].includes(done.victim)
    const upAt = isWrens ? startedAt : performance.now()
    while (watch.count() < before) {
      if (performance.now() - startedAt > recoveryMsMax)
        throw new Error(`kill ${index + 1} (${done.victim}, ${done.how}): nothing goes on after it`)
      await sleep(50)
    }
    const recovery = { ...done, seconds: secondsSince(startedAt), ownSeconds: secondsSince(upAt) }
    recoveries.push(recovery)
    tell(
      `kill ${index + 1}: ${done.victim}, ${done.how}; all ${before} notes sent before it were received ` +
        `${recovery.seconds.toFixed(1)} s later${isWrens ? '' : `, ${recovery.ownSeconds.toFixed(1)} s after the ${done.victim} was up`}`,
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

function secondsSince(at: number): number {
  return (performance.now() - at) / 1_000
}
