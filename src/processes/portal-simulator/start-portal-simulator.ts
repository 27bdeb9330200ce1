import { timingSafeEqual } from 'node:crypto'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import Fastify from 'fastify'
import { type CallBackTo, keepCallingBack } from './calling-back.ts'
import { addDecisions } from './decisions.ts'
import { addFhirDoor } from './fhir-door.ts'
import { CurrentMood } from './moods.ts'
import { addPages } from './pages.ts'
import { ReceivedReferrals } from './received-referrals.ts'
import { addReferralRoutes } from './referral-routes.ts'

export interface PortalSimulatorSettings {
  readonly host: string
  /** 0 for any free one. */
  readonly port: number
  /** Where it keeps what it received; without it, memory only. */
  readonly dataFile?: string
  readonly token?: string
  /** Whose `Authorization` it takes; without it, who shows the token. */
  readonly accepts?: (authorization: string) => Promise<boolean>
  /** How late it answers when it is slow: longer than Wren waits. */
  readonly slowMs?: number
  /** How late it acknowledges when it acknowledges late. */
  readonly lateMs?: number
  readonly retryAfterSeconds?: number
  /** Where it tells Wren what was decided; without it, until it is told, Wren has to ask. */
  readonly callBackTo?: CallBackTo
  readonly now?: () => Temporal.Instant
}

export interface PortalSimulator {
  /** Its page for people, such as http://127.0.0.1:8083. */
  readonly url: string
  /** The address that takes referrals: PORTAL_URL. */
  readonly referralsUrl: string
  /** The same for FHIR messages. */
  readonly fhirUrl: string
  /** PORTAL_TOKEN. */
  readonly token: string
  /** From now on Wren is called back there. */
  readonly callBackTo: (to: CallBackTo) => void
  readonly stop: () => Promise<void>
}

/** It guards invented people only, so everybody may know it. */
export const simulatorToken = 'portal-simulator'

/** A referral is a few thousand bytes; a longer one is answered 413. */
const bodyBytesMax = 1_048_576

/** A partnership's portal for demos and tests: it keeps what it is sent, shows it, and can be told to fail. */
export async function startPortalSimulator({
  host,
  port,
  dataFile,
  token = simulatorToken,
  slowMs = 30_000,
  lateMs = 20_000,
  retryAfterSeconds = 5,
  now = () => Temporal.Now.instant(),
  accepts = whoShows(token),
  callBackTo,
}: PortalSimulatorSettings): Promise<PortalSimulator> {
  const received = await ReceivedReferrals.open({ file: dataFile ?? null, now })
  const mood = new CurrentMood()
  const stopping = new AbortController()
  const app = Fastify({ bodyLimit: bodyBytesMax, forceCloseConnections: true })
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'style-src': ["'self'"],
        'img-src': ["'self'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
        'base-uri': ["'none'"],
      },
    },
    strictTransportSecurity: false, // it is served over plain HTTP, on one machine
  })
  await app.register(formbody)
  const routes = {
    ...{ received, mood, accepts, now, slowMs, lateMs, retryAfterSeconds },
    stopping: stopping.signal,
  }
  for (const addRoutes of [addReferralRoutes, addFhirDoor]) {
    await app.register((api, _options, done) => {
      addRoutes(api, routes)
      done()
    })
  }
  addPages(app, { received, mood, now })
  let calledBack = callBackTo ?? null
  addDecisions(app, { received, now, callsBack: () => calledBack !== null })
  const url = await app.listen({ host, port })
  const calling = keepCallingBack({
    ...{ received, now, stopping: stopping.signal },
    to: () => calledBack,
    isClumsy: () => mood.mood === 'clumsy',
  })
  return {
    url,
    referralsUrl: `${url}/referrals`,
    fhirUrl: `${url}/fhir`,
    token,
    callBackTo: to => {
      calledBack = to
    },
    stop: async () => {
      stopping.abort()
      await app.close()
      await calling
    },
  }
}

function whoShows(token: string): (authorization: string) => Promise<boolean> {
  const expected = Buffer.from(`Bearer ${token}`)
  return async authorization => {
    const given = Buffer.from(authorization)
    return given.length === expected.length && timingSafeEqual(given, expected)
  }
}
