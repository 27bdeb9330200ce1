import { setTimeout as sleep } from 'node:timers/promises'
import { type Chance, makeChance, randomOf } from '../../src/processes/demo/chance.ts'
import type { Scene } from './scene.ts'
import { steps } from './steps.ts'
import type { SupervisedWren } from './wren-process.ts'

export const victims = ['scanner', 'projector', 'forwarder', 'database', 'broker', 'everything'] as const
export type Victim = (typeof victims)[number]

/** One kill of the plan, with what the seed says of it. */
export interface PlannedKill {
  readonly victim: Victim
  /**
   * "random moment"; "frozen" for SIGSTOP past the session's end; "leaves and joins" for SIGTERM every two seconds;
   * "restarted" for a stop in good order; or a step by name.
   */
  readonly how: string
  /** How often the step is passed, or how many milliseconds go by, before the kill. */
  readonly after: number
  /** Which of several of its kind. */
  readonly which: number
  /** Before the next one. */
  readonly restMs: number
}

/** What was done, as it came out. */
export interface DoneKill {
  readonly victim: Victim
  /** The step it died at; "random moment" too where the step planned was not reached in time. */
  readonly how: string
}

export type Victims = Pick<Scene, 'wrens' | 'database' | 'kafka'>

const stepPatienceMs = 4_000

/** The kills of a seed: every kind of victim in turn, so that each has its share, and each named step before any twice. */
export function planKills({ kills, seed }: { kills: number; seed: number }): readonly PlannedKill[] {
  const chance = makeChance(randomOf(seed ^ 0x5eed))
  const ways = new Map(victims.map(victim => [victim, shuffled(waysOf(victim), chance)]))
  const turns: readonly Victim[] = [
    ...['scanner', 'projector', 'broker', 'scanner', 'forwarder', 'projector', 'database'],
    ...['scanner', 'forwarder', 'projector', 'everything'],
  ] as readonly Victim[]
  return Array.from({ length: kills }, (_, index) => {
    const victim = turns[index % turns.length]!
    const left = ways.get(victim)!
    const how = left.shift()!
    left.push(how)
    return {
      victim,
      how,
      after: how === 'random moment' ? chance.between(100, 1_500) : chance.between(0, 1),
      which: chance.between(0, 99),
      restMs: chance.between(0, 2_000),
    }
  })
}

/** Kills, waits until what is no part of Wren is up again, and says how it went. */
export async function carryOut(kill: PlannedKill, scene: Victims, freezeMs: number): Promise<DoneKill> {
  const { victim, how, after, which } = kill
  const { wrens, database, kafka } = scene
  if (how === 'random moment') await sleep(after)
  switch (victim) {
    case 'database':
      if (how === 'restarted') await database.stop()
      else await database.kill()
      await database.start()
      break
    case 'broker': {
      const node = which % kafka.size
      await kafka.kill(node)
      kafka.start(node)
      await kafka.untilWhole()
      break
    }
    case 'everything':
      for (const wren of wrens) wren.kill()
      await Promise.all([database.kill(), ...indexes(kafka.size).map(node => kafka.kill(node))])
      for (const node of indexes(kafka.size)) kafka.start(node)
      await Promise.all([database.start(), kafka.untilWhole()])
      break
    case 'scanner':
    case 'projector':
    case 'forwarder':
      return killWren(kill, wrens, freezeMs)
    default:
      throw new Error(`nobody kills ${victim satisfies never}`)
  }
  return { victim, how }
}

async function killWren(
  { victim, how, after, which }: PlannedKill,
  wrens: readonly SupervisedWren[],
  freezeMs: number,
): Promise<DoneKill> {
  const candidates = wrens.filter(({ role }) => role === victim)
  const wren = candidates[which % candidates.length]!
  if (how === 'frozen') {
    wren.freeze()
    await sleep(freezeMs)
    wren.thaw()
    return { victim, how }
  }
  if (how === 'leaves and joins') {
    for (let times = 0; times < 5; times += 1) {
      wren.askToStop()
      await sleep(2_000)
    }
    return { victim, how }
  }
  if (how !== 'random moment' && (await wren.killAt({ step: how, skip: after }, stepPatienceMs)))
    return { victim, how }
  wren.kill()
  return { victim, how: 'random moment' }
}

function waysOf(victim: Victim): string[] {
  switch (victim) {
    case 'scanner':
    case 'projector':
      return [...steps[victim], 'random moment', 'frozen', 'leaves and joins']
    case 'forwarder':
      return [...steps.forwarder, 'random moment']
    case 'database':
      return ['random moment', 'restarted']
    case 'broker':
    case 'everything':
      return ['random moment']
    default:
      throw new Error(`nobody kills ${victim satisfies never}`)
  }
}

function shuffled<Of>(all: readonly Of[], chance: Chance): Of[] {
  return all
    .map(one => ({ one, place: chance.next() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ one }) => one)
}

function indexes(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index)
}
