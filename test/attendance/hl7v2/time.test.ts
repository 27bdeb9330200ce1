import { describe, expect, test } from 'vitest'
import type { MessageWishes } from '../../world/make-hl7v2.ts'
import { read } from './decoding.ts'

describe('times', () => {
  test.each([
    ['in winter without a zone', '20261120213500', '2026-11-20T21:35:00Z'],
    ['in summer without a zone', '20260701093000', '2026-07-01T08:30:00Z'],
    ['with a zone', '20260701093000+0100', '2026-07-01T08:30:00Z'],
    ['with a zone behind', '20260701093000.1234-0500', '2026-07-01T14:30:00.123Z'],
    ['in the hour that comes twice, the first', '20261025013000', '2026-10-25T00:30:00Z'],
    ['in the hour that does not come', '20260329013000', '2026-03-29T01:30:00Z'],
    ['without seconds', '202611202135', '2026-11-20T21:35:00Z'],
    ['a day alone', '20261120', '2026-11-20T00:00:00Z'],
    ['with a precision', '20261120213500^S', '2026-11-20T21:35:00Z'],
    ['empty', '', null],
    ['zeros, for not known', '00000000000000', null],
    ['deleted', '""', null],
  ])('an arrival %s', (_what, written, instant) => {
    expect(read({ pv1: { 44: written } }).arrivedAt).toBe(instant)
  })

  test.each<[string, MessageWishes, readonly string[]]>([
    ['an arrival', { pv1: { 44: '20261025013000' } }, ['arrival']],
    ['a version', { evn: { 2: '20261025013000' } }, ['time of writing']],
    ['a departure', { pv1: { 45: '20261025015959' } }, ['departure']],
    ['an arrival with its zone', { pv1: { 44: '20261025013000+0000' } }, []],
    ['an arrival after it', { pv1: { 44: '20261025020000' } }, []],
  ])(
    '%s in the hour that came twice is read as in the first, and a nurse is told',
    (_what, wishes, parts) => {
      const { partsUnread } = read(wishes)
      expect(partsUnread).toEqual(
        parts.map(part => `${part} not certain: its hour came twice that night, and the first is shown`),
      )
    },
  )

  test('the version is of EVN-2, else of MSH-7', () => {
    expect(read({ evn: { 2: '' } }).recordedAt).toBe('2026-11-20T21:40:00Z')
  })

  test.each([
    ['empty', '', null],
    ['deleted', '""', null],
    ['with its time', '201103021230', 15],
    ['a year alone', '2011', null],
    ['a year and a month', '201103', null],
    ['1 January 1900, for not known', '19000101', null],
    ['zeros, for not known', '00000000', null],
  ])('with a birth date %s the age is told, or goes to a nurse as unknown', (_what, written, age) => {
    expect(read({ pid: { 7: written } }).ageOnArrival).toBe(age)
  })
})
