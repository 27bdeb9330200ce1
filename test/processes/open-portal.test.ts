import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readSettings } from '../../src/processes/config.ts'
import { startForwarder } from '../../src/processes/forwarder.ts'
import { openPortal } from '../../src/processes/open-portal.ts'
import { startPortalSimulator } from '../../src/processes/portal-simulator/start-portal-simulator.ts'
import { authoriseReferral, referralStatus } from '../world/authorise-referral.ts'
import { openTestDatabase } from '../world/database.ts'
import { clientSecret, startTokenServer } from '../world/token-server.ts'

/** The portal as an environment sets it up. */
function portalOf(env: NodeJS.ProcessEnv) {
  const read = readSettings(env)
  if ('problems' in read || read.settings.portal === null) throw new Error(JSON.stringify(read))
  return openPortal(read.settings.portal)
}

test('a referral waits through wrong settings of every kind, and goes once they are mended', async () => {
  await using database = await openTestDatabase()
  await using tokens = await startTokenServer()
  const folder = await mkdtemp(join(tmpdir(), 'wren-settings-'))
  const { referralsUrl, url, stop } = await startPortalSimulator({
    host: '127.0.0.1',
    port: 0,
    accepts: tokens.accepts,
  })
  const path = (name: string) => join(folder, name)
  await writeFile(path('secret'), `${clientSecret}\n`)
  await writeFile(path('old-secret'), 'the secret of yesterday')
  await writeFile(path('stop'), '')
  const env = {
    PORTAL_URL: referralsUrl,
    PORTAL_TOKEN_URL: tokens.tokenUrl,
    PORTAL_CLIENT_ID: 'by-secret',
    PORTAL_CLIENT_SECRET_FILE: path('secret'),
    PORTAL_STOP_FILE: path('nobody-stops'),
  }
  const referral = await authoriseReferral(database.store)
  try {
    for (const [wrong, kind, words] of [
      [{ PORTAL_CLIENT_SECRET_FILE: path('old-secret') }, 'credentials', 'invalid_client'],
      [{ PORTAL_TOKEN_RESOURCE: 'https://another.example' }, 'credentials', 'answered 401'],
      [{ PORTAL_SENDING: 'dry-run' }, 'configuration', 'sending would work'],
      [{ PORTAL_SENDING: 'off' }, 'configuration', 'PORTAL_SENDING is off'],
      [{ PORTAL_STOP_FILE: path('stop') }, 'configuration', 'remove the file'],
      [{ PORTAL_STOP_FILE: path('stop/in-a-file') }, 'configuration', 'remove the file'],
    ] as const) {
      const { connector, close } = await portalOf({ ...env, ...wrong })
      const attempted = Promise.withResolvers<string>()
      const forwarder = startForwarder({
        outbox: database.store.outbox,
        connectorFor: () => connector,
        random: () => 0.5,
        pollMs: 10,
        onAttempt: attempt => attempted.resolve(attempt.kind),
      })
      expect(await attempted.promise).toBe(kind)
      await forwarder.stop()
      await close()
      expect(await referralStatus(database.store, referral)).toMatchObject({
        state: 'queued',
        attempts: 0,
        problem: expect.stringContaining(words),
      })
      const client = await database.connect()
      await client.query('update outbox set next_attempt_at = now()')
    }
    const { connector, close } = await portalOf(env)
    const forwarder = startForwarder({
      outbox: database.store.outbox,
      connectorFor: () => connector,
      random: () => 0.5,
      pollMs: 10,
    })
    const state = async () => (await referralStatus(database.store, referral)).state
    await expect.poll(state, { timeout: 20_000 }).toBe('acknowledged')
    await forwarder.stop()
    await close()
    const { received } = await (await fetch(`${url}/simulator/received`)).json()
    expect(received).toHaveLength(1)
  } finally {
    await stop()
    await rm(folder, { recursive: true })
  }
})

const base = { PORTAL_URL: 'https://portal.example/referrals' }
test.each<[reason: string, env: NodeJS.ProcessEnv, words: string]>([
  ['a token file that is not there', { ...base, PORTAL_TOKEN_FILE: '/nowhere/token' }, 'PORTAL_TOKEN_FILE'],
  [
    'an authority that is not there',
    { ...base, PORTAL_TOKEN: 'a', PORTAL_CA_FILE: '/nowhere/ca' },
    'PORTAL_CA_FILE',
  ],
])('%s stops the start by its name', async (_reason, env, words) => {
  await expect(portalOf(env)).rejects.toThrow(words)
})

test.each<[reason: string, env: NodeJS.ProcessEnv, words: string]>([
  ['two ways to a token', { ...base, PORTAL_TOKEN: 'a', PORTAL_TOKEN_FILE: 'b' }, 'one of the three'],
  ['a token server without a client', { ...base, PORTAL_TOKEN_URL: 'https://t.example' }, 'PORTAL_CLIENT_ID'],
  [
    'half a certificate',
    { ...base, PORTAL_TOKEN: 'a', PORTAL_CLIENT_CERT_FILE: 'c' },
    'PORTAL_CLIENT_CERT_KEY_FILE',
  ],
  ['a MESH mailbox without folders', { MESH_TO: 'COUNCIL01' }, 'set all, or none'],
  ['a mode of sending that is none', { PORTAL_SENDING: 'maybe' }, 'on, dry-run or off'],
])('%s is a problem of the settings, in words', (_reason, env, words) => {
  expect(readSettings(env)).toMatchObject({ problems: [expect.stringContaining(words)] })
})
