import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decodeJson } from '../../src/attendance/decode-json.ts'
import { knownKeys } from '../../src/attendance/json-schema.ts'

const manual = readFileSync('docs/attendance-json.md', 'utf8')
const [, example = ''] = /```json\n(.*?)```/s.exec(manual) ?? []

test('the example of the manual is read as it stands', () => {
  const decoded = decodeJson(new TextEncoder().encode(example), {
    defaultTrust: 'RXX',
    receivedAt: '2026-03-01T09:42:00Z',
  })
  expect(decoded).toMatchObject({ kind: 'attendance', attendance: { trust: 'RWP', ageOnArrival: 14 } })
})

test.each(Object.entries(knownKeys))('the manual names every key of %s', (_object, keys) => {
  expect(keys.filter(key => !new RegExp(`\\b${key}\\b`).test(manual))).toEqual([])
})
