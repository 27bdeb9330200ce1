import { describe, expect, test } from 'vitest'
import { parseRuleset } from '../../src/rules/parse-ruleset.ts'
import { sampleCues, sampleFile, sampleRule } from './sample-rule.ts'

const codesOf = (files: Parameters<typeof parseRuleset>[0]) =>
  parseRuleset(files).problems.map(problem => problem.code)

test('a folder of rules, cues and known words is one ruleset', () => {
  const { ruleset, problems } = parseRuleset([
    sampleFile,
    sampleCues,
    { path: 'rules/known-words.txt', text: '# surnames\nGunn\n\nstabile # a word\n' },
  ])
  expect(problems).toEqual([])
  expect(ruleset?.rules.map(rule => rule.id)).toEqual(['weapon-blade'])
  expect(ruleset?.knownWords).toEqual(['gunn', 'stabile'])
  expect(ruleset?.cues).toEqual({
    cues: [
      {
        kind: 'absent',
        say: ['no evidence of', 'no'],
        direction: 'forward',
        reach: 3,
        until: [',', '/'],
        alone: false,
      },
      { kind: 'absent', say: ['? n', ': no'], direction: 'backward', reach: 6, until: [], alone: true },
    ],
    terminators: ['but', '+'],
    said: [],
    pseudo: ['no doubt'],
  })
})

test('the order of files does not change the version, and a comment does not either', () => {
  const other = {
    path: 'rules/other-rule.yaml',
    text: sampleRule.replace('id: weapon-blade', 'id: other-rule'),
  }
  const one = parseRuleset([sampleFile, other, sampleCues]).ruleset
  const two = parseRuleset([sampleCues, other, { ...sampleFile, text: `# why\n${sampleRule}` }]).ruleset
  expect(one?.version).toBe(two?.version)
})

test('one broken file leaves no ruleset, and the problems of all files are told', () => {
  const broken = { path: 'rules/b-rule.yaml', text: 'wren: 1\nid: b-rule\n' }
  const { ruleset, problems } = parseRuleset([
    sampleFile,
    broken,
    { ...sampleCues, text: 'wren: 1\nabsnt: []\n' },
  ])
  expect(ruleset).toBeNull()
  expect(new Set(problems.map(problem => problem.file))).toEqual(
    new Set(['rules/b-rule.yaml', 'rules/cues.yaml']),
  )
})

describe('what a folder can get wrong', () => {
  test.each([
    ['W008', 'no rule at all', [sampleCues]],
    ['W009', 'no cues', [sampleFile]],
    [
      'W007',
      'a rule that would not be read for its ending',
      [sampleFile, sampleCues, { path: 'rules/x.yml', text: '' }],
    ],
    [
      'W027',
      'two known words on a line',
      [sampleFile, sampleCues, { path: 'rules/known-words.txt', text: 'a b' }],
    ],
  ])('%s: %s', (code, _reason, files) => {
    expect(codesOf(files)).toEqual([code])
  })
})

describe('what cues can get wrong', () => {
  test.each([
    ['W010', 'a cue without a direction', 'direction: forward, ', ''],
    ['W013', 'an unknown direction', 'direction: forward', 'direction: forwards'],
    ['W019', 'a reach too far', 'reach: 3', 'reach: 13'],
    ['W012', 'an unknown group', 'terminators:', 'terminator:'],
    ['W015', 'a word that YAML reads as something else', '"no"]', 'true]'],
  ])('%s: %s', (code, _reason, from, to) => {
    expect(codesOf([sampleFile, { ...sampleCues, text: sampleCues.text.replace(from, to) }])).toEqual([code])
  })
})
