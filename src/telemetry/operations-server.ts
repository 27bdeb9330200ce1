import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Metrics } from './metrics.ts'

/** What `/info` tells of a process. */
export interface About {
  readonly version: string
  /** Of the checkout or image; null where it is not known. */
  readonly commit: string | null
  /** The ruleset in use; null in a process that does not scan. */
  readonly rulesVersion: string | null
}

/**
 * Things this process cannot work without, by a name for people, such as "database writable". Each resolves
 * when it is well and rejects when it is not. A backlog is no reason to be unready: taking a busy scanner out
 * of service makes the backlog longer.
 */
export type Checks = Readonly<Record<string, () => Promise<void>>>

export interface OperationsServer {
  readonly url: string
  stop(): Promise<void>
}

interface Answer {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** A check that hangs counts as failed before the probe of an orchestrator gives up, after a few seconds. */
const checkTimeoutMs = 2_000

/** The port for Prometheus and the orchestrator. It shows no patient, and needs no sign-in: keep it inside. */
export async function startOperationsServer({
  host,
  port,
  metrics,
  checks,
  about,
  checkFailed,
}: {
  readonly host: string
  /** 0 takes any free one. */
  readonly port: number
  readonly metrics: Pick<Metrics, 'render'>
  readonly checks: Checks
  /** Asked each time, since rules change while a process runs. */
  readonly about: () => About
  /** Why a check failed, for the log; the answer names only the check. */
  readonly checkFailed?: (check: string, error: unknown) => void
}): Promise<OperationsServer> {
  const routes: Readonly<Record<string, () => Promise<Answer>>> = {
    '/metrics': async () => {
      const { contentType, body } = await metrics.render()
      return { status: 200, contentType, body }
    },
    '/health': async () => alive,
    '/health/live': async () => alive,
    '/ping': async () => alive,
    '/health/ready': async () => readinessOf(checks, checkFailed),
    '/info': async () => json(200, about()),
  }
  const server = createServer((request, response) => {
    answer(routes, request).then(
      ready => send(response, ready),
      // Only `render` and `about` can fail, and neither should: the probe sees it, and so does the log.
      (error: unknown) => {
        checkFailed?.('operations server', error)
        send(response, json(500, { problem: 'this answer could not be made; the log says why' }))
      },
    )
  })
  server.listen(port, host)
  await once(server, 'listening')
  return { url: urlOf(server.address(), host), stop: () => stop(server) }
}

const alive = json(200, { status: 'alive' })

async function answer(
  routes: Readonly<Record<string, () => Promise<Answer>>>,
  { method, url }: IncomingMessage,
): Promise<Answer> {
  if (method !== 'GET' && method !== 'HEAD') return json(405, { problem: 'only GET is answered here' })
  const path = (url ?? '/').split('?')[0] ?? '/'
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined
  return route === undefined ? json(404, { problem: 'nothing is here', paths: Object.keys(routes) }) : route()
}

async function readinessOf(
  checks: Checks,
  checkFailed: ((check: string, error: unknown) => void) | undefined,
): Promise<Answer> {
  const answers = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      try {
        await inTime(check())
        return [name, 'well'] as const
      } catch (error) {
        checkFailed?.(name, error)
        return [name, error === tooLate ? `no answer within ${checkTimeoutMs} ms` : 'failed'] as const
      }
    }),
  )
  const isReady = answers.every(([, words]) => words === 'well')
  const status = isReady ? 'ready' : 'not ready'
  return json(isReady ? 200 : 503, { status, checks: Object.fromEntries(answers) })
}

const tooLate = new Error('the check did not answer in time')

async function inTime(check: Promise<void>): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(tooLate), checkTimeoutMs)
  try {
    await Promise.race([check, late])
  } finally {
    clearTimeout(timer)
  }
}

function json(status: number, body: unknown): Answer {
  return { status, contentType: 'application/json; charset=utf-8', body: `${JSON.stringify(body)}\n` }
}

function send(response: ServerResponse, { status, contentType, body }: Answer): void {
  response.writeHead(status, {
    'content-type': contentType,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  response.end(body)
}

function urlOf(address: ReturnType<ReturnType<typeof createServer>['address']>, host: string): string {
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

async function stop(server: ReturnType<typeof createServer>): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}
