import { messageBytesMax } from '../decode-json.ts'
import type { FilePart, FileSplitter } from './file-splitter.ts'

const lineFeed = 0x0a
const brackets = { open: 0x5b, close: 0x7d }

/**
 * Cuts a file of JSON into messages: one object a line (NDJSON), or else one object laid out over many lines. A
 * list is refused: its elements would have no bytes of their own to keep.
 */
export class JsonSplitter implements FileSplitter {
  problem: string | null = null
  readonly header = new Uint8Array(0)
  #rest: Buffer = Buffer.alloc(0)
  #start = 0
  #line = 1
  /** Null until the first line tells. */
  #isLines: boolean | null = null

  push(piece: Uint8Array, isLast: boolean): readonly FilePart[] {
    if (this.problem !== null) return []
    this.#rest = this.#rest.length === 0 ? Buffer.from(piece) : Buffer.concat([this.#rest, piece])
    const parts: FilePart[] = []
    while (this.#isLines !== false) {
      const found = this.#rest.indexOf(lineFeed)
      const end = found >= 0 ? found : isLast ? this.#rest.length : -1
      if (end < 0 || this.#rest.length === 0) break
      if (!this.#readLine(end, parts)) break
    }
    if (isLast) this.#end(parts)
    else if (this.#rest.length > 2 * messageBytesMax) this.#refuseLong()
    return this.problem === null ? parts : []
  }

  /** False where the first line shows that the file is one object. */
  #readLine(end: number, parts: FilePart[]): boolean {
    const bytes = this.#rest.subarray(0, end)
    if (bytes.some(byte => byte > 0x20)) {
      this.#isLines ??= this.#tellLines(bytes)
      if (!this.#isLines) return false
      parts.push(this.#part(bytes))
    }
    this.#start += Math.min(end + 1, this.#rest.length)
    this.#line++
    this.#rest = this.#rest.subarray(end + 1)
    return true
  }

  /** A first line that ends with its object is the first of many; one that does not is the start of a layout. */
  #tellLines(first: Uint8Array): boolean {
    if (first.find(byte => byte > 0x20 && byte < 0x80) === brackets.open) {
      this.problem = 'the file is a list [ … ]: write one object a line, without commas between'
    }
    return this.problem === null && first.findLast(byte => byte > 0x20) === brackets.close
  }

  #end(parts: FilePart[]): void {
    if (this.#isLines === null) this.problem ??= 'the file is empty'
    else if (!this.#isLines) parts.push(this.#part(this.#rest))
  }

  #part(bytes: Uint8Array): FilePart {
    return { line: this.#line, start: this.#start, end: this.#start + bytes.length, bytes, group: null }
  }

  #refuseLong(): void {
    this.problem = `line ${this.#line} is longer than ${2 * messageBytesMax} bytes: write one object a line`
  }
}
