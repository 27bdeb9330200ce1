import { setTimeout as wait } from 'node:timers/promises'
import type { World } from '../world.ts'
import { nextDemoAttendance } from './next-attendance.ts'

const everyMs = 8_000

/** Sends one more invented attendance every few seconds, by the same door as a hospital would. */
export async function feedLive(
  world: World,
  { intakeUrl, stopping }: { intakeUrl: string; stopping: AbortSignal },
): Promise<void> {
  while (!stopping.aborted) {
    await wait(everyMs, undefined, { signal: stopping }).catch(() => undefined) // woken early by a stop only
    if (stopping.aborted) return
    const { bytes } = nextDemoAttendance({ now: world.clock.now().toString(), random: Math.random })
    await send(bytes, { world, intakeUrl })
  }
}

async function send(
  bytes: Uint8Array,
  { world, intakeUrl }: { world: World; intakeUrl: string },
): Promise<void> {
  try {
    const answer = await fetch(new URL('/attendances', intakeUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${world.secrets.intakeToken}` },
      body: Buffer.from(bytes),
    })
    await answer.body?.cancel()
    if (!answer.ok)
      world.log.warn({ status: answer.status }, 'the intake did not take an attendance of the demo')
  } catch (error) {
    world.log.warn({ err: error }, 'the demo could not send an attendance')
  }
}
