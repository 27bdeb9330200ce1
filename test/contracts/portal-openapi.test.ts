import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { moodNames } from '../../src/processes/portal-simulator/moods.ts'
import { startPortalSimulator } from '../../src/processes/portal-simulator/start-portal-simulator.ts'
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

  test('is told of by its manual: every mood and every status has its place there', () => {
    const manual = readFileSync('docs/portal-api.md', 'utf8')
    for (const mood of moodNames) expect(manual).toContain(`\`${mood}\``)
    for (const status of ['401', '409', '422', '429']) {
      expect(manual).toContain(status)
      expect(Object.keys(sending.responses)).toContain(status)
    }
  })
})
