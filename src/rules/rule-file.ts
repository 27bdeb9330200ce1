/** A file of the rules folder as it was read. Bytes that are not UTF-8 stand in the text as U+FFFD. */
export interface RuleFile {
  readonly path: string
  readonly text: string
}

/** Half-open UTF-16 offsets in a file's text. */
export type Place = readonly [start: number, end: number]

/** The file's name without folders, such as weapon-blade.yaml. */
export function nameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}
