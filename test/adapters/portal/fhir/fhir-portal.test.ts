import { describe, expect, test } from 'vitest'
import { idWithin } from '../../../../src/adapters/portal/fhir/fhir-element.ts'
import { type FhirPortalSettings, openFhirPortal } from '../../../../src/adapters/portal/fhir/fhir-portal.ts'
import { messageBundle } from '../../../../src/adapters/portal/fhir/message-bundle.ts'
import { deliverOnce } from '../../../../src/services/deliver-once.ts'
import {
  type Answer,
  answering,
  hanging,
  resetting,
  startAnsweringServer,
} from '../../../world/answering-server.ts'
import { exampleAddress, exampleReferral } from '../../../world/referral-message.ts'

const id = exampleReferral.id
const body = new TextEncoder().encode(JSON.stringify(exampleReferral))
const header = (code: string) => ({
  resourceType: 'MessageHeader',
  id: 'their-header',
  response: { identifier: idWithin(id, 'MessageHeader'), code },
})
const request = (...identifier: object[]) => ({
  resourceType: 'ServiceRequest',
  id: 'their-request',
  identifier,
})
const ours = { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id}` }
const theirs = { system: 'https://receiver.example/Id/referral', value: 'R-77' }
const bundle = (type: string, ...resources: object[]) => ({
  resourceType: 'Bundle',
  type,
  entry: resources.map(resource => ({ resource })),
})
const outcome = (severity: string, code: string, diagnostics = '') => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity, code, diagnostics }],
})
const taken = answering(200, bundle('message', header('ok'), request(ours, theirs)))
const found = answering(200, bundle('searchset', request(ours, theirs)))
const nothing = answering(200, bundle('searchset'))
const duplicate = answering(409, outcome('error', 'duplicate', 'Processed before'))

/** Sends to a server that gives these answers, and tells what came of it and what the server was asked. */
async function sendTo(
  answers: readonly Answer[],
  { attempts = 1, ...wishes }: { attempts?: number } & Partial<FhirPortalSettings> = {},
) {
  await using server = await startAnsweringServer(...answers)
  const url = `${server.url}/FHIR/R4/`
  const portal = openFhirPortal({
    url,
    token: 'a-token',
    timeoutMs: 2_000,
    address: exampleAddress,
    ...wishes,
  })
  const answer = await deliverOnce(portal, {
    ...{ key: id, body, bodySha256: '', attempts, wasInterrupted: false },
  })
  return {
    answer,
    asked: server.asked,
    requests: server.asked.map(({ method, path }) => `${method} ${path}`),
  }
}

const post = 'POST /FHIR/R4/$process-message'
const ask = `GET /FHIR/R4/ServiceRequest?identifier=${encodeURIComponent(`urn:ietf:rfc:3986|urn:uuid:${id}`)}&_revinclude=Task:focus`

describe('a referral sent as a FHIR message', () => {
  test('goes to $process-message with the headers of the standard', async () => {
    const { asked, requests } = await sendTo([taken], { address: { ...exampleAddress, useContext } })
    expect(requests).toEqual([post])
    const [sent] = asked
    expect(sent?.body).toBe(JSON.stringify(messageBundle(exampleReferral, { ...exampleAddress, useContext })))
    expect(sent?.headers).toMatchObject({
      authorization: 'Bearer a-token',
      'content-type': 'application/fhir+json',
      'x-request-id': id,
      'x-correlation-id': id,
      'use-context': 'a9t9|referral|servicerequest-request|new',
    })
    expect(decoded(sent?.headers['nhsd-target-identifier'])).toEqual(exampleAddress.to)
    expect(decoded(sent?.headers['nhsd-end-user-organisation'])).toMatchObject({
      resourceType: 'Organization',
      identifier: [{ value: 'RWP' }],
    })
    expect(decoded(sent?.headers['nhsd-requesting-software'])).toMatchObject({ resourceType: 'Device' })
  })

  test('names no person in an address or a header', async () => {
    const { asked } = await sendTo([answering(503, {}), found], { attempts: 1 })
    const told = asked.map(({ path, headers }) => {
      const opened = Object.values(headers).map(value => Buffer.from(String(value), 'base64').toString())
      return [path, JSON.stringify(headers), ...opened].join(' ')
    })
    expect(told).toHaveLength(2)
    for (const name of ['Fernleigh', 'Asha', '9990000042', 'WR1']) expect(told.join(' ')).not.toContain(name)
  })

  test('is the same request again and again, and each question another', async () => {
    const { asked } = await sendTo([nothing, answering(503, {}), nothing], { attempts: 2 })
    const ids = asked.map(({ headers }) => headers['x-request-id'])
    expect(asked.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET'])
    expect(ids[1]).toBe(id)
    expect(new Set(ids).size).toBe(3)
  })
})

const useContext = { useCase: 'a9t9', category: 'referral' }

describe('an answer in FHIR', () => {
  test.each<[reason: string, answer: Answer, expected: object]>([
    ['with a reference beside ours', taken, { kind: 'acknowledged', reference: 'R-77' }],
    [
      'without one yet',
      answering(200, bundle('message', header('ok'))),
      { kind: 'delivered', receipt: 'their-header' },
    ],
    [
      'that is an outcome without an error',
      answering(200, outcome('information', 'informational')),
      { kind: 'delivered' },
    ],
    [
      'of a fatal error, with words',
      answering(
        200,
        bundle('message', header('fatal-error'), outcome('error', 'business-rule', 'Not our county')),
      ),
      { kind: 'refused', problem: 'The portal says: Not our county' },
    ],
    [
      'of a fatal error, without',
      answering(200, bundle('message', header('fatal-error'))),
      { kind: 'parked' },
    ],
    ['of a transient error', answering(200, bundle('message', header('transient-error'))), { kind: 'later' }],
    [
      '400 with an outcome',
      answering(400, outcome('error', 'invalid', 'No such service')),
      { kind: 'refused', problem: 'The portal says: No such service' },
    ],
    ['422 with an outcome', answering(422, outcome('error', 'processing', 'Key reused')), { kind: 'parked' }],
    ['400 of a gateway', answering(400, { detail: 'Bad gateway key' }), { kind: 'refused' }],
    ['401', answering(401, outcome('error', 'security')), { kind: 'credentials' }],
    ['408', answering(408, outcome('error', 'timeout')), { kind: 'later' }],
    [
      '429',
      answering(429, outcome('error', 'throttled'), { 'retry-after': '7' }),
      { kind: 'later', retryAfterMs: 7_000 },
    ],
    ['409 that is no duplicate', answering(409, outcome('error', 'conflict')), { kind: 'later' }],
  ])('%s is settled at once', async (_reason, answer, expected) => {
    const sent = await sendTo([answer])
    expect(sent.answer).toMatchObject(expected)
    expect(sent.requests).toEqual([post])
  })

  test.each<[reason: string, answer: Answer]>([
    ['a web page', response => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Sign in')],
    ['an empty 202', response => response.writeHead(202).end()],
    [
      'an answer to another message',
      answering(200, bundle('message', { ...header('ok'), response: { identifier: 'x', code: 'ok' } })),
    ],
    ['an outcome with an error', answering(200, outcome('error', 'exception'))],
    ['503', answering(503, outcome('error', 'transient'))],
    ['a connection that breaks', resetting],
    ['no answer at all', hanging],
  ])('%s is asked after, and the reference learnt', async (_reason, answer) => {
    const sent = await sendTo([answer, found])
    expect(sent.answer).toEqual({ kind: 'acknowledged', reference: 'R-77' })
    expect(sent.requests).toEqual([post, ask])
  })

  test.each<[reason: string, asked: readonly Answer[], expected: object]>([
    ['its reference is learnt', [found], { kind: 'acknowledged', reference: 'R-77' }],
    ['it was delivered, also where nothing is found', [nothing], { kind: 'delivered' }],
    ['it was delivered, also where nobody answers', [resetting], { kind: 'delivered' }],
  ])('"duplicate": it had arrived, so %s', async (_what, asked, expected) => {
    expect((await sendTo([duplicate, ...asked])).answer).toMatchObject(expected)
  })

  test('"duplicate" where it cannot be asked is delivered, and never sent again', async () => {
    const sent = await sendTo([duplicate], { answersByKey: false })
    expect(sent.answer).toMatchObject({ kind: 'delivered' })
    expect(sent.requests).toEqual([post])
  })
})

describe('a search from the second attempt on', () => {
  test.each<[reason: string, answer: Answer]>([
    ['that finds nothing', nothing],
    ['that says in an outcome that nothing was found', answering(200, outcome('information', 'not-found'))],
    [
      'that finds only others, where the receiver does not search by it',
      answering(200, bundle('searchset', request(theirs))),
    ],
    ['that is not known there', answering(404, outcome('error', 'not-found'))],
    ['that is not offered', answering(501, outcome('error', 'not-supported'))],
  ])('%s lets it be sent', async (_reason, answer) => {
    const sent = await sendTo([answer, taken], { attempts: 2 })
    expect(sent.answer).toEqual({ kind: 'acknowledged', reference: 'R-77' })
    expect(sent.requests).toEqual([ask, post])
  })

  test('that finds it without a reference leaves it delivered', async () => {
    const sent = await sendTo([answering(200, bundle('searchset', request(ours)))], { attempts: 2 })
    expect(sent.answer).toMatchObject({ kind: 'delivered' })
    expect(sent.requests).toEqual([ask])
  })
})

test('what was decided is read from its Tasks, oldest first; one that cannot be read hides no other', async () => {
  const task = (value: string, at: string, more: object) => ({
    ...{
      resourceType: 'Task',
      identifier: [{ value }],
      lastModified: at,
      focus: { reference: 'ServiceRequest/their-request' },
    },
    ...more,
  })
  const tasks = [
    task('t3', '2026-11-25T12:00:00Z', {
      status: 'in-progress',
      statusReason: { text: 'Seen with older boys twice' },
      businessStatus: { coding: [{ code: 'amber' }] },
      output: [
        { type: { coding: [{ code: 'meetingDay' }] }, valueDate: '2026-11-25' },
        { type: { coding: [{ code: 'owner' }] }, valueString: 'J. Marsh' },
      ],
    }),
    task('t2', '2026-11-24T12:00:00Z', { status: 'in-progress' }),
    task('t1', '2026-11-23T12:00:00Z', { status: 'accepted' }),
    task('t0', '2026-11-22T12:00:00Z', {
      status: 'rejected',
      focus: { reference: 'ServiceRequest/another' },
    }),
  ]
  await using server = await startAnsweringServer(
    answering(200, bundle('searchset', request(ours, theirs), ...tasks)),
  )
  const portal = openFhirPortal({ url: server.url, token: 'a', address: exampleAddress })
  const told = await portal.lookUp({ key: id })
  expect(told).toMatchObject({ kind: 'acknowledged', reference: 'R-77' })
  expect('reports' in told ? told.reports : null).toEqual([
    { id: 't1', key: id, reference: 'R-77', at: '2026-11-23T12:00:00Z', status: 'accepted' },
    {
      ...{ id: 't3', key: id, reference: 'R-77', at: '2026-11-25T12:00:00Z', status: 'pathway-set' },
      ...{
        pathway: 'amber',
        meetingDay: '2026-11-25',
        reason: 'Seen with older boys twice',
        owner: 'J. Marsh',
      },
    },
  ])
})

test.each([
  ['a body that is no JSON', 'not JSON'],
  ['a body of another version', '{"version":"wren.referral.v1"}'],
])('%s is sent nowhere: a person must look', async (_what, words) => {
  await using server = await startAnsweringServer(taken)
  const portal = openFhirPortal({ url: server.url, token: 'a', address: exampleAddress })
  const sending = { key: id, body: new TextEncoder().encode(words), bodySha256: '' }
  expect(await portal.deliver(sending)).toMatchObject({ kind: 'parked' })
  expect(server.asked).toEqual([])
})

function decoded(value: unknown): unknown {
  return JSON.parse(Buffer.from(String(value), 'base64').toString())
}
