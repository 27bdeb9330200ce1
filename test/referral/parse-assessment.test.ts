import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseAssessment } from '../../src/referral/parse-assessment.ts'
import { parseServices } from '../../src/referral/parse-services.ts'
import { suggestServices } from '../../src/referral/services-directory.ts'
import type { Theme } from '../../src/rules/rule.ts'
import { showProblem } from '../../src/rules/show-problem.ts'
import { partnership } from '../world/partnership.ts'

const text = readFileSync('partnership/risk-assessment.yaml', 'utf8')
const parse = (changed: string) =>
  parseAssessment({ path: 'partnership/risk-assessment.yaml', text: changed })

describe('the form of the risk assessment', () => {
  test('that comes with Wren has no problem, and a version made of its wording', () => {
    const { content, problems } = parse(text)
    expect(problems).toEqual([])
    expect(content?.version).toMatch(/^[0-9a-f]{12}$/)
    expect(parse(text.replace('# The risk', '# A risk')).content?.version).toBe(content?.version)
    expect(parse(text.replace('Owes money', 'Owes somebody')).content?.version).not.toBe(content?.version)
  })

  test('offers "Not known" at every indicator, whatever the grades', () => {
    const indicators = parse(text).content?.sections.flatMap(({ questions }) => questions) ?? []
    for (const { ask, options } of indicators) {
      if (ask === 'indicator') expect(options.at(-1)).toEqual({ value: 'unknown', label: 'Not known' })
    }
    expect(indicators.filter(({ ask }) => ask === 'indicator').length).toBeGreaterThan(5)
  })

  test.each<[reason: string, from: string | RegExp, to: string, code: string]>([
    ['a setting that was misspelt', 'carried_over: true', 'caried_over: true', 'W012'],
    ['a kind of question that there is not', 'ask: indicator', 'ask: indicater', 'W013'],
    ['a question without a label', /\n {8}label: Owes.*/, '', 'W010'],
    ['an id that stands twice', 'id: debt', 'id: gang', 'W019'],
    ['an id that Wren asks itself', 'id: analysis', 'id: consent', 'W014'],
    [
      'options where there is no choice',
      'id: pursue\n',
      'id: pursue\n        options: { a: A, b: B }\n',
      'W010',
    ],
    ['a single overall answer', /\n {2}medium: Medium\n {2}low: Low\n {2}unknown: .*/, '', 'W019'],
    ['no format', 'wren: 1', 'wren: 2', 'W006'],
    ['a tab for spaces', '  high: High', '\thigh: High', 'W003'],
  ])('is refused for %s, with the line', (_reason, from, to, code) => {
    const changed = text.replace(from, to)
    expect(changed).not.toBe(text)
    const { content, problems } = parse(changed)
    expect(content).toBeNull()
    const found = problems.find(problem => problem.code === code)
    expect(found).toBeDefined()
    if (found !== undefined) expect(showProblem(found, changed)).toMatch(/risk-assessment\.yaml:\d+:\d+/)
  })

  test('says what was meant', () => {
    const { problems } = parse(text.replace('ask: indicator', 'ask: indicater'))
    expect(problems[0]).toMatchObject({ hint: 'did you mean `indicator`?' })
  })
})

describe('suggested services', () => {
  const { services } = partnership
  const worcester = { kind: 'own', district: 'Worcester' } as const
  const ids = (child: Parameters<typeof suggestServices>[1]) =>
    suggestServices(services, child).map(({ id }) => id)

  test.each<[reason: string, age: number | null, themes: Theme[], isSuggested: boolean]>([
    ['a weapon at 10', 10, ['weapons'], true],
    ['a weapon at 17', 17, ['weapons', 'violence'], true],
    ['a weapon at 9', 9, ['weapons'], false],
    ['a weapon at 18', 18, ['weapons'], false],
    ['no weapon', 15, ['exploitation'], false],
    ['nothing found', 15, [], false],
    ['an age not known', null, ['weapons'], false],
  ])('Steer Clear for %s', (_reason, age, themes, isSuggested) => {
    expect(ids({ home: worcester, age, themes }).includes('steer-clear')).toBe(isSuggested)
  })

  test('are of the child’s district, and of every district where the address is not known', () => {
    const only = services.map(service => ({ ...service, districts: ['Redditch'] }))
    const child = { age: 15, themes: ['weapons'] } as const
    expect(suggestServices(only, { ...child, home: worcester })).toEqual([])
    expect(suggestServices(only, { ...child, home: { kind: 'own', district: 'Redditch' } })).toHaveLength(1)
    expect(suggestServices(only, { ...child, home: { kind: 'unknown' } })).toHaveLength(1)
  })

  test('are none for a child of another county', () => {
    const home = { kind: 'elsewhere', authorities: [], postcodeDistrict: 'SE1' } as const
    expect(ids({ home, age: 15, themes: ['weapons'] })).toEqual([])
  })

  test.each([
    [
      'a district that the areas do not have',
      'ages: { from: 10, to: 17 }',
      'ages: { from: 10, to: 17 }\n    districts: [Worcestor]',
      'W013',
    ],
    ['ages the wrong way round', '{ from: 10, to: 17 }', '{ from: 17, to: 10 }', 'W018'],
    ['a day that is none', '"2026-11-21"', '"2026-11-31"', 'W019'],
    ['a theme that there is not', '[weapons]', '[weapon]', 'W013'],
  ])('of a directory with %s are refused', (_reason, from, to, code) => {
    const file = readFileSync('partnership/services.yaml', 'utf8').replace(from, to)
    const parsed = parseServices({ path: 'services.yaml', text: file }, { districts: ['Worcester'] })
    expect(parsed.content).toBeNull()
    expect(parsed.problems[0]?.code).toBe(code)
  })
})
