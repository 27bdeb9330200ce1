import { setTimeout as sleep } from 'node:timers/promises'
import { makeChance, randomOf } from '../../src/processes/demo/chance.ts'
import { troubleNames } from '../../src/processes/portal-simulator/moods.ts'
import type { PortalSimulator } from '../../src/processes/portal-simulator/start-portal-simulator.ts'

/** The portal fails in every way it knows, each for some requests, until it is told to calm down. */
export function changeMoods(portal: PortalSimulator, seed: number): { calm(): Promise<void> } {
  const chance = makeChance(randomOf(seed ^ 0x300d))
  const stopping = new AbortController()
  const tell = (mood: string, times: string) =>
    fetch(new URL('/simulator/mood', portal.url), {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ mood, times }),
    })
  const changing = (async () => {
    while (!stopping.signal.aborted) {
      await tell(chance.pick(troubleNames), String(chance.between(1, 4)))
      await sleep(1_500, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  })()
  return {
    async calm() {
      stopping.abort()
      await changing
      await tell('well', '')
    },
  }
}
