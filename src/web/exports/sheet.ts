/** What stands in one cell: words, a whole number, an ISO day, or nothing yet, to be filled in by hand. */
export type Cell = string | number | { readonly day: string } | null

export interface Column {
  readonly head: string
  /** In characters. */
  readonly width: number
}

/** A list on its way out of Wren, before it becomes the bytes of a file. */
export interface Sheet {
  /** What the tab of a spreadsheet is called. */
  readonly tab: string
  /** How it is to be handled. */
  readonly marking: string
  /** What it is, for whom, and whether anything is missing: a line each, above the list. */
  readonly lines: readonly string[]
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
}

/** "3 of 12": a list that was cut short, or of which a row was left out, shows it. Files have no pages to count. */
export function numberRows(rows: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  return rows.map((row, index) => [`${index + 1} of ${rows.length}`, ...row])
}

export const numberColumn: Column = { head: 'Row', width: 9 }
