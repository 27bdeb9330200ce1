import { describe, expect, test } from 'vitest'
import { ageAt } from '../../src/attendance/cohort.ts'
import { addressCaution, routeReferral } from '../../src/referral/routing.ts'

describe('the route of a referral', () => {
  test.each([
    ['a newborn', 0, 'get-safe', []],
    ['the last year under 16', 15, 'get-safe', []],
    ['16', 16, 'get-safe', ['get-there']],
    ['17', 17, 'get-safe', ['get-there']],
  ])('%s goes to GET SAFE', (_reason, ageOnArrival, kind, alsoFor) => {
    expect(routeReferral({ ageOnArrival })).toMatchObject({ kind, alsoFor })
  })

  test.each([18, 25, 26, 90])('at %i years it is not GET SAFE', ageOnArrival => {
    expect(routeReferral({ ageOnArrival }).kind).toBe('not-get-safe')
  })

  test('an unknown age is decided by a person', () => {
    expect(routeReferral({ ageOnArrival: null }).kind).toBe('person-decides')
  })

  test.each([
    ['the evening before the eighteenth birthday', '2026-11-20T23:59:00Z', 'get-safe'],
    ['the midnight of the eighteenth birthday', '2026-11-21T00:00:00Z', 'not-get-safe'],
  ])('on %s', (_reason, arrivedAt, kind) => {
    expect(routeReferral({ ageOnArrival: ageAt('2008-11-21', arrivedAt) }).kind).toBe(kind)
  })

  test('what it does not know it says: the home address', () => {
    expect(addressCaution).toContain('does not check the home address')
  })
})
