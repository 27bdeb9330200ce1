import { expect, test } from 'vitest'
import { type PatientMerge, survivingNumber } from '../../src/review/patient-merge.ts'

const merge = (prior: string, surviving: string, minute: number): PatientMerge => ({
  ...{ prior, surviving },
  at: `2026-11-20T21:0${minute}:00Z`,
})

test.each<[reason: string, merges: readonly PatientMerge[], number: string]>([
  ['no merge', [], '1'],
  ['a merge', [merge('1', '2', 1)], '2'],
  ['a merge of others', [merge('3', '4', 1)], '1'],
  ['a merge into it', [merge('2', '1', 1)], '1'],
  ['a chain', [merge('1', '2', 1), merge('2', '3', 2)], '3'],
  ['a chain told backwards', [merge('2', '3', 2), merge('1', '2', 1)], '3'],
  ['a merge into a number that was given up', [merge('2', '3', 1), merge('1', '2', 2)], '3'],
  ['a merge back', [merge('1', '2', 1), merge('2', '1', 2)], '1'],
  ['a merge back and forth', [merge('1', '2', 1), merge('2', '1', 2), merge('1', '2', 3)], '2'],
  ['a merge told again later', [merge('1', '2', 1), merge('2', '3', 2), merge('1', '2', 3)], '3'],
  ['a merge back at the end of a chain', [merge('1', '2', 1), merge('2', '3', 2), merge('3', '1', 3)], '1'],
  ['a merge into itself', [merge('1', '1', 1)], '1'],
])(
  'after %s number 1 goes under the right one, in whatever order they are told',
  (_reason, merges, number) => {
    expect(survivingNumber('1', merges)).toBe(number)
    expect(survivingNumber('1', merges.toReversed())).toBe(number)
  },
)
