import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Rule } from '../../src/rules/rule.ts'
import { makeNoteReader } from '../../src/scan/note-reader.ts'
import { makeRule, makeTestRuleset, phrase, short, word } from './made-rules.ts'
import { findSlowly } from './oracle.ts'

const rules: readonly Rule[] = [
  makeRule({
    id: 'blade',
    match: [
      word('knife', { forms: ['knives', 'knifepoint'] }),
      word('stab', { forms: ['stabbed', 'stabbing'], variants: ['satb', 'stabd'] }),
      word('gun', { misspellings: 1, variants: ['gat'] }),
      word('machete', { misspellings: 2 }),
      word('self-harm', { forms: ['self-harming'] }),
      phrase([['slashed', 'cut'], '*', ['blade', 'sword']], 6),
    ],
  }),
  makeRule({
    id: 'overdose',
    match: [
      word('overdose', { forms: ['overdosed'], variants: ['overdoes', 'over dose'] }),
      word('intoxicated', { forms: ['intoxication'] }),
      short('OD'),
      short('DSH'),
      word('xanax', { forms: ['xans'] }),
    ],
  }),
  makeRule({
    id: 'lines',
    match: [
      phrase(['county', ['line', 'lines']]),
      phrase([['going', 'went'], 'country']),
      phrase(['not', 'safe', 'home'], 5),
      phrase([['run', 'ran'], 'off', '*', 'home', 'again'], 9),
    ],
  }),
]
const reader = makeNoteReader({ ruleset: makeTestRuleset(rules), rules })
const forms = rules.flatMap(({ match }) =>
  match.flatMap(entry =>
    entry.kind === 'word'
      ? [entry.word, ...entry.forms, ...entry.variants]
      : entry.kind === 'short'
        ? [entry.short]
        : entry.items.flatMap(item => (item === '*' ? [] : [...item])),
  ),
)

const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz')
const form = fc.constantFrom(...forms)
/** A form with up to three edits. */
const slip = fc
  .tuple(form, fc.array(fc.tuple(fc.nat(12), fc.nat(3), letter), { maxLength: 3 }))
  .map(([text, edits]) =>
    edits.reduce((before, [at, kind, put]) => {
      const [head, tail] = [before.slice(0, at), before.slice(at)]
      if (kind === 0) return head + tail.slice(1)
      if (kind === 1) return head + put + tail
      if (kind === 2) return head + put + tail.slice(1)
      return head + (tail[1] ?? '') + (tail[0] ?? '') + tail.slice(2)
    }, text),
  )
const plain = fc.constantFrom(
  'hand',
  'was',
  'the',
  'at',
  'stable',
  'forearm',
  'on',
  'dx',
  'x',
  'seen',
  'and',
  'cut',
  '5',
  '2x',
)
const piece = fc.oneof(
  { weight: 4, arbitrary: form },
  { weight: 4, arbitrary: slip },
  { weight: 3, arbitrary: plain },
  { weight: 1, arbitrary: fc.string({ unit: letter, maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
)
const glue = fc.constantFrom(
  ' ',
  ' ',
  ' ',
  ' ',
  '',
  '',
  '-',
  '-\n',
  '\n',
  '\r\n',
  '/',
  '. ',
  '.',
  ', ',
  '? ',
  ' ?',
  '; ',
  '-\n  ',
  '\n\n',
)
const note = fc
  .array(fc.tuple(piece, glue, fc.constantFrom('as typed', 'as typed', 'capitals')), { maxLength: 14 })
  .map(parts =>
    parts
      .map(([text, between, letters]) => (letters === 'capitals' ? text.toUpperCase() : text) + between)
      .join(''),
  )
const asciiNote = note.map(text => text.replace(/[^\0-\x7f]/g, ' '))

describe('the engine', () => {
  test('finds exactly what the slow and obvious reading finds', () => {
    fc.assert(
      fc.property(asciiNote, text => {
        const matches = reader.match(text)?.matches ?? []
        const found = matches.map(({ rule, span, edits }) => `${rule.id} ${span.start}-${span.end} ${edits}`)
        expect([...new Set(found)].sort()).toEqual(findSlowly(text, rules))
      }),
      { numRuns: 40_000 },
    )
  }, 300_000)
})
