import { expect, test } from 'vitest'
import { readSettings } from '../../src/processes/config.ts'
import { startDiscarding } from '../../src/processes/discarding.ts'
import { makeLogger } from '../../src/telemetry/logger.ts'
import { authoriseReferral } from '../world/authorise-referral.ts'
import { openTestDatabase } from '../world/database.ts'

test('drafts that nobody has touched for so many days are discarded, and no others, and nothing else', async () => {
  await using database = await openTestDatabase()
  const { store } = database
  const { flagId, id } = await authoriseReferral(store)
  const read = readSettings({ WREN_DRAFT_DAYS: '7' })
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  const owners = { old: { flagId, username: 'asha.patel' }, fresh: { flagId, username: 'beth.rowley' } }
  for (const [owner, savedAt] of [
    [owners.old, '2026-11-13T08:59:00Z'],
    [owners.fresh, '2026-11-14T09:01:00Z'],
  ] as const) {
    await store.drafts.save({ ...owner, fields: { reason: 'Began to write' }, savedAt })
    await store.referralDrafts.save({ ...owner, formVersion: 'v1', answers: { concerns: 'Began' }, savedAt })
  }
  const lines: string[] = []
  const log = makeLogger({
    ...{ level: 'info', identifierKey: 'i'.repeat(32) },
    destination: { write: (line: string) => lines.push(line) },
  })
  const clock = { now: () => Temporal.Instant.from('2026-11-21T09:00:00Z') }
  await using _discarding = startDiscarding({ settings: read.settings, store, clock, log })
  await expect.poll(() => store.drafts.find(owners.old)).toBeNull()
  await expect.poll(() => store.referralDrafts.find(owners.old)).toBeNull()
  expect(await store.drafts.find(owners.fresh)).not.toBeNull()
  expect(await store.referralDrafts.find(owners.fresh)).not.toBeNull()
  expect(await store.referrals.status(id)).toMatchObject({ state: 'queued' })
  await expect.poll(() => lines.join('')).toContain('"reviews":1,"referrals":1')
  expect(lines.join('')).not.toContain('Began')
})

test.each(['0', '366', 'never'])('WREN_DRAFT_DAYS=%s is a problem of the settings, in words', days => {
  expect(readSettings({ WREN_DRAFT_DAYS: days })).toEqual({
    problems: ['WREN_DRAFT_DAYS cannot be used: expected whole days from 1 to 365, such as 30'],
  })
})

test.each<[reason: string, env: NodeJS.ProcessEnv, words: string]>([
  ['a door without a secret', { PORTAL_CALLBACK_PORT: '8084' }, 'set both, or neither'],
  ['a secret without a door', { PORTAL_CALLBACK_SECRET_FILE: 'secret' }, 'set both, or neither'],
  ['a port that is none', { PORTAL_CALLBACK_PORT: '0' }, 'a port from 1 to 65535'],
  ['asking for ever', { PORTAL_ASK_DAYS: '0' }, 'whole days from 1 to 365'],
])('%s is a problem of the settings, in words', (_reason, env, words) => {
  expect(readSettings(env)).toMatchObject({ problems: [expect.stringContaining(words)] })
})
