/** Choices that repeat: equal seeds choose alike on every machine. */
export interface Chance {
  /** From 0, below 1. */
  next(): number
  /** True with this probability. */
  happens(probability: number): boolean
  /** A whole number, both ends included. */
  between(from: number, to: number): number
  pick<Choice>(choices: readonly Choice[]): Choice
  pickWeighted<Choice>(choices: readonly (readonly [weight: number, choice: Choice])[]): Choice
}

/** `random` gives numbers from 0, below 1. */
export function makeChance(random: () => number): Chance {
  const between: Chance['between'] = (from, to) => from + Math.floor(random() * (to - from + 1))
  return {
    next: random,
    happens: probability => random() < probability,
    between,
    pick(choices) {
      const choice = choices[between(0, choices.length - 1)]
      if (choice === undefined) throw new Error('nothing to pick from')
      return choice
    },
    pickWeighted(choices) {
      let left = random() * choices.reduce((sum, [weight]) => sum + weight, 0)
      for (const [weight, choice] of choices) {
        left -= weight
        if (left < 0) return choice
      }
      throw new Error('nothing to pick from')
    },
  }
}

/** mulberry32: 32 bits of state, good enough to invent people with. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
