import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lintRules } from '../../src/rules/lint-rules.ts'
import { parseRuleset } from '../../src/rules/parse-ruleset.ts'
import { parseWordLists } from '../../src/rules/parse-word-lists.ts'
import { showProblem } from '../../src/rules/show-problem.ts'
import { makeKnownWords } from '../../src/text/known-words.ts'
import { sampleCues, sampleFile, sampleWith } from './sample-rule.ts'

const path = 'rules/word-lists.yaml'
const text = `wren: 1
lists:
  violence:
    why: One of these makes a harmless wording serious.
    words: [threatened, police, set on]
`
const unlessNear = (words: string) => sampleWith('unless_near: [threatened]', `unless_near: ${words}`)
const folder = (rule: { path: string; text: string }, lists = text) =>
  parseRuleset([rule, sampleCues, { path, text: lists }])

describe('an ignore that names a list', () => {
  test('has the words of the list, in their place', () => {
    const { ruleset, problems } = folder(unlessNear('[school, {list: violence}, wrist]'))
    expect(problems).toEqual([])
    expect(ruleset?.rules[0]?.ignore[0]?.unlessNear).toEqual([
      'school',
      'threatened',
      'police',
      'set on',
      'wrist',
    ])
  })

  test('is the same ruleset as with the words written out, and another one when the list changes', () => {
    const named = folder(unlessNear('[{list: violence}]'))
    const written = parseRuleset([unlessNear('[threatened, police, set on]'), sampleCues])
    const changed = folder(unlessNear('[{list: violence}]'), text.replace('police', 'gang'))
    expect(named.ruleset?.version).toBe(written.ruleset?.version)
    expect(changed.ruleset?.version).not.toBe(written.ruleset?.version)
  })

  test.each(['before', 'after', 'near'])('may name it in `%s`', kind => {
    const { ruleset } = folder(sampleWith('before: [butter]', `${kind}: [{list: violence}]`))
    expect(ruleset?.rules[0]?.ignore[0]).toMatchObject({ [kind]: ['threatened', 'police', 'set on'] })
  })

  test('cannot wave air guns away by a list either', () => {
    const { problems } = folder(
      sampleWith('before: [butter]', 'before: [{list: violence}]'),
      text.replace('police', 'BB'),
    )
    expect(problems.map(({ code }) => code)).toEqual(['W025'])
  })

  test('points a doubt at the word behind the list', () => {
    const rule = sampleWith('before: [butter]', 'near: [{list: violence}, cooking, the]')
    const { rules } = folder(rule)
    expect(lintRules(rules, makeKnownWords([]))).toMatchObject([{ code: 'W045', line: 20, column: 39 }])
  })
})

describe('what can go wrong', () => {
  test('a name that no list has is an error that says what was probably meant', () => {
    const rule = unlessNear('[{list: violance}, wrist]')
    const { ruleset, problems } = folder(rule)
    expect(ruleset).toBeNull()
    expect(problems.map(problem => showProblem(problem, rule.text))).toEqual([
      [
        'error[W028]: no word list is called `violance`',
        '  --> rules/weapon-blade.yaml:21:26',
        '   |',
        '21 |     unless_near: [{list: violance}, wrist]',
        '   |                          ^^^^^^^^ did you mean `violence`?',
        '   = help: word-lists.yaml holds: violence',
      ].join('\n'),
    ])
  })

  test('a list in a folder without lists is an error that says where lists stand', () => {
    const { problems } = parseRuleset([unlessNear('[{list: violence}]'), sampleCues])
    expect(problems).toMatchObject([{ code: 'W028', help: expect.stringContaining('word-lists.yaml') }])
  })

  test('a list that no rule names is a warning under its name', () => {
    const { ruleset, problems } = folder(sampleFile)
    expect(ruleset).not.toBeNull()
    expect(problems).toMatchObject([{ code: 'W029', severity: 'warning', file: path, line: 3, column: 3 }])
  })

  test('a broken file of lists is told once, and not again at each rule that names one', () => {
    const { ruleset, problems } = folder(unlessNear('[{list: violence}]'), text.replace('words', 'wrods'))
    expect(ruleset).toBeNull()
    expect(new Set(problems.map(({ file }) => file))).toEqual(new Set([path]))
  })

  test.each([
    ['W006', 'another format', 'wren: 1', 'wren: 2'],
    ['W010', 'no lists', /lists:[\s\S]*/, ''],
    ['W010', 'a list without a reason', / {4}why.*\n/, ''],
    ['W010', 'a list without words', / {4}words.*\n/, ''],
    ['W011', 'a reason that says nothing', /why: .*/, 'why: Bad'],
    ['W012', 'an unknown setting', 'words:', 'words: [a]\n    word:'],
    ['W015', 'a list in a list', 'police', '{list: violence}'],
    ['W015', 'a lone word', /words: .*/, 'words: police'],
    ['W019', 'no word at all', /words: .*/, 'words: []'],
  ])('%s: %s', (code, _reason, from, to) => {
    expect(parseWordLists({ path, text: text.replace(from, to) }).problems.map(each => each.code)).toEqual([
      code,
    ])
  })

  test.each([
    ['W010', 'an entry without a name', '[{}]'],
    ['W012', 'a misspelt setting', '[{list: violence, lst: x}]'],
    ['W015', 'a number for a name', '[{list: 3}]'],
  ])('%s: %s', (code, _reason, words) => {
    expect(folder(unlessNear(words)).problems.map(each => each.code)).toContain(code)
  })
})

test('whatever the text of the lists, there is an answer', () => {
  const pieces = text.split(/(?<=[\n:\-[\]{}" ])/)
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces, '- ', '{', '&a ', '\t'), { maxLength: 50 }), parts => {
      const { lists, problems } = parseWordLists({ path, text: parts.join('') })
      expect(lists === null).toBe(problems.some(({ severity }) => severity === 'error'))
    }),
    { numRuns: 200 },
  )
})
