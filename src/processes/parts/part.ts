/** A part of a process, that runs until it is stopped. */
export interface Part extends AsyncDisposable {
  /** Where it listens, for people; null where it does not. */
  readonly url: string | null
  /** Rejects when the part cannot go on: the process must end, and be started again. */
  readonly failed: Promise<never>
}

/** For parts that answer their own failures. */
export const neverFails: Promise<never> = new Promise(() => {})
