import { Presets, SingleBar } from 'cli-progress'

/** How far a re-reading is, on stderr: so that the data on stdout stays data. */
export interface ReplayProgress {
  at(passed: number, read: number): void
  stop(): void
}

const lineEveryMs = 10_000

/**
 * One bar on a terminal, a line every ten seconds elsewhere, nothing with `quiet`. What is left is reckoned from
 * the offsets passed since the start: how fast the rest goes nobody knows before it is read.
 */
export function showReplay({ total, quiet }: { total: number; quiet: boolean }): ReplayProgress {
  if (quiet || total === 0) return { at: () => {}, stop: () => {} }
  const startedMs = performance.now()
  const pace = (passed: number) => {
    const seconds = Math.max((performance.now() - startedMs) / 1_000, 0.001)
    const rate = passed / seconds
    return { rate: Math.round(rate), left: rate === 0 ? 'not known yet' : timeWords((total - passed) / rate) }
  }
  return process.stderr.isTTY === true ? bar(total, pace) : lines(total, pace)
}

type Pace = (passed: number) => { readonly rate: number; readonly left: string }

function bar(total: number, pace: Pace): ReplayProgress {
  const shown = new SingleBar(
    {
      format: '{bar} {percentage}%  {read} messages read, {rate} a second, {left} left',
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  )
  shown.start(total, 0, { read: 0, ...pace(0) })
  return {
    at: (passed, read) => shown.update(passed, { read, ...pace(passed) }),
    stop: () => shown.stop(),
  }
}

function lines(total: number, pace: Pace): ReplayProgress {
  let nextAtMs = performance.now() + lineEveryMs
  return {
    at: (passed, read) => {
      if (performance.now() < nextAtMs) return
      nextAtMs += lineEveryMs
      const { rate, left } = pace(passed)
      const share = Math.floor((passed / total) * 100)
      process.stderr.write(`${share}%: ${read} messages read, ${rate} a second, ${left} left\n`)
    },
    stop: () => {},
  }
}

/** "40 seconds", "12 minutes", "3 hours" */
function timeWords(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} seconds`
  const minutes = seconds / 60
  return minutes < 90 ? `${Math.round(minutes)} minutes` : `${Math.round(minutes / 60)} hours`
}
