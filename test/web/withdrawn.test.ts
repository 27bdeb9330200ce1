import { expect, test } from 'vitest'
import { Visitor } from '../world/visitor.ts'
import { attend, startTestWeb } from '../world/web.ts'

test('a mention that a later version dropped is shown as withdrawn, and one that stands is not', async () => {
  await using web = await startTestWeb()
  const attendance = { attendanceId: 'E1', patient: { localId: 'W1' } }
  await attend(web, {
    ...attendance,
    recordedAt: '2026-11-21T08:40:00Z',
    words: 'Slashed with a machete. Friend had a knife.',
  })
  await attend(web, { ...attendance, recordedAt: '2026-11-21T08:50:00Z', words: 'Friend had a knife.' })
  const [row] = await web.store.review.queue({ states: ['to-review'], limit: 5, offset: 0 })
  const asha = await Visitor.signedIn(web.app, 'asha.patel')
  const { text } = await asha.get(`/flags/${row!.flag.id}`)
  const withdrawn = text.split('>Withdrawn</h3>')[1]?.split('</ul>')[0] ?? ''
  expect(withdrawn).toContain('“machete”')
  expect(withdrawn).not.toContain('“knife”')
})

test('where nothing was dropped nothing is called withdrawn', async () => {
  await using web = await startTestWeb()
  await attend(web, { attendanceId: 'E1', words: 'Friend had a knife.' })
  const [row] = await web.store.review.queue({ states: ['to-review'], limit: 5, offset: 0 })
  const asha = await Visitor.signedIn(web.app, 'asha.patel')
  expect((await asha.get(`/flags/${row!.flag.id}`)).text).not.toContain('Withdrawn')
})
