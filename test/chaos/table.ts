import { ledgerOutcomes } from '../../src/review/ledger.ts'
import type { Recovery } from './kill-all.ts'
import { victims } from './kills.ts'
import { countRepeats } from './oracle.ts'
import type { ChaosRun } from './run-chaos.ts'

/** One table for people: a name and a figure a line. */
export function tableOf({ facts, recoveries, seconds }: ChaosRun, seed: number): string {
  const { database, content, topics, portal, sideLedger } = facts
  const kinds = Map.groupBy(recoveries, ({ victim, how }) => `${victim}, ${how}`)
  const lines: (readonly [string, string | number])[] = [
    ['seed', seed],
    ['notes in the side ledger', sideLedger.length],
    ['records in the input topic', content.get(topics.input)?.records.length ?? 0],
    ['received by the ledger', database.ledger.received],
    ...ledgerOutcomes.map(outcome => [`  ${outcome}`, database.ledger.counts[outcome]] as const),
    ['flags', database.flags.length],
    ['referrals authorised', database.referrals.length],
    ['referrals at the portal', portal.length],
    ["repeats in Wren's own topics", countRepeats(facts)],
    ['kills', recoveries.length],
    ...[...kinds].toSorted().map(([kind, all]) => [`  ${kind}`, all.length] as const),
    ['recovery, median and longest', ''],
    ...victims.flatMap(victim => recoveryOf(recoveries.filter(each => each.victim === victim))),
    ['seconds in all', Math.round(seconds)],
  ]
  return `\n${lines.map(([name, value]) => `${name.padEnd(44)}${String(value).padStart(16)}`).join('\n')}\n\n`
}

function recoveryOf(recoveries: readonly Recovery[]): (readonly [string, string])[] {
  const [first] = recoveries
  if (first === undefined) return []
  const felt = recoveries.map(({ seconds }) => seconds)
  const own = recoveries.map(({ ownSeconds }) => ownSeconds)
  return [
    [`  ${first.victim}, from its death`, rangeOf(felt)],
    ...(felt.some((each, index) => each !== own[index])
      ? [[`  ${first.victim}, from its being up again`, rangeOf(own)] as const]
      : []),
  ]
}

function rangeOf(seconds: readonly number[]): string {
  const sorted = seconds.toSorted((one, other) => one - other)
  return `${sorted[sorted.length >> 1]?.toFixed(1)} s, ${sorted.at(-1)?.toFixed(1)} s`
}
