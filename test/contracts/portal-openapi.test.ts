import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { moodNames } from '../../src/processes/portal-simulator/moods.ts'
import { startPortalSimulator } from '../../src/processes/portal-simulator/start-portal-simulator.ts'
import { ReceiverReport } from '../../src/referral/receiver-report.ts'
import { ReferralPayload } from '../../src/referral/referral-schema.ts'
import { makeReferral } from '../world/make-referral.ts'

const openApi = parse(readFileSync('docs/portal-openapi.yaml', 'utf8'))
const schema = JSON.parse(readFileSync('docs/referral.v2.schema.json', 'utf8'))
const sending = openApi.paths['/referrals'].post
const example = sending.requestBody.content['application/json'].example

function checker() {
  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv)
  return ajv
}

describe('the published interface of a portal', () => {
  test('has the schema that the program keeps', () => {
    expect(schema).toEqual({ title: 'A Wren referral, version 2', ...z.toJSONSchema(ReferralPayload) })
  })

  test('has a schema that is one, and that a composed referral and the example keep', () => {
    const validate = checker().compile(schema)
    const composed = JSON.parse(new TextDecoder().decode(makeReferral().body))
    for (const referral of [composed, example]) {
      expect(validate(referral), JSON.stringify(validate.errors)).toBe(true)
    }
    expect(validate({ ...example, notes: [] })).toBe(false)
  })

  test('points at nothing that is missing', () => {
    const pointers = [...JSON.stringify(openApi).matchAll(/"\$ref":"([^"]+)"/g)].map(found => found[1] ?? '')
    expect(pointers.length).toBeGreaterThan(5)
    for (const pointer of pointers.filter(each => each.startsWith('#/'))) {
      const found = pointer
        .slice(2)
        .split('/')
        .reduce((at, key) => at?.[key], openApi)
      expect(found, pointer).toBeDefined()
    }
    expect(new Set(pointers.filter(each => !each.startsWith('#/')))).toEqual(
      new Set(['./referral.v2.schema.json']),
    )
  })

  test('has an example that the simulator accepts, with a receipt as described', async () => {
    const simulator = await startPortalSimulator({ host: '127.0.0.1', port: 0 })
    try {
      const response = await fetch(simulator.referralsUrl, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${simulator.token}`,
          'content-type': 'application/json',
          'idempotency-key': example.id,
        },
        body: JSON.stringify(example),
      })
      expect(response.status).toBe(201)
      const validate = checker().compile(openApi.components.schemas.Receipt)
      expect(validate(await response.json()), JSON.stringify(validate.errors)).toBe(true)
    } finally {
      await simulator.stop()
    }
  })

  const schemaOf = (name: string) => {
    const ajv = checker()
    ajv.addSchema({ $id: 'portal', ...openApi })
    return ajv.compile({ $ref: `portal#/components/schemas/${name}` })
  }
  const { examples } = openApi.webhooks.decided.post.requestBody.content['application/json']

  test.each(Object.keys(examples))('has an example of a report, %s, that Wren can read', name => {
    const { value } = examples[name]
    const validate = schemaOf('Report')
    expect(validate(value), JSON.stringify(validate.errors)).toBe(true)
    expect(ReceiverReport.parse(value)).toEqual(value)
  })

  test.each<[reason: string, change: object]>([
    ['has no reason', { reason: undefined }],
    ['has a blank reason', { reason: '' }],
    ['is of no pathway', { pathway: 'blue' }],
    ['is of no day', { meetingDay: undefined }],
    ['has a status that nobody knows', { status: 'frozen' }],
    ['has no reference', { reference: undefined }],
    ['was decided at no time', { at: '25/11/2026' }],
  ])('and Wren agree that a report is none which %s', (_reason, change) => {
    const report = JSON.parse(JSON.stringify({ ...examples.pathwaySet.value, ...change }))
    expect([schemaOf('Report')(report), ReceiverReport.safeParse(report).success]).toEqual([false, false])
  })

  test('describes what the simulator tells by key: late, then acknowledged, then decided', async () => {
    let now = Temporal.Instant.from('2026-11-21T09:30:00Z')
    const simulator = await startPortalSimulator({ host: '127.0.0.1', port: 0, now: () => now })
    const headers = { authorization: `Bearer ${simulator.token}`, 'content-type': 'application/json' }
    const post = (path: string, fields: Record<string, string>) =>
      fetch(`${simulator.url}${path}`, {
        ...{ method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' },
      })
    const known = async () =>
      (await fetch(`${simulator.referralsUrl}/by-key/${example.id}`, { headers })).json()
    const validate = schemaOf('Known')
    const expectKept = (json: unknown) => expect(validate(json), JSON.stringify(validate.errors)).toBe(true)
    try {
      await post('/simulator/mood', { mood: 'acknowledge-late' })
      const sent = await fetch(simulator.referralsUrl, {
        ...{ method: 'POST', body: JSON.stringify(example) },
        headers: { ...headers, 'idempotency-key': example.id },
      })
      expect(sent.status).toBe(202)
      expect(schemaOf('Taken')(await sent.json())).toBe(true)
      expectKept(await known())
      now = now.add({ minutes: 1 })
      const { reference } = await known()
      const decision = { ...examples.pathwaySet.value, decision: 'pathway-set' }
      expect((await post(`/meeting/${reference}`, decision)).status).toBe(303)
      const told = await known()
      expect(told.reports.map(({ status }: { status: string }) => status)).toEqual([
        'acknowledged',
        'pathway-set',
      ])
      expectKept(told)
    } finally {
      await simulator.stop()
    }
  })

  test('is told of by its manual: every mood and every status has its place there', () => {
    const manual = readFileSync('docs/portal-api.md', 'utf8')
    for (const mood of moodNames) expect(manual).toContain(`\`${mood}\``)
    for (const status of ['401', '409', '422', '429']) {
      expect(manual).toContain(status)
      expect(Object.keys(sending.responses)).toContain(status)
    }
  })
})
