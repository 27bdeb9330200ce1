import type { FastifyInstance } from 'fastify'
import type { Wren } from './settings.ts'

/** Tells the hooks how each request ended, by the route's template and never by its address. */
export function reportRequests(app: FastifyInstance, { hooks }: Wren): void {
  app.addHook('onResponse', async (request, reply) => {
    hooks.onRequest({
      method: request.method,
      route: request.routeOptions.url ?? 'not found',
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    })
  })
}
