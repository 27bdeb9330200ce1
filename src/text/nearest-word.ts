/**
 * The allowed word that was probably meant, or null. At most a third of the letters may differ: "did you mean"
 * about a word that shares nothing would only puzzle.
 */
export function nearestWord(typed: string, allowed: readonly string[]): string | null {
  const word = typed.toLowerCase()
  let nearest: string | null = null
  let fewest = Math.max(2, Math.floor(word.length / 3)) + 1
  for (const other of allowed) {
    const edits = editsBetween(word.slice(0, 60), other)
    if (edits < fewest) [nearest, fewest] = [other, edits]
  }
  return nearest
}

/** Edits with a transposition as one (optimal string alignment). Words here are setting names: short and few. */
function editsBetween(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const change = a[row - 1] === b[column - 1] ? 0 : 1
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      current.push(
        Math.min(
          at(last, column) + 1,
          at(current, column - 1) + 1,
          at(last, column - 1) + change,
          swapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      )
    }
    ;[beforeLast, last] = [last, current]
  }
  return at(last, b.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY
}
