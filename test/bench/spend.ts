/** Processor time of this thread, in milliseconds. */
export function spendMs(work: () => unknown): number {
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}

/** Works through the next part of a list and answers the rate a second. */
export type Turns = (turn: number, turns: number) => number

/** Each turn takes its own part of the list, so nothing is read twice. */
export function turnsOf<Each>(list: readonly Each[], work: (each: Each) => unknown): Turns {
  return (turn, turns) => {
    const size = Math.max(1, Math.floor(list.length / turns))
    const part = list.slice(turn * size, (turn + 1) * size)
    const spent = spendMs(() => {
      for (const each of part) work(each)
    })
    return (part.length / spent) * 1000
  }
}

/**
 * All kinds in turn, round after round: a machine that slows down for a while slows them all, and the ratios stand.
 * Answers the rates of each kind, a round each.
 */
export function takeTurns<Kind extends string>(
  rounds: number,
  kinds: Readonly<Record<Kind, Turns>>,
): Readonly<Record<Kind, readonly number[]>> {
  const rates = Object.fromEntries(Object.keys(kinds).map(kind => [kind, []])) as unknown as Record<
    Kind,
    number[]
  >
  for (let round = 0; round < rounds; round++) {
    for (const kind of Object.keys(kinds) as Kind[]) rates[kind].push(kinds[kind](round, rounds))
  }
  return rates
}

/** The middle round. */
export function rateOf(rates: readonly number[]): number {
  return rates.toSorted((a, b) => a - b)[Math.floor(rates.length / 2)] ?? 0
}

/** The middle of the ratios of each round. */
export function ratioOf(rates: readonly number[], others: readonly number[]): number {
  return rateOf(rates.map((rate, round) => rate / (others[round] ?? Number.NaN)))
}
