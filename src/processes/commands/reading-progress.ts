import { Presets, SingleBar } from 'cli-progress'

/** How far a long reading is: on stderr, so that the data on stdout stays data. */
export interface Reading {
  /**
   * `share` is the part of the file that has been read; null where its length is not known. `rows` are those read so
   * far; one more than before unless given.
   */
  step(share: number | null, rows?: number): void
  stop(): void
}

const lineEveryMs = 10_000

/** One bar on a terminal, a line every ten seconds elsewhere, nothing with `quiet`. */
export function showReading({ quiet }: { quiet: boolean }): Reading {
  if (quiet) return { step: () => {}, stop: () => {} }
  return process.stderr.isTTY === true ? bar() : lines()
}

function bar(): Reading {
  const shown = new SingleBar(
    {
      format: '{bar} {percentage}%  {rows} notes, {rate} a second, {eta_formatted} left',
      stream: process.stderr,
      clearOnComplete: true,
      etaBuffer: 100,
    },
    Presets.shades_classic,
  )
  const pace = startPace()
  shown.start(1_000, 0, pace.now())
  return {
    step: (share, read) => {
      pace.step(read)
      shown.update(Math.floor((share ?? 0) * 1_000), pace.now())
    },
    stop: () => shown.stop(),
  }
}

function lines(): Reading {
  const pace = startPace()
  let nextAtMs = performance.now() + lineEveryMs
  return {
    step: (share, read) => {
      pace.step(read)
      if (performance.now() < nextAtMs) return
      nextAtMs += lineEveryMs
      const { rows, rate } = pace.now()
      const part = share === null ? '' : `, ${Math.floor(share * 100)}% of the file`
      process.stderr.write(`${rows} notes read, ${rate} a second${part}\n`)
    },
    stop: () => {},
  }
}

function startPace() {
  const startedMs = performance.now()
  let rows = 0
  return {
    step: (read = rows + 1): void => {
      rows = read
    },
    now: () => ({ rows, rate: Math.round(rows / Math.max((performance.now() - startedMs) / 1_000, 0.001)) }),
  }
}
