/**
 * Which entries may lie within one or two edits of a word, without comparing it to all of them.
 *
 * Two words within k edits become the same when at most k letters are deleted from each: a letter left out or put
 * in is one deletion on one side, a changed letter or a swap of neighbours one on both. So entries are filed under
 * everything they become by deletion, and a word asks under everything it becomes. Nothing is missed; what comes
 * too often is sent away by the exact distance.
 */
export interface DeletionIndex<Entry> {
  near(word: string): readonly Entry[]
}

interface Filed<Entry> {
  readonly word: string
  readonly edits: 0 | 1 | 2
  readonly entry: Entry
}

export function makeDeletionIndex<Entry>(filed: readonly Filed<Entry>[]): DeletionIndex<Entry> {
  const byRest = new Map<string, Set<Entry>>()
  for (const { word, edits, entry } of filed) {
    if (edits === 0) continue
    for (const rest of restsOf(word, edits)) {
      const entries = byRest.get(rest)
      if (entries === undefined) byRest.set(rest, new Set([entry]))
      else entries.add(entry)
    }
  }
  const longest = Math.max(0, ...filed.map(({ word, edits }) => word.length + edits))
  return {
    near: word => {
      if (word.length > longest) return []
      const found = new Set<Entry>()
      for (const rest of restsOf(word, 2)) for (const entry of byRest.get(rest) ?? []) found.add(entry)
      return [...found]
    },
  }
}

/** The word and what is left of it after up to `deletions` letters are taken out. */
export function restsOf(word: string, deletions: number): ReadonlySet<string> {
  const rests = new Set([word])
  let last = [word]
  for (let round = 0; round < deletions; round++) {
    last = last.flatMap(each => Array.from(each, (_, at) => each.slice(0, at) + each.slice(at + 1)))
    for (const rest of last) rests.add(rest)
  }
  return rests
}
