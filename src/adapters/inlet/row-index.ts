/** Where the rows of each attendance stand in a file: a few bytes a row, whatever their length. */
export class RowIndex {
  readonly #groups = new Map<string, number>()
  /** Of each group, in the order of the file: its line, its first row and its last. */
  readonly #lines: number[] = []
  readonly #first: number[] = []
  readonly #last: number[] = []
  /** Of each row: where it begins and ends, and the next of its group, or -1. */
  #starts = new Float64Array(1_024)
  #ends = new Float64Array(1_024)
  #next = new Int32Array(1_024)
  #rows = 0

  /** How many attendances there are. */
  get size(): number {
    return this.#lines.length
  }

  add(row: {
    readonly line: number
    readonly start: number
    readonly end: number
    readonly group: string | null
  }): void {
    const number = this.#append(row)
    const known = row.group === null ? undefined : this.#groups.get(row.group)
    if (known !== undefined) {
      this.#next[this.#last[known] ?? 0] = number
      this.#last[known] = number
      return
    }
    if (row.group !== null) this.#groups.set(row.group, this.size)
    this.#lines.push(row.line)
    this.#first.push(number)
    this.#last.push(number)
  }

  /** Each attendance with its line and the stretches of its rows. */
  *attendances(): Generator<{ readonly line: number; readonly rows: readonly Stretch[] }> {
    for (const [group, line] of this.#lines.entries()) {
      const rows: Stretch[] = []
      for (let row = this.#first[group] ?? -1; row >= 0; row = this.#next[row] ?? -1) {
        rows.push({ start: this.#starts[row] ?? 0, end: this.#ends[row] ?? 0 })
      }
      yield { line, rows }
    }
  }

  #append({ start, end }: Stretch): number {
    const number = this.#rows++
    if (number === this.#starts.length) this.#grow()
    this.#starts[number] = start
    this.#ends[number] = end
    this.#next[number] = -1
    return number
  }

  #grow(): void {
    const [starts, ends, next] = [this.#starts, this.#ends, this.#next]
    this.#starts = new Float64Array(2 * starts.length)
    this.#ends = new Float64Array(2 * starts.length)
    this.#next = new Int32Array(2 * starts.length)
    this.#starts.set(starts)
    this.#ends.set(ends)
    this.#next.set(next)
  }
}

/** Half-open offsets in the file. */
export interface Stretch {
  readonly start: number
  readonly end: number
}
