import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instantOf, textOf } from '../../../../src/adapters/portal/fhir/fhir-element.ts'
import { type MessageAddress, messageBundle } from '../../../../src/adapters/portal/fhir/message-bundle.ts'
import { readReferralMessage } from '../../../../src/processes/portal-simulator/read-referral-message.ts'
import { ReferralPayload } from '../../../../src/referral/referral-schema.ts'
import { anyPayload } from '../../../world/make-payload.ts'
import { exampleAddress, exampleReferral } from '../../../world/referral-message.ts'

const address = exampleAddress
const referral = exampleReferral

/** The resources of a type in the message of a referral, some of it wished otherwise. */
function resourcesOf(type: string, wishes: Partial<ReferralPayload> = {}, to: MessageAddress = address) {
  const { entry } = messageBundle({ ...referral, ...wishes }, to)
  return entry.map(({ resource }) => resource).filter(({ resourceType }) => resourceType === type)
}

describe('a referral as a FHIR message', () => {
  test('is the example that partnerships are given', () => {
    const example: unknown = JSON.parse(readFileSync('docs/examples/referral-message.json', 'utf8'))
    expect(JSON.stringify(messageBundle(referral, address))).toBe(JSON.stringify(example))
  })

  test('loses nothing: read back, it is the referral that was authorised', () => {
    fc.assert(
      fc.property(anyPayload, payload => {
        const json: unknown = JSON.parse(JSON.stringify(messageBundle(payload, address)))
        const read = readReferralMessage(json)
        expect(read).toMatchObject({ kind: 'referral', referral: asFhirHasIt(payload) })
      }),
      { numRuns: 300 },
    )
  })

  test('is the same bytes on every attempt', () => {
    fc.assert(
      fc.property(anyPayload, payload => {
        const again = ReferralPayload.parse(JSON.parse(JSON.stringify(payload)))
        const [first, second] = [payload, again].map(each => JSON.stringify(messageBundle(each, address)))
        expect(first).toBe(second)
      }),
      { numRuns: 50 },
    )
  })

  test('refers to nothing that is not in it, and names each resource once', () => {
    fc.assert(
      fc.property(anyPayload, payload => {
        const text = JSON.stringify(messageBundle(payload, address))
        const { entry } = messageBundle(payload, address)
        const names = entry.map(({ fullUrl }) => fullUrl)
        expect(new Set(names).size).toBe(names.length)
        const referred = [...text.matchAll(/"reference":"([^"]+)"/g)].map(([, reference]) => reference)
        expect(referred.filter(reference => !names.includes(reference ?? ''))).toEqual([])
      }),
      { numRuns: 50 },
    )
  })

  test.each([
    ['two referrals share no resource', { id: '0c8f4c1e-9f5e-5b44-8d0e-1f5a6f6f0a11' }],
    [
      'two revisions share none, because each has its own id',
      { id: '1d2f4c1e-9f5e-5b44-8d0e-1f5a6f6f0a12', revision: 2 },
    ],
  ])('%s', (_claim, wishes) => {
    const [first, second] = [referral, { ...referral, ...wishes }].map(each =>
      messageBundle(each, address).entry.map(({ fullUrl }) => fullUrl),
    )
    expect(first?.filter(url => second?.includes(url))).toEqual([])
  })

  test('a revision replaces the earlier one, and changes nothing that was sent', () => {
    const supersedes = '0c8f4c1e-9f5e-5b44-8d0e-1f5a6f6f0a11'
    const [request] = resourcesOf('ServiceRequest', { supersedes })
    expect(request).toMatchObject({ replaces: [{ identifier: { value: `urn:uuid:${supersedes}` } }] })
    const [header] = resourcesOf('MessageHeader', { supersedes })
    expect(header).toMatchObject({ reason: { coding: [{ code: 'new' }] } })
  })

  test.each([
    ['given', 'active'],
    ['refused', 'rejected'],
    ['not-asked', null],
  ] as const)('consent that is %s is a Consent of status %s', (asked, status) => {
    const consent = { asked, reason: 'Waiting would put him at risk', lawfulBasis: null }
    const consents = resourcesOf('Consent', { consent })
    expect(consents.map(each => each.status)).toEqual(status === null ? [] : [status])
  })

  test('what is not known is not there, instead of empty', () => {
    const nothing = {
      family: null,
      given: null,
      birthDate: null,
      nhsNumber: null,
      address: null,
      postcode: null,
    }
    const child = { ...referral.child, ...nothing }
    const attendance = { ...referral.attendance, site: null, department: ' ', arrivedAt: null }
    const text = JSON.stringify(messageBundle({ ...referral, child, attendance }, address))
    expect(text).not.toMatch(/null|""|\[\]|\{\}/)
    expect(resourcesOf('Location', { attendance })).toEqual([])
  })

  test('says for which use of the receiver it is, where the receiver named one', () => {
    const useContext = { useCase: 'a9t9', category: 'referral' }
    const [plain] = resourcesOf('ServiceRequest')
    const [named] = resourcesOf('ServiceRequest', {}, { ...address, useContext })
    expect(plain?.category).toEqual([{ text: 'Safeguarding' }])
    expect(JSON.stringify(named?.category)).toContain('"code":"a9t9"')
  })
})

/** What FHIR cannot hold is gone: control characters, blanks around a text, and how a moment was written. */
function asFhirHasIt(payload: ReferralPayload): unknown {
  const clean = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string') {
      if (/^(at|arrivedAt)$/.test(key)) return instantOf(value)
      return textOf(value) ?? (/^(words|reason|note)$/.test(key) ? '' : null)
    }
    if (Array.isArray(value)) return value.map(each => clean(each))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, clean(each, name)]))
  }
  return clean(payload)
}
