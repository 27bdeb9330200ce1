import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createInterface } from 'node:readline'

/** A line of a file with the share of the file read so far; null where the length is not known (stdin). */
export interface LineRead {
  readonly text: string
  /** From 1. */
  readonly number: number
  readonly share: number | null
}

/** The file cannot be opened. The message is for the person who named it. */
export class InputError extends Error {
  override readonly name = 'InputError'
}

/** The lines of a file, or of stdin for "-". Blank lines are passed over. */
export async function* readLines(path: string): AsyncGenerator<LineRead> {
  const size = path === '-' ? null : await sizeOf(path)
  const stream = path === '-' ? process.stdin : createReadStream(path)
  let bytes = 0
  stream.on('data', chunk => {
    bytes += chunk.length
  })
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })
  let number = 0
  for await (const text of lines) {
    number++
    if (text.trim() !== '') yield { text, number, share: size === null ? null : Math.min(bytes / size, 1) }
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    const found = await stat(path)
    if (found.isFile() || found.isFIFO()) return Math.max(found.size, 1)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw new InputError(`${path} cannot be read (${code}): name a file, or - for stdin`, { cause })
  }
  throw new InputError(`${path} is not a file: name a file, or - for stdin`)
}
