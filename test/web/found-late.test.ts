import { expect, test } from 'vitest'
import type { FoundLate } from '../../src/review/found-late.ts'
import {
  makeAttendance,
  makeDelivery,
  makeHeld,
  makeReceipt,
  makeScreening,
} from '../world/make-attendance.ts'
import { Visitor } from '../world/visitor.ts'
import { startTestWeb, type TestWeb } from '../world/web.ts'

const reasons = [
  ['rule-added', 'Found late: rule “Knife or blade” added on 20 November 2026'],
  ['rule-changed', 'Found late: rule “Knife or blade” changed on 20 November 2026'],
  ['read-again', 'Found late: rule “Knife or blade”, when it was read again on 20 November 2026'],
  ['unreadable-before', 'Found late: the message could not be read until 20 November 2026'],
  ['not-counted-before', 'Found late: the message had not been counted until 20 November 2026'],
] as const

test('what is found late says why in its row and on its page, and waits only since it was found', async () => {
  await using web = await startTestWeb()
  const nurse = await Visitor.signedIn(web.app, 'asha.patel')
  for (const [reason, words] of reasons) {
    const flagId = await findLate(web, { ...late, reason })
    expect((await nurse.get('/')).text).toContain(words)
    const page = await nurse.get(`/flags/${flagId}`)
    expect(page.text).toContain(words)
    expect(page.text).toContain('Read history again and raised the flag')
    expect(page.text).toContain('waiting 10 minutes')
  }
})

const late = { rule: 'weapon-blade', ruleName: 'Knife or blade', day: '2026-11-20' }

/** A message of October that was clear then. */
async function findLate({ store }: TestWeb, found: FoundLate): Promise<string> {
  const delivery = makeDelivery({ receivedAt: '2026-10-01T09:00:00Z' })
  const attendance = makeAttendance({ arrivedAt: '2026-10-01T08:50:00Z' })
  const then = makeReceipt({ attendance, delivery, outcome: 'clear' })
  await store.screening.record({ receipts: [then], held: [], deadLetters: [] })
  const run = {
    ...{ id: found.reason, startedAt: '2026-11-21T09:15:00Z', startedBy: 'ewan.slade', to: null },
    ...{ from: '2026-10-01T00:00:00Z', rulesetVersion: 'b' },
  }
  const audit = {
    at: run.startedAt,
    who: run.startedBy,
    role: 'ops',
    did: 'read',
    what: 'run',
    why: null,
  } as const
  await store.replays.begin(run, audit)
  const before = { outcome: 'clear', bodySha256: then.bodySha256, receivedAt: delivery.receivedAt } as const
  const screening = makeScreening({ held: makeHeld({ attendance }), delivery })
  const { findings } = await store.replays.fold({
    ...{ run, at: '2026-11-21T09:20:00Z', isDry: false },
    rereads: [{ screening, before, lateBy: () => found }],
  })
  return findings[0]!.flagId
}
