import { randomBytes } from 'node:crypto'
import csrfProtection from '@fastify/csrf-protection'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import secureSession from '@fastify/secure-session'
import serveStatic from '@fastify/static'
import view from '@fastify/view'
import fastify, { type FastifyInstance, type FastifyPluginAsync } from 'fastify'
import nunjucks from 'nunjucks'
import { contentSecurityPolicy, neverKept, permissionsPolicy } from './headers.ts'
import { reportRequests } from './report-requests.ts'
import { routes } from './routes.ts'
import { serveRoute } from './serve-route.ts'
import { sessionMs } from './session.ts'
import { answerBadAddress, setUpErrorPages } from './set-up-error-pages.ts'
import type { Wren } from './settings.ts'
import { setUpSignInLimit } from './sign-in-limit.ts'
import { prepareAssets } from './style-sheet.ts'
import { takeFiles } from './take-files.ts'
import { templateFolders } from './templates.ts'

declare module 'fastify' {
  interface FastifyReply {
    /** For the one inline script of the page template. */
    scriptNonce: string
    assetsPath: string
  }
}

/** The nurses' pages, ready to listen. Every route is in routes.ts; this file sets up what they all share. */
export async function buildWeb(wren: Wren): Promise<FastifyInstance> {
  const { settings } = wren
  const app = fastify({
    // The logger of Wren, which withholds what a patient said, is asked by our own hooks only.
    logger: false,
    trustProxy: settings.trustProxy,
    bodyLimit: 1_000_000,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: answerBadAddress,
  })
  const assets = await prepareAssets(settings.styleCache)

  reportRequests(app, wren)
  await setUpHeaders(app)
  await setUpSessions(app, settings)
  await app.register(formbody)
  await app.register(serveStatic, {
    root: assets.folder,
    prefix: `${assets.path}/`,
    immutable: true,
    maxAge: '1y',
    index: false,
    decorateReply: false,
  })
  await app.register(view, {
    engine: { nunjucks },
    templates: [...templateFolders],
    options: { autoescape: true, trimBlocks: true, lstripBlocks: true },
  })
  app.decorateReply('assetsPath', assets.path)
  setUpErrorPages(app, wren)

  const limitOf = await setUpSignInLimit(app)
  for (const route of routes.filter(({ takesFile }) => takesFile !== true))
    serveRoute(app, { route, wren, limitOf })
  const withFiles: FastifyPluginAsync = async scope => {
    await takeFiles(scope)
    for (const route of routes.filter(({ takesFile }) => takesFile === true))
      serveRoute(scope, { route, wren, limitOf })
  }
  await app.register(withFiles)
  return app
}

async function setUpHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: false, // ours, below
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    // Browsers heed it over HTTPS only, so it does no harm in the demo.
    strictTransportSecurity: { maxAge: 31_536_000 },
  })
  app.decorateReply('scriptNonce', '')
  app.addHook('onRequest', async (_request, reply) => {
    reply.scriptNonce = randomBytes(16).toString('base64')
    reply.header('content-security-policy', contentSecurityPolicy(reply.scriptNonce))
    reply.header('permissions-policy', permissionsPolicy)
    reply.header('cache-control', neverKept)
  })
}

async function setUpSessions(app: FastifyInstance, settings: Wren['settings']): Promise<void> {
  await app.register(secureSession, {
    key: settings.sessionKey,
    cookieName: 'wren-session',
    expiry: sessionMs / 1000,
    cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure: settings.secureCookies },
  })
  await app.register(csrfProtection, { sessionPlugin: '@fastify/secure-session' })
}
