import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Fields } from './fields.ts'
import type { SignInLimit } from './visit.ts'

/** Wrong passwords for one name in the window. */
const failuresByNameMax = 10
/** Wrong passwords from one address: a whole hospital may stand behind one. */
const failuresByAddressMax = 100
export const signInWindowMinutes = 15

/** Counts failed sign-ins only: however often a nurse signs in rightly, nothing stops her. */
export async function setUpSignInLimit(
  app: FastifyInstance,
): Promise<(request: FastifyRequest) => SignInLimit> {
  await app.register(rateLimit, { global: false, timeWindow: signInWindowMinutes * 60_000 })
  const limits = [
    app.createRateLimit({ max: failuresByNameMax, keyGenerator: request => `name ${nameIn(request)}` }),
    app.createRateLimit({ max: failuresByAddressMax, keyGenerator: request => `address ${request.ip}` }),
  ]
  return request => ({
    async isReached() {
      const states = await Promise.all(limits.map(limit => limit(request, { increment: false })))
      return states.some(state => !state.isAllowed && state.remaining <= 0)
    },
    async countFailure() {
      await Promise.all(limits.map(limit => limit(request)))
    },
  })
}

function nameIn(request: FastifyRequest): string {
  return new Fields(request.body).text('username').trim().toLowerCase()
}
