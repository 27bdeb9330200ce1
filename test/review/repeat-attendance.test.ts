import { expect, test } from 'vitest'
import { defaultRepeatRule, rankRepeated } from '../../src/review/repeat-attendance.ts'
import type { Priority } from '../../src/rules/rule.ts'
import type { Standing } from '../../src/scan/mention.ts'
import { makeMention } from '../world/make-attendance.ts'

const flagOf = (priority: Priority, standing: Standing, attendances: number, because: string[] = []) => ({
  priority,
  because,
  attendances,
  mentions: [makeMention({ standing })],
})

test.each([
  ['three in six months are not many', flagOf('medium', 'counted', 3), null],
  [
    'the fourth lifts by one band',
    flagOf('medium', 'counted', 4),
    { priority: 'high', because: 'Fourth attendance in 6 months. Lifted from medium to high.' },
  ],
  [
    'nothing stands above high',
    flagOf('high', 'counted', 11),
    { priority: 'high', because: '11th attendance in 6 months.' },
  ],
  [
    'lowered mentions alone are never lifted',
    flagOf('low', 'lowered', 5),
    { priority: 'low', because: 'Fifth attendance in 6 months.' },
  ],
  [
    'what is lifted already is not lifted again',
    flagOf('medium', 'counted', 4, ['Left before being seen.', 'Lifted from low to medium.']),
    { priority: 'medium', because: 'Fourth attendance in 6 months.' },
  ],
])('%s', (_reason, flag, expected) => {
  expect(rankRepeated(flag, defaultRepeatRule)).toEqual(expected)
})
