import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Rule } from '../../src/rules/rule.ts'
import { makeNoteReader, type NoteReader } from '../../src/scan/note-reader.ts'
import { makeKnownWords } from '../../src/text/known-words.ts'
import { wordsOf } from '../../src/text/tokenise.ts'
import { shippedRuleset } from './shared-data.ts'

const ruleset = shippedRuleset()
const live = ruleset.rules.filter(({ status }) => status !== 'retired')
const reader = makeNoteReader({ ruleset, rules: live })
const english = makeKnownWords([])

interface Listed {
  readonly rule: Rule
  readonly text: string
  /** Variants are matched exactly. */
  readonly isVariant: boolean
  readonly misspellings: 'auto' | 0 | 1 | 2
}

const listed: readonly Listed[] = live.flatMap(rule =>
  rule.match.flatMap(entry =>
    entry.kind === 'word'
      ? [
          ...[entry.word, ...entry.forms].map(text => ({
            rule,
            text,
            isVariant: false,
            misspellings: entry.misspellings,
          })),
          ...entry.variants.map(text => ({ rule, text, isVariant: true, misspellings: entry.misspellings })),
        ]
      : [],
  ),
)
const single = listed.filter(({ text }) => wordsOf(text).length === 1 && /^[a-z]+$/i.test(text))

function isFound(of: NoteReader, text: string, rule: Rule): boolean {
  return (of.match(text)?.matches ?? []).some(match => match.rule === rule)
}

const settings = [
  ['as listed', (text: string) => text],
  ['in capitals', (text: string) => text.toUpperCase()],
  ['with a capital', (text: string) => text.charAt(0).toUpperCase() + text.slice(1)],
  ['in a sentence', (text: string) => `seen with ${text}, settled.`],
  ['between slashes', (text: string) => `w/${text}/home`],
  ['in brackets and quotes', (text: string) => `(“${text}”)`],
  ['behind a number', (text: string) => `2${text}`],
  ['behind a multiplier', (text: string) => `2x${text}`],
  ['joined by a full stop', (text: string) => `fell.${text}.dx`],
  ['with a query', (text: string) => `?${text}`],
] as const

describe('clean recall of the shipped rules', () => {
  test.each(settings)('every term, form and variant is found %s', (_how, put) => {
    const lost = listed.filter(({ text, rule }) => !isFound(reader, put(text), rule))
    expect(lost.map(({ rule, text }) => `${rule.id}: ${text}`)).toEqual([])
  })

  test('one-word terms are found split by a hyphen or a line break anywhere', () => {
    const lost = single.flatMap(({ rule, text }) =>
      Array.from({ length: text.length - 1 }, (_, at) => at + 1).flatMap(at =>
        ['-', '\n', '-\n', '-\r\n  ']
          .map(split => text.slice(0, at) + split + text.slice(at))
          .filter(note => !isFound(reader, note, rule)),
      ),
    )
    expect(lost).toEqual([])
  })

  test('one-word terms of three letters or more are found run on, where that is no word', () => {
    const lost = single
      .filter(({ text }) => text.length >= 3)
      .flatMap(({ rule, text }) =>
        [`${text}dx`, `on${text}`, `${text}wound`, `smoking${text}`]
          .filter(note => !reader.known.has(note.toLowerCase()))
          .filter(note => !isFound(reader, note, rule)),
      )
    expect(lost).toEqual([])
  })
})

describe('recall of misspelt terms', () => {
  const alphabet = [...'abcdefghijklmnopqrstuvwxyz']

  test('98 in 100 one-edit slips of each term of five letters and more, words apart, are found', () => {
    const fuzzy = single.filter(
      ({ text, isVariant, misspellings }) => !isVariant && text.length >= 5 && misspellings !== 0,
    )
    const short = fuzzy.flatMap(({ rule, text }) => {
      const slips = slipsOf(text.toLowerCase()).filter(slip => !english.has(slip))
      const found = slips.filter(slip => isFound(reader, slip, rule)).length
      return found / slips.length < 0.98 ? [`${rule.id} ${text}: ${found} of ${slips.length}`] : []
    })
    expect(fuzzy.length).toBeGreaterThan(100)
    expect(short).toEqual([])
  }, 300_000)

  function slipsOf(word: string): readonly string[] {
    const slips = Array.from({ length: word.length + 1 }, (_, at) => {
      const [head, tail] = [word.slice(0, at), word.slice(at)]
      return [
        ...alphabet.map(letter => head + letter + tail),
        ...(tail === ''
          ? []
          : [head + tail.slice(1), ...alphabet.map(letter => head + letter + tail.slice(1))]),
        ...(tail.length > 1 ? [head + tail[1] + tail[0] + tail.slice(2)] : []),
      ]
    })
    return [...new Set(slips.flat())].filter(slip => slip !== word)
  }
})

describe('any text', () => {
  const marks = fc.constantFrom(
    '\u00ad',
    '\u200b',
    '\ufeff',
    'é',
    'ﬁ',
    '１',
    '😀',
    '’',
    '\u00a0',
    'Ａ',
    '\u0301',
    'ß',
    '\ud800',
    '٣',
    '…',
    'ж',
  )
  const piece = fc.oneof(
    fc.constantFrom(...listed.map(({ text }) => text)),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.string({ unit: 'binary', maxLength: 4 }),
    marks,
    fc.constantFrom(' ', '\n', '-', '. ', 'no ', 'denies ', '? N', ': nil', 'mum was ', '/', ' but '),
  )
  const note = fc.array(piece, { maxLength: 24 }).map(pieces => pieces.join(''))

  test('is read without a fault, and every span indexes it as typed', () => {
    fc.assert(
      fc.property(note, text => {
        for (const { start, end, text: words } of reader.read(text, 0)) {
          expect(start).toBeGreaterThanOrEqual(0)
          expect(end).toBeGreaterThan(start)
          expect(text.slice(start, end)).toBe(words)
        }
      }),
      { numRuns: 25_000 },
    )
  }, 300_000)

  test('marks that are not read do not hide a term', () => {
    const unread = fc.constantFrom('\u00ad', '\u200b', '\u200d', '\ufeff', '\u0301', '\u2060')
    fc.assert(
      fc.property(fc.constantFrom(...single), fc.nat(20), unread, ({ rule, text }, at, mark) => {
        expect(isFound(reader, `x ${text.slice(0, at)}${mark}${text.slice(at)} y`, rule)).toBe(true)
      }),
      { numRuns: 5_000 },
    )
  })
})
