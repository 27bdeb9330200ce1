/** What a connection brought: a message, or the head of one that is too large to be kept whole. */
export type Frame =
  | { readonly kind: 'message'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large'; readonly head: Uint8Array; readonly size: number }

export interface FrameReader {
  /** The frames that these bytes complete, in order. */
  push(chunk: Uint8Array): readonly Frame[]
  /** A frame has begun and not ended. */
  isMidFrame(): boolean
  /** Bytes outside frames, so far: a sender that uses no frames is never answered, and somebody must know. */
  strayBytes(): number
}

const blockStart = 0x0b
const blockEnd = 0x1c
const carriageReturn = 0x0d
/** Room for the header, which an answer quotes. */
const headBytes = 4_096

/**
 * The minimal lower layer protocol of HL7, version 1:
 *
 *     frame = 0x0B message 0x1C 0x0D
 *
 * A stream of bytes has no frames of its own: several may come in a chunk, and one in many, also divided between its
 * last two bytes. Neither of the end bytes ends a frame alone, and 0x0B inside a message is a letter of it: word
 * processors write it for a new line. What stands between frames is passed over.
 */
export function makeFrameReader({ frameBytesMax }: { readonly frameBytesMax: number }): FrameReader {
  let parts: Uint8Array[] = []
  let size = 0
  let kept = 0
  let inFrame = false
  let mayEnd = false
  let stray = 0

  function keep(bytes: Uint8Array): void {
    size += bytes.length
    // Beyond the limit nothing more is kept than the head, however small its pieces came.
    if (size > frameBytesMax + 1 && kept >= headBytes) return
    kept += bytes.length
    parts.push(bytes)
  }

  function finish(): Frame {
    const length = size - 1 // without the block end
    const whole = Buffer.concat(parts)
    const frame: Frame =
      length > frameBytesMax
        ? { kind: 'too-large', head: whole.subarray(0, headBytes), size: length }
        : { kind: 'message', bytes: whole.subarray(0, length) }
    parts = []
    size = 0
    kept = 0
    inFrame = false
    mayEnd = false
    return frame
  }

  return {
    isMidFrame: () => inFrame,
    strayBytes: () => stray,
    push(chunk) {
      const frames: Frame[] = []
      let at = 0
      while (at < chunk.length) {
        if (!inFrame) {
          const start = chunk.indexOf(blockStart, at)
          stray += (start < 0 ? chunk.length : start) - at
          if (start < 0) break
          inFrame = true
          at = start + 1
          continue
        }
        if (mayEnd && chunk[at] === carriageReturn) {
          frames.push(finish())
          at++
          continue
        }
        const end = chunk.indexOf(blockEnd, at)
        const upTo = end < 0 ? chunk.length : end + 1
        keep(chunk.subarray(at, upTo))
        mayEnd = end >= 0
        at = upTo
      }
      return frames
    },
  }
}
