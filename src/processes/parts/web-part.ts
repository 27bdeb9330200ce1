import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { argon2Passwords } from '../../adapters/identity/passwords.ts'
import { makePatientHash } from '../../services/patient-hash.ts'
import { buildWeb } from '../../web/server.ts'
import type { DemoSignIn } from '../../web/settings.ts'
import { siteNames } from '../site-names.ts'
import { partnershipOf, storeOf, type World } from '../world.ts'
import { neverFails, type Part } from './part.ts'

/** What the demo adds to the pages. */
export interface WebExtras {
  readonly isDemo: boolean
  readonly demoSignIns: readonly DemoSignIn[]
  readonly demoPortalUrl: string | null
}

/** The nurses' pages. */
export async function startWebPart(
  world: World,
  { isDemo, demoSignIns, demoPortalUrl }: WebExtras,
): Promise<Part> {
  const { settings, secrets, clock, metrics, log, ruleset } = world
  const store = storeOf(world)
  const partnership = partnershipOf(world)
  await store.forms.keep(partnership.form)
  const app = await buildWeb({
    ports: {
      ...store,
      partnership,
      patientHash: makePatientHash(secrets.identifierKey),
      passwords: argon2Passwords,
      clock,
      currentRuleset: () => ruleset,
    },
    settings: {
      sessionKey: keyOf(secrets.sessionKey),
      isDemo,
      demoSignIns,
      demoPortalUrl,
      secureCookies: settings.secureCookies,
      trustProxy: false,
      styleCache: join(settings.dataFolder, 'styles'),
      siteNames,
      sampleSize: settings.secondReadings,
      phoneFallback: settings.referralPhone,
      marking: settings.marking,
      helpContact: null,
    },
    hooks: {
      onSignInFailure: reason => metrics.signInFailed(reason === 'limited' ? 'too_many_attempts' : 'refused'),
      onDecision: outcome => metrics.decided(outcome),
      onExport: format => metrics.exported(format),
      onRequest: ({ status, ...request }) => metrics.answered({ ...request, statusCode: status }),
    },
    log: log.child({ subject: 'web' }),
    newId: randomUUID,
  })
  const url = await app.listen({ host: settings.host, port: settings.ports.web })
  return { url, failed: neverFails, [Symbol.asyncDispose]: () => app.close() }
}

/** 32 bytes, whatever the length of the secret that was set. */
function keyOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
