import { describe, expect, test } from 'vitest'
import { normalise, spanAsTyped } from '../../src/text/normalise.ts'
import { stopsAfter } from '../../src/text/sentences.ts'
import { stemOf } from '../../src/text/stem.ts'
import { tokenise, wordsOf } from '../../src/text/tokenise.ts'

describe('words', () => {
  test.each([
    ['digits part from letters', '50mg OD', ['50', 'mg', 'od']],
    ['marks part words', 'W/KNIFE&blade', ['w', 'knife', 'blade']],
    ['an apostrophe parts words', "pt's mum", ['pt', 's', 'mum']],
    ['an x behind a number multiplies', '2xOD 3X', ['2', 'x', 'od', '3', 'x']],
    ['an x elsewhere is a letter', 'xray x2', ['xray', 'x', '2']],
    ['letters beyond a to z are letters', 'нож knife', ['нож', 'knife']],
    ['nothing', ' .\n', []],
  ])('%s: %j', (_why, text, words) => {
    expect(wordsOf(text)).toEqual(words)
  })
})

describe('the plain form', () => {
  test.each([
    ['ASCII is its own', 'Knife', 'Knife'],
    ['accents', 'kníﬀe', 'kniffe'],
    ['full width', 'ＯＤ！', 'OD!'],
    ['curly quotes and dashes', '“self–harm” ’', '"self-harm" \''],
    ['soft hyphens, zero-width and direction marks are nothing', 'k\u00adn\u200bi\u202efe', 'knife'],
    ['a no-break space', 'over\u00a0dose', 'over dose'],
    ['line separators', 'a\u2028b', 'a\nb'],
  ])('%s: %j', (_why, typed, plain) => {
    expect(normalise(typed).text).toBe(plain)
  })

  test('leads back to the text as typed', () => {
    const note = normalise('😀 “k\u00adní\u0301fe” 𝐎𝐃')
    const start = note.text.indexOf('knife')
    const span = spanAsTyped(note, { start, end: start + 5 })
    expect(note.typed.slice(span.start, span.end)).toBe('k\u00adní\u0301fe')
    const bold = spanAsTyped(note, { start: note.text.indexOf('OD'), end: note.text.indexOf('OD') + 2 })
    expect(note.typed.slice(bold.start, bold.end)).toBe('𝐎𝐃')
  })
})

describe('what parts a word from the next', () => {
  test.each([
    ['a full stop ends the sentence', 'fell. Knife', { sentenceEnd: true, lineEnd: false, stop: true }],
    ['a full stop without a blank as well', 'fell.knife', { sentenceEnd: true, lineEnd: false, stop: true }],
    ['not inside an abbreviation', 'o.d', { sentenceEnd: false, lineEnd: false, stop: true }],
    ['not behind a shortened word', 'approx. 5', { sentenceEnd: false, lineEnd: false, stop: true }],
    ['not inside a number', '2.5', { sentenceEnd: false, lineEnd: false, stop: true }],
    ['a comma is a stop and no end', 'pain, knife', { sentenceEnd: false, lineEnd: false, stop: true }],
    ['a question ends', 'weapons? N', { sentenceEnd: true, lineEnd: false, stop: true }],
    ['a query asks about the next word', 'seen ?OD', { sentenceEnd: false, lineEnd: false, stop: true }],
    ['a line end is no sentence end', 'county\nlines', { sentenceEnd: false, lineEnd: true, stop: true }],
    ['a blank line is one', 'county\n\nlines', { sentenceEnd: true, lineEnd: true, stop: true }],
    ['so is a bullet', 'county\n- lines', { sentenceEnd: true, lineEnd: true, stop: true }],
    ['a bracket is nothing', 'OD (right', { sentenceEnd: false, lineEnd: false, stop: false }],
  ])('%s: %j', (_why, text, stops) => {
    expect(stopsAfter(tokenise(text), 0)).toEqual(stops)
  })
})

test('the stemmer is where natural keeps it', () => {
  expect(stemOf('stabbing')).toBe(stemOf('stabbed'))
})
