import { describe, expect, test } from 'vitest'
import { textSegment } from '../../world/make-hl7v2.ts'
import { read } from './decoding.ts'

describe('escapes', () => {
  test.each([
    ['the delimiters', String.raw`a\F\b\S\c\T\d\R\e\E\f`, 'a|b^c&d~e\\f'],
    ['once only', String.raw`\E\F\E\ `.trim(), '\\F\\'],
    ['once only, before what looks like hex', String.raw`\E\X41\E\ `.trim(), '\\X41\\'],
    ['highlighting joins nothing', String.raw`\H\Safeguarding\N\ concern`, 'Safeguarding concern'],
    ['highlighting splits nothing', String.raw`kn\H\if\N\e`, 'knife'],
    ['a new line', String.raw`No\.br\knife`, 'No\nknife'],
    ['a new line in capitals', String.raw`No\.BR\knife`, 'No\nknife'],
    ['lines skipped', String.raw`No\.sp2\knife\.ce\seen`, 'No\nknife\nseen'],
    ['indents', String.raw`No\.in+4\knife\.ti4\seen\.sk3\here`, 'No knife seen here'],
    ['fill and no fill', String.raw`\.fi\No \.nf\knife`, 'No knife'],
    ['bytes', String.raw`caf\XE9\ `.trim(), 'café'],
    ['bytes of a letter in two sequences', String.raw`Zo\XC3\\XAB\ `.trim(), 'Zoë'],
    ['new lines as bytes', String.raw`No\X0D0A\knife`, 'No\r\nknife'],
    ['a NUL as a byte stays as it was', String.raw`No\X00\knife`, String.raw`No\X00\knife`],
    ['a local sequence stays', String.raw`No\Zcolour\knife`, String.raw`No\Zcolour\knife`],
    ['an unknown sequence stays', String.raw`No\Q\knife`, String.raw`No\Q\knife`],
    ['a stray backslash stays', String.raw`c\o knife`, String.raw`c\o knife`],
    ['a sequence after a stray backslash is read', String.raw`c\o\.br\knife`, 'c\\o\nknife'],
    ['a backslash at the end stays', 'knife\\', 'knife\\'],
  ])('%s', (_reason, written, words) => {
    expect(read({ more: [textSegment(written)] }).notes[0]?.words).toBe(words)
  })
})
