import type { MissEstimate } from '../../review/second-reading.ts'
import { count, figure } from './dates.ts'

/** How often the filter sets aside what a nurse would have reviewed, in words: "1 in 70" before percentages. */
export function presentMisses(estimate: MissEstimate | null, days: number): string {
  if (estimate === null) {
    return `In the last ${days} days nobody has read a sample of what was set aside, so how much is missed is not known.`
  }
  const { read, missed, low, high } = estimate
  const sample = `In the last ${days} days ${count(read, 'attendance')} of the daily samples ${read === 1 ? 'was' : 'were'} read again`
  const found =
    missed === 0
      ? 'none should have been in the queue'
      : `${figure(missed)} should have been in the queue, about 1 in ${figure(Math.round(read / missed))}`
  return `${sample}: ${found}. The true rate is likely to lie between ${percent(low)} and ${percent(high)} (95% interval).`
}

function percent(part: number): string {
  return `${(part * 100).toLocaleString('en-GB', { maximumFractionDigits: 1 })}%`
}
