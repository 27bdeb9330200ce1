/** Processor time of this thread, in milliseconds. */
export function spendMs(work: () => unknown): number {
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}

/**
 * Sustained rate, a second: the first half of the list warms up, the other is measured in five parts that were never
 * seen before, and the middle one counts.
 */
export function rateOf<Each>(list: readonly Each[], work: (each: Each) => unknown): number {
  const warm = Math.floor(list.length / 2)
  for (const each of list.slice(0, warm)) work(each)
  const part = Math.max(1, Math.floor((list.length - warm) / 5))
  const rates = Array.from({ length: 5 }, (_, index) =>
    list.slice(warm + index * part, warm + (index + 1) * part),
  )
    .filter(each => each.length > 0)
    .map(measured => (measured.length / spendMs(() => measured.forEach(each => void work(each)))) * 1000)
    .sort((a, b) => a - b)
  return rates[Math.floor(rates.length / 2)] ?? 0
}
