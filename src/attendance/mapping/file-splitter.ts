/** A message of a file, or a row of one. */
export interface FilePart {
  /** Line of the file on which it begins, from 1. */
  readonly line: number
  /** Half-open offsets in the file. */
  readonly start: number
  readonly end: number
  readonly bytes: Uint8Array
  /** Parts with the same group are one message; null for a message by itself. */
  readonly group: string | null
}

/** Cuts a file while it is read. */
export interface FileSplitter {
  /** The parts that are whole now. `isLast` says that no piece follows. */
  push(piece: Uint8Array, isLast: boolean): readonly FilePart[]
  /** Why the file cannot be cut; nothing is cut then. */
  readonly problem: string | null
  /** What stands before the rows of each message. */
  readonly header: Uint8Array
}

/** One attendance of a file, or a row that cannot be read, as bytes that can be read by themselves. */
export interface FileMessage {
  readonly line: number
  readonly bytes: Uint8Array
}

export type SplitFile = { readonly messages: readonly FileMessage[] } | { readonly problem: string }

const lineEnd = Buffer.from('\r\n')

/** A message of its parts. What needs no header is left as it came. */
export function messageOf(header: Uint8Array, parts: readonly Uint8Array[], hasRows: boolean): Uint8Array {
  return hasRows ? Buffer.concat([header, ...parts.flatMap(part => [part, lineEnd])]) : (parts[0] ?? header)
}
