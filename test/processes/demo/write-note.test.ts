import { expect, test } from 'vitest'
import { makeChance, randomOf } from '../../../src/processes/demo/chance.ts'
import { typeLikeStaff, writeNote } from '../../../src/processes/demo/write-note.ts'

const chance = makeChance(randomOf(1))
const facts = { as: '14F', side: 'L' }

function write(template: string): string {
  return writeNote({ template, facts, told: new Map(), chance })
}

test.each([
  ['a fact', '{as} c/o pain {side} wrist', /^14F c\/o pain L wrist$/],
  ['a choice', 'fell off [bike|scooter]', /^fell off (bike|scooter)$/],
  ['a choice that may leave nothing', 'WB[| w limp].', /^WB( w limp)?\.$/],
  ['a choice within a choice', '[a[b|c]|d]', /^(ab|ac|d)$/],
  ['a fact within a choice', '[{side} arm|{side} leg]', /^L (arm|leg)$/],
  ['a phrase', '{allergy}', /NK|[Aa]llerg/],
])('a template may hold %s', (_what, template, written) => {
  expect(write(template)).toMatch(written)
})

test('what was said once in a visit is said alike to its end', () => {
  const told = new Map<string, string>()
  const written = Array.from({ length: 20 }, () => writeNote({ template: '{allergy}', facts, told, chance }))
  expect(new Set(written).size).toBe(1)
})

test('a name that nobody knows is a bug', () => {
  expect(() => write('{nothing}')).toThrow('{nothing}')
})

test('hurried typing changes some letters and never loses a line', () => {
  const text = 'Swelling and bruising over lateral malleolus\nObservations stable throughout'
  const typed = Array.from({ length: 200 }, () => typeLikeStaff(text, chance))
  expect(new Set(typed).size).toBeGreaterThan(5)
  expect(typed.filter(each => each.split('\n').length !== 2)).toEqual([])
})
