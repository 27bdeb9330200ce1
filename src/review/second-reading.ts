import { createHash } from 'node:crypto'

/** What a nurse found when she read an attendance that was set aside. */
export const verdicts = {
  'rightly-set-aside': 'Agree, rightly set aside',
  'put-in-queue': 'Put in queue',
} as const
export type Verdict = keyof typeof verdicts

export function isVerdict(text: string): text is Verdict {
  return Object.hasOwn(verdicts, text)
}

/** How many of the attendances set aside on a day are read again, unless set otherwise. */
export const sampleSizeDefault = 5

interface Drawable {
  readonly trust: string
  readonly attendanceId: string
}

/** The seed of a day's draw. It is recorded with the draw, so that anybody can draw the same sample again. */
export function seedOf(day: string): string {
  return `wren second reading ${day}`
}

/**
 * Draws at random, and the same again from the same seed, in whatever order the attendances come: those whose
 * hashes are lowest.
 */
export function drawSample<Each extends Drawable>(
  population: readonly Each[],
  { seed, size }: { readonly seed: string; readonly size: number },
): readonly Each[] {
  return population
    .map(each => ({ each, place: placeOf(each, seed) }))
    .toSorted((one, other) => (one.place < other.place ? -1 : 1))
    .slice(0, size)
    .map(({ each }) => each)
}

function placeOf({ trust, attendanceId }: Drawable, seed: string): string {
  return createHash('sha256')
    .update(JSON.stringify([seed, trust, attendanceId]))
    .digest('hex')
}

export interface MissEstimate {
  readonly read: number
  readonly missed: number
  /** Of those set aside, the part that should have been in the queue: 0 to 1. */
  readonly rate: number
  readonly low: number
  readonly high: number
}

/** The normal quantile of a two-sided interval of 95%. */
const z = 1.959964

/**
 * The part of the set-aside attendances that was set aside wrongly, with its 95% score interval: E. B. Wilson,
 * "Probable inference, the law of succession, and statistical inference", JASA 22 (1927) 209-212. It holds for few
 * readings and for no miss at all, where the usual interval would claim certainty. Days count alike, however much
 * was set aside on them. Null where nothing was read.
 */
export function estimateMisses({ read, missed }: { read: number; missed: number }): MissEstimate | null {
  if (read === 0) return null
  const rate = missed / read
  const scale = 1 + z ** 2 / read
  const middle = (rate + z ** 2 / (2 * read)) / scale
  const half = (z / scale) * Math.sqrt((rate * (1 - rate)) / read + z ** 2 / (4 * read ** 2))
  const low = missed === 0 ? 0 : middle - half
  const high = missed === read ? 1 : middle + half
  return { read, missed, rate, low, high }
}
