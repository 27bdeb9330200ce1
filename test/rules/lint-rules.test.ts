import { expect, test } from 'vitest'
import { lintRules } from '../../src/rules/lint-rules.ts'
import { parseRule } from '../../src/rules/parse-rule.ts'
import { makeKnownWords } from '../../src/text/known-words.ts'
import { sampleFile, sampleWith } from './sample-rule.ts'

const known = makeKnownWords([])

function doubts(...files: readonly { path: string; text: string }[]) {
  return lintRules(
    files.map(file => parseRule(file)),
    known,
  ).map(({ code, line, column, message }) => `${code} ${line}:${column} ${message}`)
}

test('the sample leaves no doubt', () => {
  expect(doubts(sampleFile)).toEqual([])
})

test.each([
  [
    'a term twice in one rule',
    'forms: [knives]',
    'forms: [knives, knives]',
    /^W041 10:21 `knives` stands twice: this rule/,
  ],
  [
    'a phrase that adds nothing',
    '[slashed, slashing], "*"',
    '[knife, knives], "*"',
    /^W042 12:13 .*`knife` alone is found/,
  ],
  [
    'an everyday word as a variant',
    'forms: [knives]',
    'forms: [knives]\n    variants: [line]',
    /^W043 11:16 `line`/,
  ],
  [
    'an ending forgotten',
    'word: knife\n    forms: [knives]',
    'word: dagger\n    forms: []',
    /^W044 9:11 .*`daggers`/,
  ],
  [
    'an ignore of its own term',
    '- before: [butter]',
    '- near: [cooking, Knife]',
    /^W045 20:21 .*the rule’s own term/,
  ],
  ['an ignore of everything', '- before: [butter]', '- near: [the]', /^W045 20:12 .*nearly every sentence/],
])('%s', (_reason, from, to, expected) => {
  expect(doubts(sampleWith(from, to))).toEqual([expect.stringMatching(expected)])
})

test('a term that two rules find is a doubt in the second, naming the first', () => {
  const other = {
    path: 'rules/other-rule.yaml',
    text: sampleFile.text.replace('id: weapon-blade', 'id: other-rule'),
  }
  expect(doubts(sampleFile, other)).toEqual([
    expect.stringContaining('`knife` stands twice: the rule weapon-blade finds it already'),
    expect.stringContaining('`knives` stands twice'),
  ])
})

test('a rule that is retired is not doubted', () => {
  expect(doubts(sampleFile, { ...sampleWith('status: live', 'status: retired') })).toEqual([])
})

test('one of the commonest words is a doubt only where no other meaning is ignored', () => {
  const common = sampleWith(
    'word: knife\n    forms: [knives]',
    'word: plug\n    forms: [plugs, plugged, plugging]',
  )
  const bare = { ...common, text: common.text.replace(/ignore:\n(?:[ ].*\n)*/, '') }
  expect(doubts(common)).toEqual([])
  expect(doubts(bare)).toEqual([expect.stringMatching(/^W043 9:11 `plug` is one of the commonest words/)])
})
