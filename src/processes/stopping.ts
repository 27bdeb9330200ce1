/** One Ctrl-C arrives twice: the terminal signals the whole group, and npm and the launcher pass it on. */
const repeatsOfOnePressMs = 2_000

export interface Stopping {
  /** Resolves at the first SIGINT, SIGTERM or SIGHUP. */
  readonly asked: Promise<NodeJS.Signals>
  [Symbol.dispose](): void
}

/** Listens for the signals that ask a process to stop. A second press, later than its repeats, ends it at once. */
export function listenForStop(): Stopping {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>()
  let firstAt: number | null = null
  const onSignal = (signal: NodeJS.Signals): void => {
    const now = performance.now()
    firstAt ??= now
    if (now - firstAt > repeatsOfOnePressMs) process.exit(130)
    resolve(signal)
  }
  for (const signal of signals) process.on(signal, onSignal)
  return {
    asked: promise,
    [Symbol.dispose]() {
      for (const signal of signals) process.off(signal, onSignal)
    },
  }
}
