import { afterAll, beforeAll, expect, test } from 'vitest'
import { messageBundle } from '../../../src/adapters/portal/fhir/message-bundle.ts'
import { messageHeaders } from '../../../src/adapters/portal/fhir/message-headers.ts'
import {
  type PortalSimulator,
  startPortalSimulator,
} from '../../../src/processes/portal-simulator/start-portal-simulator.ts'
import { exampleAddress, exampleReferral } from '../../world/referral-message.ts'

let simulator: PortalSimulator
beforeAll(async () => {
  simulator = await startPortalSimulator({ host: '127.0.0.1', port: 0 })
})
afterAll(() => simulator.stop())

const key = exampleReferral.id
const message = JSON.stringify(messageBundle(exampleReferral, exampleAddress))

/** What a message with these headers is answered; a header of null is left out. */
async function post(body: string, wishes: Readonly<Record<string, string | null>> = {}) {
  const headers = {
    ...messageHeaders(exampleAddress, { key, requestId: key }),
    'content-type': 'application/fhir+json',
    authorization: `Bearer ${simulator.token}`,
    ...wishes,
  }
  const sent = Object.entries(headers).filter((header): header is [string, string] => header[1] !== null)
  const response = await fetch(`${simulator.fhirUrl}/$process-message`, {
    method: 'POST',
    body,
    headers: sent,
  })
  return { status: response.status, headers: response.headers, told: await response.json() }
}

test.each([
  ['x-request-id'],
  ['x-correlation-id'],
  ['nhsd-target-identifier'],
  ['nhsd-end-user-organisation'],
  ['nhsd-requesting-software'],
])('a message without %s is turned away, and the header named', async name => {
  const { status, told } = await post(message, { [name]: null })
  expect(status).toBe(400)
  expect(told).toMatchObject({
    resourceType: 'OperationOutcome',
    issue: [{ code: 'required', diagnostics: expect.stringContaining(name) }],
  })
})

test('a message is taken once; again it is a duplicate, and both ids come back each time', async () => {
  const first = await post(message)
  const second = await post(message)
  expect(first).toMatchObject({ status: 200, told: { resourceType: 'Bundle', type: 'message' } })
  expect(second).toMatchObject({
    status: 409,
    told: { issue: [{ code: 'duplicate', details: { coding: [{ code: 'REC_CONFLICT' }] } }] },
  })
  for (const { headers } of [first, second]) {
    expect([headers.get('x-request-id'), headers.get('x-correlation-id')]).toEqual([key, key])
  }
})

test.each([
  ['what is no JSON', 'not JSON', 'body'],
  ['a Bundle of another type', message.replace('"message"', '"collection"'), 'type'],
  ['a message of another event', message.replace('servicerequest-request', 'booking-request'), 'eventCoding'],
  ['a referral without its concern', message.replace('"reasonCode"', '"reason"'), 'concerns'],
])('%s cannot be read, and the field is named', async (_what, body, field) => {
  const { status, told } = await post(body)
  expect(status).toBe(422)
  expect(told.issue[0].diagnostics).toContain(field)
})

test('what came as a FHIR message stands on the page like any other', async () => {
  const page = await (await fetch(simulator.url)).text()
  expect(page).toContain(exampleReferral.child.family)
})
