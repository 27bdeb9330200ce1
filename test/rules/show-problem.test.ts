import { expect, test } from 'vitest'
import { parseRule } from '../../src/rules/parse-rule.ts'
import { countProblems, showProblem } from '../../src/rules/show-problem.ts'
import { sampleWith } from './sample-rule.ts'

test('a problem is shown with its line and a caret below it', () => {
  const file = sampleWith('misspellings: 1', 'missspellings: 1')
  const [problem] = parseRule(file).problems
  expect(problem && showProblem(problem, file.text)).toBe(
    [
      'error[W012]: unknown setting `missspellings`',
      '  --> rules/weapon-blade.yaml:11:5',
      '   |',
      '11 |     missspellings: 1',
      '   |     ^^^^^^^^^^^^^ did you mean `misspellings`?',
      '   = help: allowed here: word, forms, variants, misspellings',
    ].join('\n'),
  )
})

test('the caret stands below what it means, also after wide and combined characters', () => {
  const file = sampleWith('before: [butter]', 'before: ["🧈", "e\u0301", "刀", 3]')
  const problem = parseRule(file).problems.find(each => each.code === 'W015')
  const lines = showProblem(problem!, file.text).split('\n')
  const columnsBefore = '  - before: ["xx", "x", "xx", '.length
  expect(lines[4]).toBe(`   | ${' '.repeat(columnsBefore)}^`)
})

test('problems and files are counted in words', () => {
  const { problems } = parseRule(sampleWith('theme: weapons', 'theme: weapon\nthme: x'))
  expect(countProblems(problems)).toBe('3 problems in 1 file'.replace('3', String(problems.length)))
  expect(countProblems(problems.slice(0, 1))).toBe('1 problem in 1 file')
})
