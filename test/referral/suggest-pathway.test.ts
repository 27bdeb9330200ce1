import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseAreas } from '../../src/referral/parse-areas.ts'
import { suggestPathway } from '../../src/referral/suggest-pathway.ts'
import { partnership } from '../world/partnership.ts'

const { areas } = partnership
const text = readFileSync('partnership/areas.yaml', 'utf8')
const parse = (changed: string) => parseAreas({ path: 'partnership/areas.yaml', text: changed })

const overall = (value: string) => ({
  assessment: {
    form: { title: 'A form', version: '1' },
    overall: { value, label: value },
    sections: [],
  },
})

describe('the pathway that is suggested to the meeting', () => {
  test.each([
    ['high risk', 'high', 'red'],
    ['medium risk', 'medium', 'amber'],
    ['low risk', 'low', 'green'],
    ['a risk that cannot be judged yet: nothing is guessed', 'unknown', null],
    ['an answer that the form of today no longer has', 'very-high', null],
  ])('%s', (_reason, value, suggested) => {
    expect(suggestPathway(overall(value), areas)).toBe(suggested)
  })

  test('none is suggested by a partnership that does not want it', () => {
    const { content, problems } = parse(text.replace(/\nsuggests:\n(?: {2}.*\n)+/, '\n'))
    expect(problems).toEqual([])
    expect(content === null ? null : suggestPathway(overall('high'), content)).toBeNull()
  })

  test('an answer under two pathways is refused with its line', () => {
    const { content, problems } = parse(text.replace('amber: [medium]', 'amber: [medium, high]'))
    expect(content).toBeNull()
    expect(problems.length).toBeGreaterThan(0)
  })
})
