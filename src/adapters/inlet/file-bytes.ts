import { type FileHandle, open } from 'node:fs/promises'
import { fromUtf16, utf16Of } from '../../attendance/csv/utf-16.ts'

/** Larger files are refused, and counted: a nightly extract of a trust has a few megabytes. */
export const fileBytesMax = 200 * 1024 * 1024
const pieceBytes = 1024 * 1024

/** A file that is read in pieces, so that its size costs no memory. */
export interface FileBytes {
  readonly size: number
  /** Why it is not read, though it is there; null where it is. */
  readonly tooLarge: string | null
  /** From its beginning to its end; may be asked for again. */
  pieces(): AsyncIterable<Uint8Array>
  slice(start: number, end: number): Promise<Uint8Array>
}

/** A file that is not empty. It is closed at the end of the scope. */
export async function openFile(
  path: string,
): Promise<(FileBytes & AsyncDisposable) | ({ readonly problem: string } & AsyncDisposable)> {
  await using opened = new AsyncDisposableStack()
  const handle = opened.use(await open(path))
  const { size } = await handle.stat()
  const file = size === 0 ? { problem: 'the file is empty' } : await bytesOf(handle, size)
  const kept = opened.move()
  return { ...file, [Symbol.asyncDispose]: () => kept.disposeAsync() }
}

async function bytesOf(handle: FileHandle, size: number): Promise<FileBytes> {
  if (size > fileBytesMax) {
    const tooLarge = `the file has ${size} bytes: at most ${fileBytesMax} are read`
    return { ...bytesOnDisk(handle, size), tooLarge }
  }
  const head = await readStretch(handle, { start: 0, end: Math.min(size, 4) })
  // The only files that are read whole: they are rare, and their letters must change before rows are cut.
  return utf16Of(head) === null ? bytesOnDisk(handle, size) : bytesInMemory(await handle.readFile())
}

/** Bytes that are there already, such as those of standard input. */
export function bytesInMemory(file: Uint8Array): FileBytes {
  const bytes = fromUtf16(file) ?? file
  return {
    size: bytes.length,
    tooLarge: null,
    async *pieces() {
      for (let start = 0; start < bytes.length; start += pieceBytes)
        yield bytes.subarray(start, start + pieceBytes)
    },
    slice: async (start, end) => bytes.subarray(start, end),
  }
}

function bytesOnDisk(handle: FileHandle, size: number): FileBytes {
  let window: { readonly start: number; readonly bytes: Uint8Array } = { start: 0, bytes: new Uint8Array(0) }
  return {
    size,
    tooLarge: null,
    async *pieces() {
      for (let start = 0; start < size; start += pieceBytes) {
        yield await readStretch(handle, { start, end: Math.min(size, start + pieceBytes) })
      }
    },
    /** Rows of one attendance stand together more often than not: what follows is read with it. */
    async slice(start, end) {
      if (start < window.start || end > window.start + window.bytes.length) {
        const bytes = await readStretch(handle, {
          start,
          end: Math.min(size, Math.max(end, start + pieceBytes / 16)),
        })
        window = { start, bytes }
      }
      return window.bytes.subarray(start - window.start, end - window.start)
    },
  }
}

/** A file that became shorter is another file: the caller begins again. */
async function readStretch(
  handle: FileHandle,
  { start, end }: { readonly start: number; readonly end: number },
): Promise<Buffer> {
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(end - start), 0, end - start, start)
  if (bytesRead !== end - start) throw new Error('the file changed while it was read')
  return buffer
}
