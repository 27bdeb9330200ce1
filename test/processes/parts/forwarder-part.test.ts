import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readSettings } from '../../../src/processes/config.ts'
import { startForwarderPart } from '../../../src/processes/parts/forwarder-part.ts'
import { startPortalSimulator } from '../../../src/processes/portal-simulator/start-portal-simulator.ts'
import { openWorld } from '../../../src/processes/world.ts'
import { authoriseReferral } from '../../world/authorise-referral.ts'
import { openTestDatabase } from '../../world/database.ts'

const secret = randomBytes(32)

/** A forwarder as it runs in a hospital, with a portal that may call it back. */
async function openForwarder() {
  await using opened = new AsyncDisposableStack()
  const database = opened.use(await openTestDatabase())
  const folder = await mkdtemp(join(tmpdir(), 'wren-call-backs-'))
  opened.defer(() => rm(folder, { recursive: true }))
  const secretFile = join(folder, 'secret')
  await writeFile(secretFile, `whsec_${secret.toString('base64')}\n`)
  const simulator = await startPortalSimulator({ host: '127.0.0.1', port: 0, lateMs: 300 })
  opened.defer(() => simulator.stop())
  const read = readSettings({
    DATABASE_URL: database.connectionString,
    WREN_DATA: folder,
    WREN_SESSION_KEY: 's'.repeat(32),
    WREN_IDENTIFIER_KEY: 'i'.repeat(32),
    WREN_INTAKE_TOKEN: 't'.repeat(32),
    PORTAL_URL: simulator.referralsUrl,
    PORTAL_TOKEN: simulator.token,
    PORTAL_CALLBACK_PORT: '8084',
    PORTAL_CALLBACK_SECRET_FILE: secretFile,
  })
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  const log: string[] = []
  const world = opened.use(
    await openWorld({
      settings: { ...read.settings, callBacks: { port: 0, secretFile } },
      roles: new Set(['forwarder']),
      destination: { write: line => log.push(line) },
    }),
  )
  const part = opened.use(await startForwarderPart(world))
  const url = part.url ?? ''
  const kept = opened.move()
  return {
    ...{ database, store: database.store, simulator, metrics: world.metrics, url, log },
    post: (path: string, fields: Record<string, string>) =>
      fetch(`${simulator.url}${path}`, {
        ...{ method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' },
      }),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

test('a portal that acknowledges late and decides at a meeting is heard, and nobody had to ask', async () => {
  await using forwarder = await openForwarder()
  const { store, simulator, url, metrics, log } = forwarder
  simulator.callBackTo({ url, secret })
  await forwarder.post('/simulator/mood', { mood: 'acknowledge-late' })
  const referral = await authoriseReferral(store)
  const status = () => store.referrals.status(referral.id)
  await expect.poll(async () => (await status())?.state, { timeout: 20_000 }).toBe('acknowledged')
  const reference = (await status())?.portalReference ?? ''
  await forwarder.post(`/meeting/${reference}`, {
    ...{ decision: 'pathway-set', pathway: 'amber', reason: 'Debts', meetingDay: '2026-11-25' },
    ...{ owner: 'Fern Hallow', nextReview: '2026-12-02' },
  })
  await expect.poll(async () => (await status())?.state, { timeout: 20_000 }).toBe('outcome')
  expect(await status()).toMatchObject({ pathway: 'amber', nextReview: '2026-12-02' })
  const { body } = await metrics.render()
  expect(body).toContain('wren_receiver_reports_total{way="call-back",outcome="saved"} 2')

  const stranger = await fetch(url, {
    ...{ method: 'POST', body: JSON.stringify({ key: referral.id, reference }) },
    headers: { 'content-type': 'application/json', 'webhook-signature': 'v1,made-up' },
  })
  expect(stranger.status).toBe(401)
  expect((await metrics.render()).body).toContain('wren_call_backs_refused_total{reason="signature"} 1')
  expect(log.join('')).not.toMatch(/Fern Hallow|Debts|Fernleigh/)
})

test('a portal that does not call back is asked, and what it decided is taken in', async () => {
  await using forwarder = await openForwarder()
  const { store, metrics } = forwarder
  await forwarder.post('/simulator/mood', { mood: 'decline' })
  const { id } = await authoriseReferral(store)
  await expect
    .poll(async () => (await store.referrals.status(id))?.state, { timeout: 20_000 })
    .toBe('acknowledged')
  const sql = await forwarder.database.connect()
  await sql.query('update outbox set next_look_at = now()') // its first half minute has passed
  const problem = async () => (await store.referrals.status(id))?.problem
  const reason = 'The portal simulator was told to decline referrals.'
  await expect.poll(problem, { timeout: 20_000 }).toBe(reason)
  const { body } = await metrics.render()
  expect(body).toContain('wren_receivers_asked_total{told="acknowledged"} 1')
  expect(body).toMatch(/wren_receiver_reports_total\{way="asked",outcome="saved"\} [12]/)
})
