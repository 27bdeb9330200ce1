import { setTimeout as sleep } from 'node:timers/promises'
import type { Assignment } from './assignment.ts'
import type { KafkaLog } from './connection.ts'
import type { Failure } from './failure.ts'
import type { Place } from './stream-hooks.ts'

/** Where to read a partition from; `halt` where that cannot be said without passing over something. */
export type Start =
  | { readonly kind: 'from'; readonly offset: string }
  | { readonly kind: 'halt'; readonly error: Error }

/** Rejects while whoever knows does not answer; it is then asked again. */
export type StartOf = (place: Place) => Promise<Start>

/** Finds for each partition where to read on. */
export interface Starts {
  find(place: Place): void
  /** Settles when the partition may be read: what was fetched from elsewhere is stale from then on. */
  found(place: Place): Promise<void>
  forget(): void
}

/** Between two questions while nobody answers. */
const retryMs = 1_000

export function makeStarts({
  startOf,
  seek,
  assignment,
  failure,
  log,
}: {
  readonly startOf: StartOf | undefined
  readonly seek: (to: Place & { readonly offset: string }) => void
  readonly assignment: Assignment
  readonly failure: Failure
  readonly log: KafkaLog
}): Starts {
  const starts = new Map<string, Promise<void>>()

  async function seekStart(place: Place, ask: StartOf): Promise<void> {
    const mine = assignment.current
    const isOurs = (): boolean => assignment.current === mine && failure.error === null
    while (isOurs()) {
      const start = await ask(place).catch((error: unknown) => {
        log.warn({ err: error, ...place }, 'where to read on is not known yet; it is asked again')
        return null
      })
      if (!isOurs()) return
      if (start?.kind === 'halt') return failure.fail(start.error)
      if (start !== null) return seek({ ...place, offset: start.offset })
      await sleep(retryMs)
    }
  }

  return {
    find(place) {
      if (startOf !== undefined) starts.set(nameOf(place), seekStart(place, startOf))
    },
    found: async place => starts.get(nameOf(place)),
    forget: () => starts.clear(),
  }
}

function nameOf({ topic, partition }: Place): string {
  return `${topic}/${partition}`
}
