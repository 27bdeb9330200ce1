import { expect, test } from 'vitest'
import { flagIdOf } from '../../src/review/flag-id.ts'
import { batchOf, type SourceNotice } from '../../src/services/screening.ts'
import { makeDelivery } from '../world/make-attendance.ts'
import { Visitor } from '../world/visitor.ts'
import { attend, patientHash, startTestWeb, type TestWeb } from '../world/web.ts'

test('a nurse reads on the list, the page and in the search what the hospital withdrew and merged', async () => {
  await using web = await startTestWeb()
  const wishes = { words: 'Friend had a knife.', arrivedAt: '2026-11-20T21:35:00Z' }
  await attend(web, { ...wishes, attendanceId: 'E1', patient: { localId: 'W1', nhsNumber: null } })
  await attend(web, {
    ...{ attendanceId: 'E2', words: 'Threatened with a machete.', arrivedAt: '2026-11-21T08:35:00Z' },
    patient: { localId: 'W2', nhsNumber: null },
  })
  await tell(web, { kind: 'withdrawal', attendanceId: 'E1', document: null })
  const [priorHash, survivingHash] = ['W1', 'W2'].map(localId =>
    patientHash.ofLocalId({ trust: 'RWP', localId }),
  )
  const numbers = {
    prior: 'W1',
    surviving: 'W2',
    priorHash: priorHash ?? '',
    survivingHash: survivingHash ?? '',
  }
  await tell(web, { kind: 'merge', merges: [numbers] })

  const asha = await Visitor.signedIn(web.app, 'asha.patel')
  expect((await asha.get('/')).text.match(/Withdrawn at source/g)).toHaveLength(1)
  const first = await asha.get(`/flags/${flagIdOf({ trust: 'RWP', attendanceId: 'E1' })}`)
  expect(first.text).toContain('Withdrawn at source on 20 November 2026 at 10:30pm.')
  expect(first.text).toContain('Marked it withdrawn at source')
  const second = await asha.get(`/flags/${flagIdOf({ trust: 'RWP', attendanceId: 'E2' })}`)
  expect(second.text).toContain('Hospital number W2, merged from W1 on 20 November 2026 at 10:30pm.')
  expect(second.text).not.toContain('Withdrawn at source on')
  expect(second.text).toContain(`/flags/${flagIdOf({ trust: 'RWP', attendanceId: 'E1' })}`)

  await asha.get('/search')
  const found = await asha.get((await asha.post('/search', { text: 'W1' })).location)
  expect(found.text).toContain('W2, merged from W1 on 20 November 2026 at 10:30pm')
  expect(found.text).toContain('Withdrawn at source on 20 November 2026 at 10:30pm')
  expect(found.text).toContain('E2')
})

type Told = SourceNotice extends infer Each
  ? Each extends SourceNotice
    ? Omit<Each, keyof Origin>
    : never
  : never
type Origin = Pick<SourceNotice, 'eventId' | 'delivery' | 'source' | 'trust' | 'at'>

async function tell({ store }: TestWeb, told: Told): Promise<void> {
  const delivery = makeDelivery()
  const origin = { eventId: `notice ${delivery.offset}`, delivery, source: 'pas', trust: 'RWP' }
  const notice: SourceNotice = { ...origin, at: '2026-11-20T22:30:00Z', ...told }
  await store.screening.record({ ...batchOf([]), notices: [notice] })
}
