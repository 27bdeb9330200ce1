/** One Ctrl-C arrives twice: the terminal signals the whole group, and npm and the launcher pass it on. */
const repeatsOfOnePressMs = 2_000

export interface Stopping {
  /** Aborted at the first SIGINT, SIGTERM or SIGHUP, or when the launcher is gone. */
  readonly signal: AbortSignal
  /** Resolves at the same moment. */
  readonly asked: Promise<void>
  [Symbol.dispose](): void
}

/** Listens for what asks a process to stop. A second press, later than its repeats, ends it at once. */
export function listenForStop(): Stopping {
  const controller = new AbortController()
  const { promise, resolve } = Promise.withResolvers<void>()
  let firstAt: number | null = null
  const onAsked = (): void => {
    const now = performance.now()
    firstAt ??= now
    if (now - firstAt > repeatsOfOnePressMs) process.exit(130)
    controller.abort()
    resolve()
  }
  // A launcher that was killed can pass no signal on: its end closes the channel it started us with.
  const events = ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const
  for (const event of events) process.on(event, onAsked)
  process.channel?.unref()
  return {
    signal: controller.signal,
    asked: promise,
    [Symbol.dispose]() {
      for (const event of events) process.off(event, onAsked)
    },
  }
}
