import { createHash } from 'node:crypto'
import { openSplitter } from '../../attendance/mapping/decode-mapped.ts'
import { type FileMessage, messageOf } from '../../attendance/mapping/file-splitter.ts'
import type { Mapping } from '../../attendance/mapping/mapping.ts'
import type { FileBytes } from './file-bytes.ts'
import { RowIndex } from './row-index.ts'

/** A file that was looked through once. */
export interface LookedThrough {
  /** SHA-256 of its bytes, hex: its name for ever. */
  readonly hash: string
  /** Why it cannot be cut into messages; null where it can. */
  readonly problem: string | null
  /** Its messages, in the order of their first lines; `share` is how much of them is behind. */
  readonly messages: () => AsyncGenerator<FileMessage & { readonly share: number }>
}

/**
 * Looks a file through: what it is called, and where its rows stand. Where the rows of an attendance stand apart only
 * the places are kept. Rejects where the file changes between the two readings.
 */
export async function lookThrough(file: FileBytes, mapping: Mapping): Promise<LookedThrough> {
  const splitter = openSplitter(mapping)
  const sha = createHash('sha256')
  const index = mapping.rows === 'note' ? new RowIndex() : null
  let read = 0
  for await (const piece of file.pieces()) {
    sha.update(piece)
    read += piece.length
    if (file.tooLarge !== null) continue
    for (const part of splitter.push(piece, read === file.size)) index?.add(part)
  }
  const hash = sha.digest('hex')
  return {
    hash,
    problem: file.size === 0 ? 'the file is empty' : (file.tooLarge ?? splitter.problem),
    messages: () =>
      index === null ? messagesInOrder(file, { mapping, hash }) : messagesOf(file, splitter.header, index),
  }
}

async function* messagesInOrder(
  file: FileBytes,
  { mapping, hash }: { readonly mapping: Mapping; readonly hash: string },
): ReturnType<LookedThrough['messages']> {
  const splitter = openSplitter(mapping)
  const sha = createHash('sha256')
  let read = 0
  for await (const piece of file.pieces()) {
    sha.update(piece)
    read += piece.length
    for (const { line, bytes, end } of splitter.push(piece, read === file.size)) {
      yield {
        line,
        bytes: messageOf(splitter.header, [bytes], mapping.format === 'csv'),
        share: end / file.size,
      }
    }
  }
  if (sha.digest('hex') !== hash) throw new Error('the file changed while it was read')
}

async function* messagesOf(
  file: FileBytes,
  header: Uint8Array,
  index: RowIndex,
): ReturnType<LookedThrough['messages']> {
  let done = 0
  for (const { line, rows } of index.attendances()) {
    const parts: Uint8Array[] = []
    for (const { start, end } of rows) parts.push(await file.slice(start, end))
    done++
    yield { line, bytes: messageOf(header, parts, true), share: done / index.size }
  }
}
