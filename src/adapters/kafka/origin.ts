/** Remembers what kafkajs itself threw. */
export interface Origin {
  blame(error: unknown): void
  passOn<Answer>(call: () => Promise<Answer>): Promise<Answer>
  isToBlame(error: unknown): boolean
}

export function makeOrigin(): Origin {
  const errors = new Set<unknown>()
  return {
    blame: error => errors.add(error),
    isToBlame: error => errors.has(error),
    async passOn(call) {
      try {
        return await call()
      } catch (error) {
        errors.add(error)
        throw error
      }
    },
  }
}
