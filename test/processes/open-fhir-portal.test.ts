import { expect, test } from 'vitest'
import { readSettings } from '../../src/processes/config.ts'
import { openPortal } from '../../src/processes/open-portal.ts'
import { startPortalSimulator } from '../../src/processes/portal-simulator/start-portal-simulator.ts'
import { deliverOnce } from '../../src/services/deliver-once.ts'
import { makeReferral } from '../world/make-referral.ts'

const fhir = {
  PORTAL_URL: 'https://receiver.example/FHIR/R4',
  PORTAL_TOKEN: 'a-token',
  PORTAL_KIND: 'fhir',
  FHIR_TO: 'https://fhir.nhs.uk/Id/dos-service-id|2000099999',
}

test('by settings, a referral goes as a FHIR message, and a dry run sends none', async () => {
  const { fhirUrl, url, token, stop } = await startPortalSimulator({ host: '127.0.0.1', port: 0 })
  const env = { ...fhir, PORTAL_URL: fhirUrl, PORTAL_TOKEN: token }
  const referral = makeReferral()
  const sending = { key: referral.id, body: referral.body, bodySha256: referral.bodySha256 }
  try {
    const outcomes = []
    for (const mode of ['dry-run', 'on']) {
      const { connector, close } = await openPortal(settingsOf({ ...env, PORTAL_SENDING: mode }))
      outcomes.push(await deliverOnce(connector, { ...sending, attempts: 1, wasInterrupted: false }))
      await close()
    }
    expect(outcomes).toMatchObject([
      { kind: 'configuration', problem: expect.stringContaining('sending would work') },
      { kind: 'acknowledged', reference: expect.stringMatching(/^GS-/) },
    ])
    const { received } = await (await fetch(`${url}/simulator/received`)).json()
    expect(received).toMatchObject([{ key: referral.id }])
  } finally {
    await stop()
  }
})

test('its settings say from whom, to whom and for what', () => {
  const { portal } = read({ ...fhir, WREN_TRUST: 'R1A', FHIR_USE_CONTEXT: 'a9t9|referral' })
  expect(portal?.fhir).toEqual({
    to: { system: 'https://fhir.nhs.uk/Id/dos-service-id', value: '2000099999' },
    from: 'R1A',
    useContext: { useCase: 'a9t9', category: 'referral' },
  })
})

const { FHIR_TO, ...withoutReceiver } = fhir
test.each<[reason: string, env: NodeJS.ProcessEnv, name: string]>([
  ['no receiver', withoutReceiver, 'FHIR_TO'],
  ['a receiver, and no kind', { ...fhir, PORTAL_KIND: undefined }, 'PORTAL_KIND=fhir'],
  ['a receiver, and no address', { PORTAL_KIND: 'fhir', FHIR_TO }, 'PORTAL_URL'],
  ['a receiver without its system', { ...fhir, FHIR_TO: '2000099999' }, 'FHIR_TO'],
  ['a use and no category', { ...fhir, FHIR_USE_CONTEXT: 'a9t9' }, 'FHIR_USE_CONTEXT'],
  ['a use for plain JSON', { FHIR_USE_CONTEXT: 'a9t9|referral' }, 'FHIR_USE_CONTEXT'],
  ['a kind that is none', { ...fhir, PORTAL_KIND: 'soap' }, 'PORTAL_KIND'],
])('%s is a problem that names the setting', (_reason, env, name) => {
  expect(() => read(env)).toThrow(name)
})

function read(env: NodeJS.ProcessEnv) {
  const settings = readSettings(env)
  if ('problems' in settings) throw new Error(settings.problems.join('\n'))
  return settings.settings
}

function settingsOf(env: NodeJS.ProcessEnv) {
  const { portal } = read(env)
  if (portal === null) throw new Error('no portal is set up')
  return portal
}
