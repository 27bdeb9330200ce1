import { expect, test } from 'vitest'
import {
  countChoices,
  countHidden,
  countShown,
  keepKnown,
  noFilter,
  type QueueFilter,
} from '../../src/review/queue-facets.ts'

const of = (values: Partial<QueueFilter>, flags: number) => ({ values: { ...noFilter, ...values }, flags })
const groups = [
  of({ site: ['RWP50'], theme: ['weapons', 'exploitation'], age: ['16-17'] }, 3),
  of({ site: ['RWP50'], theme: ['self-harm'], age: ['13-15'] }, 2),
  of({ site: ['RWP01'], theme: ['weapons'], age: ['13-15'] }, 1),
]

test.each<[string, Partial<QueueFilter>, number]>([
  ['nothing chosen shows all', {}, 6],
  ['two choices of one facet show either', { theme: ['weapons', 'self-harm'] }, 6],
  ['choices of two facets show what is both', { theme: ['weapons'], age: ['13-15'] }, 1],
  ['what nobody is shows nobody', { theme: ['neglect'] }, 0],
])('%s', (_reason, filter, flags) => {
  expect(countShown(groups, { ...noFilter, ...filter })).toBe(flags)
})

test('the counts beside a facet are under the other facets, and not under its own', () => {
  const filter = { ...noFilter, site: ['RWP50'], theme: ['self-harm'] }
  expect(countChoices(groups, { facet: 'theme', filter })).toEqual(
    new Map([
      ['weapons', 3],
      ['exploitation', 3],
      ['self-harm', 2],
    ]),
  )
  expect(countChoices(groups, { facet: 'site', filter })).toEqual(new Map([['RWP50', 2]]))
})

test.each<[string, string, Partial<QueueFilter>, number]>([
  ['hides none of its own', 'weapons', { theme: ['weapons'] }, 0],
  ['hides those that another facet hides', 'weapons', { age: ['13-15'] }, 3],
  ['hides all where none is what was chosen', 'self-harm', { site: ['RWP01'] }, 2],
])('of the flags with one choice a filter %s', (_reason, choice, filter, hidden) => {
  const asked = { facet: 'theme', choice, filter: { ...noFilter, ...filter } } as const
  expect(countHidden(groups, asked)).toBe(hidden)
})

test('a choice that there is not is left out, a choice that comes twice is one', () => {
  const asked = {
    ...noFilter,
    site: ['RWP50', 'NOWHERE'],
    theme: ['weapons', 'weapons', 'knives'],
    due: ['x'],
  }
  expect(keepKnown(asked, ['RWP50', 'RWP50', 'RWP01'])).toEqual({
    ...noFilter,
    site: ['RWP50'],
    theme: ['weapons'],
  })
})
