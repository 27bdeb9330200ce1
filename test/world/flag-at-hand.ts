import type { Page } from 'playwright-core'
import { flagIdOf } from '../../src/review/flag-id.ts'
import type { AttendanceWishes } from './make-attendance.ts'
import { attend, type TestWeb } from './web.ts'

/** A child arrives now; answers the flag's id. */
export async function arriveNow(web: TestWeb, wishes: AttendanceWishes): Promise<string> {
  const recordedAt = web.now().toString()
  const { attendance } = await attend(web, { arrivedAt: recordedAt, recordedAt, ...wishes })
  return flagIdOf(attendance)
}

/** A child arrives, and the nurse at this page reviews it. */
export async function openFlagNow({
  web,
  page,
  wishes,
}: {
  web: TestWeb
  page: Page
  wishes: AttendanceWishes
}): Promise<string> {
  const id = await arriveNow(web, wishes)
  await page.goto(`${web.url}/flags/${id}`)
  await page.getByRole('button', { name: 'Review this attendance' }).click()
  await page.getByRole('group', { name: 'What is the outcome?' }).waitFor()
  return id
}

export async function flagFileOf(web: TestWeb, id: string) {
  const file = await web.store.review.flagFile(id)
  if (file === null) throw new Error('the flag is gone')
  return file
}
