import { createServer, type ServerOptions } from 'node:https'
import { expect, test } from 'vitest'
import { type ConnectionSettings, openConnection } from '../../../src/adapters/portal/connection.ts'
import { openRestPortal } from '../../../src/adapters/portal/rest-portal.ts'
import { deliverOnce } from '../../../src/services/deliver-once.ts'
import { startConnectProxy } from '../../world/connect-proxy.ts'
import { type Authority, type Identity, makeAuthority } from '../../world/make-certificates.ts'

const authority = await makeAuthority()
const stranger = await makeAuthority('Another authority')
const certificates = {
  portal: await authority.issue({ name: 'portal' }),
  'portal that has run out': await authority.issue({ name: 'portal', untilDays: -1 }),
  'portal of a stranger': await stranger.issue({ name: 'portal' }),
  wren: await authority.issue({ name: 'wren' }),
  'wren that has run out': await authority.issue({ name: 'wren', untilDays: -1 }),
  'wren of tomorrow': await authority.issue({ name: 'wren', fromDays: 1 }),
  'wren of a stranger': await stranger.issue({ name: 'wren' }),
} satisfies Record<string, Identity>

/** Node's own TLS server as a portal that asks for certificates; it takes every referral. */
async function startPortal(wish: ServerOptions = {}) {
  let taken = 0
  const { cert, key } = certificates.portal
  const options = { cert, key, ca: authority.ca, requestCert: true, rejectUnauthorized: true, ...wish }
  const server = createServer(options, (request, response) => {
    if (request.method === 'GET') return void response.writeHead(404).end()
    taken += 1
    request.resume().on('end', () => response.writeHead(201).end('{"reference":"GS-2026-000123"}'))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the portal has no port')
  return {
    url: `https://127.0.0.1:${address.port}/referrals`,
    taken: () => taken,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

async function send(url: string, settings: ConnectionSettings) {
  const connection = openConnection({ ca: authority.ca, ...settings })
  const portal = openRestPortal({ url, token: 'a-token', timeoutMs: 5_000, connection })
  const body = new TextEncoder().encode('{}')
  try {
    const key = '8427da5a-537a-5f2f-b104-6d7e2d2f037e'
    return await deliverOnce(portal, { key, body, bodySha256: '', attempts: 1, wasInterrupted: false })
  } finally {
    await connection.close()
  }
}

const crlOf = (of: Authority, ...revoked: readonly Identity[]) => of.revoke(...revoked)

test('a portal that knows our certificate takes the referral', async () => {
  await using portal = await startPortal()
  expect(await send(portal.url, { certificate: certificates.wren })).toMatchObject({ kind: 'acknowledged' })
})

test.each<[reason: string, ours: ConnectionSettings, theirs: ServerOptions, words: string]>([
  ['our certificate has run out', { certificate: certificates['wren that has run out'] }, {}, 'ran out on'],
  [
    'our certificate is not yet valid',
    { certificate: certificates['wren of tomorrow'] },
    {},
    'is our clock right',
  ],
  [
    'our clock is years ahead',
    { certificate: certificates.wren, now: () => Temporal.Now.instant().add({ hours: 24 * 400 }) },
    {},
    'ran out on',
  ],
  [
    'our certificate was revoked',
    { certificate: certificates.wren },
    { crl: await crlOf(authority, certificates.wren) },
    'hangs up when it sees our certificate',
  ],
  [
    'the portal does not know who signed ours',
    { certificate: certificates['wren of a stranger'] },
    {},
    'hangs up',
  ],
  [
    'the portal takes ours for run out, whatever our clock says',
    {
      certificate: certificates['wren that has run out'],
      now: () => Temporal.Now.instant().subtract({ hours: 48 }),
    },
    {},
    'hangs up when it sees our certificate',
  ],
  [
    'its certificate has run out',
    { certificate: certificates.wren },
    certificates['portal that has run out'],
    'CERT_HAS_EXPIRED',
  ],
  [
    'a stranger signed its certificate',
    { certificate: certificates.wren },
    certificates['portal of a stranger'],
    'UNABLE_TO_',
  ],
  [
    'its certificate was revoked',
    { certificate: certificates.wren, crl: await crlOf(authority, certificates.portal) },
    {},
    'CERT_REVOKED',
  ],
])('nothing is sent while %s, and it goes once that is mended', async (_reason, ours, theirs, words) => {
  {
    await using portal = await startPortal(theirs)
    const outcome = await send(portal.url, ours)
    expect(outcome).toMatchObject({ kind: 'configuration', problem: expect.stringContaining(words) })
    expect(portal.taken()).toBe(0)
  }
  await using mended = await startPortal()
  expect(await send(mended.url, { certificate: certificates.wren })).toMatchObject({ kind: 'acknowledged' })
  expect(mended.taken()).toBe(1)
})

test('a portal that merely breaks the connection is no fault of our certificate', async () => {
  const { cert, key } = certificates.portal
  const server = createServer({ cert, key, ca: authority.ca, requestCert: true }, request =>
    request.socket.destroy(),
  )
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the portal has no port')
  try {
    const outcome = await send(`https://127.0.0.1:${address.port}/`, { certificate: certificates.wren })
    expect(outcome).toMatchObject({ kind: 'later' })
  } finally {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
})

test('a proxy carries the referral, our certificate included', async () => {
  await using portal = await startPortal()
  await using proxy = await startConnectProxy()
  const outcome = await send(portal.url, { certificate: certificates.wren, proxy: proxy.url })
  expect(outcome).toMatchObject({ kind: 'acknowledged' })
  expect(proxy.carried()).toEqual([new URL(portal.url).host])
})

test.each<[status: number, kind: string, words: string]>([
  [407, 'configuration', 'The proxy does not let us through (PROXY_407).'],
  [403, 'configuration', 'The proxy does not let us through (PROXY_403).'],
  [502, 'later', 'The portal cannot be reached (PROXY_502).'],
])('a proxy that answers %i makes the referral wait: %s', async (status, kind, problem) => {
  await using portal = await startPortal()
  await using proxy = await startConnectProxy(status)
  const outcome = await send(portal.url, { certificate: certificates.wren, proxy: proxy.url })
  expect(outcome).toMatchObject({ kind, problem })
  expect(portal.taken()).toBe(0)
})

test('a file that is no certificate is named at the start', () => {
  expect(() => openConnection({ certificate: { cert: 'none', key: 'none' } })).toThrow(
    'PORTAL_CLIENT_CERT_FILE',
  )
})
