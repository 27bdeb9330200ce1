import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseRule } from '../../src/rules/parse-rule.ts'
import { sampleFile, sampleRule, sampleWith } from './sample-rule.ts'

test('a rule without a fault is read with all it says', () => {
  const { rule, problems } = parseRule(sampleFile)
  expect(problems).toEqual([])
  expect(rule).toEqual({
    id: 'weapon-blade',
    name: 'Knife or other blade',
    why: 'Blade injuries, threats and carrying can mean violence.',
    status: 'live',
    theme: 'weapons',
    priority: 'high',
    ages: { from: 0, to: 17 },
    pathway: null,
    match: [
      { kind: 'word', word: 'knife', forms: ['knives'], variants: [], misspellings: 1 },
      { kind: 'phrase', items: [['slashed', 'slashing'], '*', ['blade', 'sword']], within: 8 },
      { kind: 'short', short: 'OD', unlessBefore: ['mg'], unlessAfter: [] },
    ],
    codes: { icd10: ['X99'], snomed: [{ id: '425322008', display: 'Stab wound' }] },
    ignore: [
      {
        before: ['butter'],
        after: [],
        near: [],
        ifNear: [],
        unlessNear: ['threatened'],
        treatment: 'set-aside',
        because: 'Table knife wording',
      },
    ],
    when: {
      absent: 'lower',
      denied: 'lower',
      historical: 'lower',
      'other-person': 'lower',
      hypothetical: 'lower',
    },
    examples: {
      match: ['Cut with a knife near the park', 'Slashed on arm by older lad with blade'],
      lowered: [],
      noMatch: ['Butter knife slipped opening jar', 'Obs stable, walking unaided'],
    },
  })
})

test('a rule that does not state its status is a draft, and set-aside is only for absence', () => {
  const text = sampleRule.replace('status: live\n', '').replace('when_absent: lower\n', '')
  const { rule } = parseRule({ ...sampleFile, text })
  expect(rule?.status).toBe('draft')
  expect(rule?.when.absent).toBe('set-aside')
  expect(rule?.when.denied).toBe('lower')
})

describe('a fault is named by its code, its line and its column', () => {
  test.each([
    ['W001', 'a file too large', 'wren: 1', `# ${'x'.repeat(70_000)}\nwren: 1`, [1, 1]],
    ['W002', 'bytes that are not UTF-8', 'Knife or', 'Knife\uFFFDor', [3, 12]],
    ['W003', 'an unclosed list', '[knives]', '[knives', [11, 5]],
    ['W004', 'an anchor', 'theme: weapons', 'theme: &t weapons', [6, 8]],
    ['W004', 'a tag', 'theme: weapons', 'theme: !!str weapons', [6, 8]],
    ['W004', 'another YAML version', 'wren: 1', '%YAML 1.1\n---\nwren: 1', [1, 1]],
    ['W005', 'a repeated setting', 'theme: weapons', 'theme: weapons\ntheme: other', [7, 1]],
    ['W006', 'another format', 'wren: 1', 'wren: 2', [1, 7]],
    ['W010', 'a missing setting', 'priority: high\n', '', [1, 1]],
    [
      'W011',
      'a why that says nothing',
      'why: Blade injuries, threats and carrying can mean violence.',
      'why: Bad',
      [4, 6],
    ],
    ['W012', 'an unknown setting', 'misspellings: 1', 'missspellings: 1', [11, 5]],
    ['W013', 'an unknown theme', 'theme: weapons', 'theme: weapon', [6, 8]],
    ['W013', 'an unknown treatment', 'when_absent: lower', 'when_absent: hide', [23, 14]],
    ['W014', 'an id that is not the file name', 'id: weapon-blade', 'id: weapon-knife', [2, 5]],
    ['W015', 'a text where a list belongs', 'forms: [knives]', 'forms: knives', [10, 12]],
    ['W015', 'a number where a text belongs', 'name: Knife or other blade', 'name: 4711', [3, 7]],
    ['W016', 'a code without quotes', '["X99"]', '[X99]', [17, 11]],
    ['W017', 'a wrong check digit', '425322008', '425322007', [18, 17]],
    ['W018', 'ages the wrong way round', 'theme: weapons', 'theme: weapons\nages: {from: 9, to: 3}', [7, 7]],
    ['W019', 'a name too short', 'name: Knife or other blade', 'name: K', [3, 7]],
    ['W020', 'an entry without a term', '- word: knife', '- name: knife', [9, 5]],
    ['W022', 'two words as one', 'word: knife', 'word: flick knife', [9, 11]],
    ['W023', 'a term without letters', 'word: knife', 'word: "…"', [9, 11]],
    ['W024', 'an ignore without a reason', '    because: Table knife wording\n', '', [20, 5]],
    ['W025', 'an air gun waved away', 'before: [butter]', 'before: [BB]', [20, 5]],
    ['W026', 'an ignore of everything', 'before: [butter]', 'before: []', [20, 5]],
  ] as const)('%s: %s', (code, _reason, from, to, at) => {
    const { rule, problems } = parseRule(sampleWith(from, to))
    const problem = problems.find(each => each.code === code)
    expect(problem, JSON.stringify(problems)).toBeDefined()
    expect([problem?.line, problem?.column]).toEqual(at)
    expect(rule).toBeNull()
  })

  test('W021: a rule without terms', () => {
    const text = sampleRule.replace(/match:\n(.*\n)*codes:/, 'match: []\ncodes:')
    expect(parseRule({ ...sampleFile, text }).problems.map(problem => problem.code)).toEqual(['W021'])
  })

  test('W040: edits on a short word are a warning, and the rule stands', () => {
    const { rule, problems } = parseRule(sampleWith('word: knife', 'word: gun'))
    expect(problems.map(problem => [problem.code, problem.severity])).toEqual([['W040', 'warning']])
    expect(rule).not.toBeNull()
  })
})

test('all faults of a file are told at once', () => {
  const text = sampleRule
    .replace('theme: weapons', 'theme: weapon')
    .replace('misspellings: 1', 'missspellings: 1')
    .replace('priority: high\n', '')
  expect(
    parseRule({ ...sampleFile, text })
      .problems.map(problem => problem.code)
      .sort(),
  ).toEqual(['W010', 'W012', 'W013'])
})

test.each([
  ['an unknown setting', 'misspellings: 1', 'missspellings: 1', 'did you mean `misspellings`?'],
  ['an unknown status', 'status: live', 'status: trail', 'did you mean `trial`?'],
  ['an unknown theme', 'theme: weapons', 'theme: weapon', 'did you mean `weapons`?'],
])('%s comes with what was probably meant', (_reason, from, to, hint) => {
  expect(parseRule(sampleWith(from, to)).problems[0]?.hint).toBe(hint)
})

test('a pathway must be one of the site, where these are known', () => {
  const file = sampleWith('theme: weapons', 'theme: weapons\npathway: get-saef')
  expect(parseRule(file).problems).toEqual([])
  expect(parseRule(file, { pathways: ['get-safe'] }).problems[0]).toMatchObject({
    code: 'W013',
    hint: 'did you mean `get-safe`?',
  })
})

test('columns count characters as shown, not code units', () => {
  const { problems } = parseRule(sampleWith('before: [butter]', 'before: ["🧈", "é", BB, 3]'))
  expect(problems.find(problem => problem.code === 'W015')).toMatchObject({ line: 20, column: 28, width: 1 })
})

describe('whatever the text, there is an answer', () => {
  /** Lone halves of pairs too. */
  const anyCharacter = fc.integer({ min: 0, max: 0x10ffff }).map(code => String.fromCodePoint(code))
  const pieces = sampleRule.split(/(?<=[\n:\-[\]{}" ])/)
  test('any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 300 }), text => {
        const { rule, problems } = parseRule({ path: 'rules/x.yaml', text })
        expect(rule === null).toBe(problems.some(problem => problem.severity === 'error'))
      }),
      { numRuns: 100 },
    )
  })
  test('a rule file torn and stirred', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...pieces, '\t', '&a ', '*a ', '!t ', '- '), { maxLength: 80 }),
        parts => {
          const { rule, problems } = parseRule({ path: 'rules/weapon-blade.yaml', text: parts.join('') })
          expect(rule === null).toBe(problems.some(problem => problem.severity === 'error'))
          for (const problem of problems)
            expect(Math.min(problem.line, problem.column, problem.width)).toBeGreaterThan(0)
        },
      ),
      { numRuns: 300 },
    )
  })
  test.each([
    ['lists in lists', '['.repeat(30_000)],
    ['entries in entries', '- '.repeat(30_000)],
    ['maps in maps', '{a: '.repeat(15_000)],
  ])('%s', (_reason, text) => {
    expect(parseRule({ path: 'rules/x.yaml', text }).problems.length).toBeGreaterThan(0)
  })
})
