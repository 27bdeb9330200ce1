import { Presets, SingleBar } from 'cli-progress'

export interface Progress {
  at(done: number): void
  end(): void
}

const lineEveryMs = 10_000

/** Shows how far long work has come, on stderr: a bar on a terminal, otherwise a line every ten seconds. */
export function showProgress({ what, total }: { what: string; total: number }): Progress {
  return process.stderr.isTTY ? bar(what, total) : lines(what, total)
}

function bar(what: string, total: number): Progress {
  const shown = new SingleBar(
    { format: `${what} [{bar}] {value} of {total}`, stream: process.stderr, hideCursor: true },
    Presets.shades_classic,
  )
  shown.start(total, 0)
  return { at: done => shown.update(done), end: () => shown.stop() }
}

function lines(what: string, total: number): Progress {
  let last = performance.now()
  process.stderr.write(`${what}\n`)
  return {
    at(done) {
      if (performance.now() - last < lineEveryMs) return
      last = performance.now()
      process.stderr.write(`${what}: ${done} of ${total}\n`)
    },
    end: () => process.stderr.write(`${what}: done\n`),
  }
}
