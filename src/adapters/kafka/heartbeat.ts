/** Heartbeats that go on while a batch is worked on: kafkajs sends one only when asked. */
export interface Heart {
  /** Throws what the first failed heartbeat threw, unchanged: kafkajs reads it. */
  rethrow(): void
  stop(): void
}

export function beatEvery({
  intervalMs,
  beat,
  onFail,
}: {
  readonly intervalMs: number
  readonly beat: () => Promise<void>
  /** Called once, with the first failure; no heartbeat follows it. */
  readonly onFail: (error: unknown) => void
}): Heart {
  let failure: { readonly error: unknown } | null = null
  let timer = setTimeout(beatOnce, intervalMs)
  let isStopped = false

  function beatOnce(): void {
    beat().then(
      () => {
        if (!isStopped) timer = setTimeout(beatOnce, intervalMs)
      },
      (error: unknown) => {
        failure = { error }
        onFail(error)
      },
    )
  }

  return {
    rethrow() {
      if (failure !== null) throw failure.error
    },
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
