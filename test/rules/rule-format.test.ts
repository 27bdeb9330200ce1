import { describe, expect, test } from 'vitest'
import { parseRuleset } from '../../src/rules/parse-ruleset.ts'
import { makeNoteReader } from '../../src/scan/note-reader.ts'
import { sampleCues } from './sample-rule.ts'

/** What docs/rule-format.md promises of a `match` entry, word for word through the parser and the scan. */
function textsFound(match: string, note: string, rest = ''): string[] {
  const text = `wren: 1
id: made-rule
name: Made rule
why: Made to see what the format promises, and nothing else.
status: live
theme: other
priority: low
match:
  - ${match}
${rest}examples:
  match: [one, two]
  no_match: [one, two]
`
  const { ruleset, problems } = parseRuleset([{ path: 'rules/made-rule.yaml', text }, sampleCues])
  if (ruleset === null) throw new Error(JSON.stringify(problems))
  return makeNoteReader({ ruleset, rules: ruleset.rules })
    .read(note, 0)
    .map(each => (each.standing === 'set-aside' ? `(${each.text})` : each.text))
}

describe('words', () => {
  test.each([
    ['in any case', '{word: machete}', 'MACHETE seen', ['MACHETE']],
    ['two letters swapped are one edit', '{word: knife}', 'kinfe', ['kinfe']],
    ['four letters are never fuzzy', '{word: gang}', 'gank', []],
    ['a form is as good as the word', '{word: knife, forms: [knives]}', 'two knvies', ['knvies']],
    ['an ending that is not written is not found', '{word: trafficking, misspellings: 0}', 'trafficked', []],
    [
      'a variant may hold a space',
      '{word: overdose, variants: [over dose]}',
      'took over dose',
      ['over dose'],
    ],
    ['a known word is no misspelling', '{word: stabbed}', 'stable, started', []],
    ['glued to what stands before', '{word: knife}', 'ONKNIFE', ['KNIFE']],
    ['a slash parts words', '{word: knife}', 'W/KNIFE', ['KNIFE']],
    ['cut in two at a line end', '{word: overdose}', 'over-\ndose', ['over-\ndose']],
    ['a number is a word', '{word: "999", misspellings: 0}', 'rang 999 at 0200', ['999']],
  ])('%s', (_reason, match, note, expected) => {
    expect(textsFound(match, note)).toEqual(expected)
  })
})

describe('phrases', () => {
  test.each([
    ['side by side', '{phrase: [county, [line, lines]]}', 'County  lines', ['County  lines']],
    ['joined', '{phrase: [county, [line, lines]]}', 'countylines', ['countylines']],
    ['not with a word between', '{phrase: [county, lines]}', 'county bus lines', []],
    ['with a gap', '{phrase: [took, "*", box]}', 'took a whole box', ['took a whole box']],
    ['within so many words', '{phrase: [took, "*", box], within: 3}', 'took a very full box', []],
    ['not over a sentence end', '{phrase: [took, "*", box]}', 'took it. Empty box', []],
    ['over a line end', '{phrase: [took, box]}', 'took\nbox', ['took\nbox']],
    [
      'a number among its words',
      '{phrase: [took, "*", ["16", "20"], tablets]}',
      'took 16tablets',
      ['took 16tablets'],
    ],
    ['of numbers alone', '{phrase: ["24", "7"]}', 'carer 24/7', ['24/7']],
  ])('%s', (_reason, match, note, expected) => {
    expect(textsFound(match, note)).toEqual(expected)
  })
})

describe('abbreviations', () => {
  test.each([
    ['as written', 'OD last night', ['OD']],
    ['not in small letters', 'od last night', []],
    ['with a question', '?OD', ['OD']],
    ['guarded before', '5mg OD', ['(OD)']],
    ['guarded after', 'OD both eyes', ['(OD)']],
    ['a stop ends the guard', '5mg, OD of tablets', ['OD']],
  ])('%s', (_reason, note, expected) => {
    expect(textsFound('{short: OD, unless_before: [mg], unless_after: [eyes]}', note)).toEqual(expected)
  })
})

describe('ignore', () => {
  const rest = `ignore:
  - before: [butter]
    unless_near: [threatened]
    because: Table knife wording
  - near: [peeling, washing up]
    because: Kitchen wording
`
  test.each([
    ['before, touching', 'butter knife', ['(knife)']],
    ['not over a stop', 'ate butter. knife wound', ['knife']],
    ['not with a word between', 'butter and knife', ['knife']],
    ['unless another word is anywhere in the note', 'butter knife. Later: threatened', ['knife']],
    ['near, in the same sentence', 'peeling carrots with knife', ['(knife)']],
    ['not in another sentence', 'was peeling. Knife in bag', ['Knife']],
    ['near, of two words', 'knife while washing up', ['(knife)']],
    ['one mention and not the note', 'butter knife. Then another knife', ['(knife)', 'knife']],
  ])('%s', (_reason, note, expected) => {
    expect(textsFound('{word: knife}', note, rest)).toEqual(expected)
  })
})
