import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Frame, makeFrameReader } from '../../../src/adapters/inlet/mllp-frames.ts'

const options = { frameBytesMax: 1_000 }

describe('frames', () => {
  test.each([
    ['one', ['\x0bone\x1c\r'], ['one']],
    ['two in a chunk', ['\x0bone\x1c\r\x0btwo\x1c\r'], ['one', 'two']],
    ['one over chunks', ['\x0bo', 'n', 'e\x1c\r'], ['one']],
    ['one divided between its end bytes', ['\x0bone\x1c', '\r'], ['one']],
    ['one divided before its end', ['\x0bone', '\x1c\r'], ['one']],
    ['one divided after its start', ['\x0b', 'one\x1c\r'], ['one']],
    ['stray bytes between', ['??\x0bone\x1c\r\r\n \x0btwo\x1c\r??'], ['one', 'two']],
    ['a block end that is none', ['\x0bo\x1cne\x1c\r'], ['o\x1cne']],
    ['a block end that is none, at the end of a chunk', ['\x0bo\x1c', 'ne\x1c\r'], ['o\x1cne']],
    ['two block ends', ['\x0bone\x1c', '\x1c\r'], ['one\x1c']],
    ['a new line of a word processor', ['\x0bon\x0be\x1c\r'], ['on\x0be']],
    ['an empty one', ['\x0b\x1c\r'], ['']],
    ['none', ['MSH|^~\\&|\r'], []],
    ['one that does not end', ['\x0bone'], []],
  ])('%s', (_what, chunks, messages) => {
    expect(textOf(readAll(chunks.map(chunk => Buffer.from(chunk, 'latin1'))))).toEqual(messages)
  })

  test('are the same however the stream is cut', () => {
    const byte = fc.constantFrom(0x0b, 0x1c, 0x0d, 0x4d, 0x41)
    fc.assert(
      fc.property(
        fc.array(byte, { maxLength: 60 }),
        fc.array(fc.nat(60), { maxLength: 10 }),
        (bytes, cuts) => {
          const stream = Buffer.from(bytes)
          const places = [0, ...cuts.filter(cut => cut <= stream.length), stream.length].toSorted(
            (a, b) => a - b,
          )
          const chunks = places.slice(1).map((place, index) => stream.subarray(places[index], place))
          expect(readAll(chunks)).toEqual(readAll([stream]))
        },
      ),
    )
  })

  test('of any messages come out as they went in', () => {
    const message = fc.string({ maxLength: 40 }).filter(text => !text.includes('\x1c'))
    fc.assert(
      fc.property(fc.array(message, { maxLength: 5 }), messages => {
        const stream = messages.map(each => `\x0b${each}\x1c\r`).join('')
        expect(textOf(readAll([Buffer.from(stream)]))).toEqual(messages)
      }),
    )
  })
})

describe('a frame that is too large', () => {
  test.each([1, 7, 100, 100_000])('keeps its head and its size, read in pieces of %i bytes', piece => {
    const stream = Buffer.from(`\x0bMSH${'x'.repeat(99_997)}\x1c\r\x0bnext\x1c\r`)
    const chunks = Array.from({ length: Math.ceil(stream.length / piece) }, (_, index) =>
      stream.subarray(index * piece, (index + 1) * piece),
    )
    const [large, next] = readAll(chunks)
    expect(large).toMatchObject({ kind: 'too-large', size: 100_000 })
    expect(large?.kind === 'too-large' && Buffer.from(large.head).toString().slice(0, 5)).toBe('MSHxx')
    expect(next?.kind === 'message' && Buffer.from(next.bytes).toString()).toBe('next')
  })

  test.each([
    [1_000, 'message'],
    [1_001, 'too-large'],
  ])('has more than the limit: %i bytes are a %s', (length, kind) => {
    expect(readAll([Buffer.from(`\x0b${'x'.repeat(length)}\x1c\r`)])[0]?.kind).toBe(kind)
  })
})

function readAll(chunks: readonly Uint8Array[]): readonly Frame[] {
  const reader = makeFrameReader(options)
  return chunks.flatMap(chunk => reader.push(chunk))
}

function textOf(frames: readonly Frame[]): readonly string[] {
  return frames.map(frame =>
    frame.kind === 'message' ? Buffer.from(frame.bytes).toString('utf8') : frame.kind,
  )
}
