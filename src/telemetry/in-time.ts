/** Prometheus gives up after 10 s by default: the process's own metrics must be out before. */
const collectTimeoutMs = 5_000

export async function inTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => reject(new Error(`the database did not answer the metrics within ${collectTimeoutMs} ms`)),
    collectTimeoutMs,
  )
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
