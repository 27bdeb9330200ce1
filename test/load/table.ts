import { cpus } from 'node:os'
import type { Measured } from './measure-load.ts'

/** One table for people: a name and a figure a line. */
export function tableOf({ wishes, drain, calm, loaded, memory }: Measured): string {
  const { notes, seconds, cpuSeconds, outcomes } = drain
  const all = [...cpuSeconds.values()].reduce((sum, each) => sum + each, 0)
  const perThousand = (spent: number): string => `${((spent / notes) * 1_000).toFixed(3)} s`
  const figures: readonly (readonly [string, string])[] = [
    ['machine', `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores`],
    ['notes in the backlog', String(notes)],
    ...outcomes.map(({ outcome, count }) => [`  ${outcome}`, String(count)] as const),
    ['drained in', `${seconds.toFixed(1)} s`],
    ['from topic to queue', `${Math.round(notes / seconds)} notes/s`],
    ['processor time for 1,000 notes', perThousand(all)],
    ...[...cpuSeconds].map(([name, spent]) => [`  ${name}`, perThousand(spent)] as const),
    ['so two cores of its own would drain', `${Math.round((2 * notes) / all)} notes/s`],
    ...[...memory].map(([name, samples]) => [`memory of the ${name}, MB`, courseOf(samples)] as const),
    ['latency when calm', latencyOf(calm)],
    [`latency at ${wishes.rate} notes/s`, latencyOf(loaded)],
  ]
  return `${figures.map(([name, value]) => `${name.padEnd(40)}${value}`).join('\n')}\n`
}

/** The most, and the course: the mean of each tenth of the time. */
function courseOf(samples: readonly number[]): string {
  const tenths = Array.from({ length: 10 }, (_, index) =>
    meanOf(
      samples.slice(
        Math.floor((index * samples.length) / 10),
        Math.ceil(((index + 1) * samples.length) / 10),
      ),
    ),
  )
  return `at most ${Math.max(0, ...samples)}; ${tenths.join(' ')}`
}

function meanOf(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : Math.round(numbers.reduce((sum, each) => sum + each, 0) / numbers.length)
}

function latencyOf(latencies: readonly number[]): string {
  const sorted = latencies.toSorted((one, other) => one - other)
  const at = (share: number): string =>
    `${Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN)} ms`
  return `p50 ${at(0.5)}, p99 ${at(0.99)} (${sorted.length} notes)`
}
