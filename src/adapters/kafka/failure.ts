/** The first thing that went wrong beyond repair. Whoever runs the stream ends the process when it comes. */
export interface Failure {
  readonly error: Error | null
  /** Settles with the error; never rejects, and stays open as long as all is well. */
  readonly failed: Promise<Error>
  fail(error: Error): void
}

export function makeFailure(onFail: (error: Error) => void): Failure {
  const { promise, resolve } = Promise.withResolvers<Error>()
  let first: Error | null = null
  return {
    get error() {
      return first
    },
    failed: promise,
    fail(error) {
      if (first !== null) return
      first = error
      onFail(error)
      resolve(error)
    },
  }
}

/** Ends the stream at once: kafkajs reads `retriable`, and would otherwise run the same batch again. */
export class StreamFailed extends Error {
  readonly retriable = false

  constructor(cause: unknown) {
    super('the stream cannot go on: the process must end and start again', { cause })
  }
}
