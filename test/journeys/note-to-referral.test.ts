import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { answerReferral } from '../world/answer-referral.ts'
import { describeInBrowser, type TestBrowser } from '../world/browser.ts'
import { brokersOf, kafkaForTests, titleWith } from '../world/kafka.ts'
import { openKafkaTopics } from '../world/kafka-topics.ts'
import { makeNhsNumber } from '../world/make-attendance.ts'
import { nurse, type RunningWren, startRunningWren } from '../world/running-wren.ts'

/** What the hospital sends: a boy of fourteen, the word misspelt and in the middle of other things. */
const message = JSON.stringify({
  wren: 1,
  source: 'ed-worcester',
  attendanceId: 'W2611201',
  site: 'RWP50',
  arrivedAt: '2026-11-20T22:41:00Z',
  patient: {
    family: 'Thornbury',
    given: 'Kit',
    birthDate: '2012-03-04',
    nhsNumber: makeNhsNumber(4_711),
    sex: 'male',
  },
  notes: [
    {
      section: 'triage',
      text: '14M BIB friend. Lac L forearm approx 4cm, states fell. Later told HCA older lads held a kinfe to him re money owed. Tearful. Obs WNL.',
    },
  ],
})

await describeInBrowser('from a note to an acknowledged referral', browser => {
  test('over HTTP: the nurse sees the child, refers him, and the portal has him once', async () => {
    await using wren = await startRunningWren()
    await whenTheHospitalPosts(wren)
    await thenTheNurseRefersHim(wren, browser)
  })
})

const kafka = await kafkaForTests()
await describeInBrowser(titleWith(kafka, 'from a Kafka record to an acknowledged referral'), browser => {
  test.skipIf('missing' in kafka)(
    'over Kafka: the nurse sees the child, refers him, and the portal has him once',
    async () => {
      await using topics = await openKafkaTopics(brokersOf(kafka))
      await topics.makeInput()
      await using wren = await startRunningWren({
        KAFKA_BROKERS: brokersOf(kafka).join(','),
        KAFKA_ATTENDANCE_TOPICS: topics.input,
        KAFKA_PREFIX: `journey-${randomBytes(4).toString('hex')}`,
      })
      await topics.send([{ value: message }])
      await thenTheNurseRefersHim(wren, browser)
      expect(await wren.stop('SIGTERM'), 'it stops cleanly').toBe(0)
    },
  )
})

async function whenTheHospitalPosts({ intakeUrl, intakeToken }: RunningWren): Promise<void> {
  const answer = await fetch(`${intakeUrl}/attendances`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${intakeToken}` },
    body: message,
  })
  expect(await answer.json()).toMatchObject({ outcome: 'flagged' })
}

async function thenTheNurseRefersHim(wren: RunningWren, browser: TestBrowser): Promise<void> {
  const page = await browser.newPage()
  await givenSheIsSignedIn(page, wren)
  await whenSheOpensTheChild(page)
  await expectText(page, 'kinfe')
  await expectText(page, 'Knife or other blade')

  await page.getByRole('button', { name: 'Review this attendance' }).click()
  await page.getByLabel('Refer now').check()
  await page.getByLabel('Reason', { exact: true }).fill('Threatened with a knife over money by older boys.')
  await page.getByRole('button', { name: 'Go on to the referral' }).click()

  await page
    .getByLabel('What are you worried about?')
    .fill('Kit told a care assistant that older boys held a knife to him over money he owes.')
  await answerReferral(page)
  await page.getByRole('button', { name: 'Read it before it is sent' }).click()
  await page.getByRole('button', { name: 'Authorise and send' }).click()
  await page.getByRole('heading', { name: 'Referral authorised' }).waitFor()

  const [received, ...more] = await untilThePortalHasIt(wren)
  expect(more).toEqual([])
  await page.getByRole('link', { name: 'See the attendance' }).click()
  await untilItShows(page, received?.reference ?? 'no reference')
  expect(await receivedBy(wren)).toHaveLength(1)
}

async function givenSheIsSignedIn(page: Page, { webUrl }: RunningWren): Promise<void> {
  await page.goto(webUrl)
  await page.getByLabel('User name').fill(nurse.username)
  await page.getByLabel('Password', { exact: true }).fill(nurse.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Review queue' }).waitFor()
}

/** Over Kafka the child is on the queue a moment later. */
async function whenSheOpensTheChild(page: Page): Promise<void> {
  const child = page.getByRole('link', { name: 'Kit Thornbury' })
  while ((await child.count()) === 0) {
    await sleep(200)
    await page.reload()
  }
  await child.click()
}

async function expectText(page: Page, text: string): Promise<void> {
  await page.getByText(text).first().waitFor()
}

async function untilItShows(page: Page, reference: string): Promise<void> {
  while ((await page.getByText(reference).count()) === 0) {
    await sleep(200)
    await page.reload()
  }
}

const Received = z.object({ received: z.array(z.object({ reference: z.string() })) })

async function receivedBy({ portal }: RunningWren): Promise<z.infer<typeof Received>['received']> {
  const answer = await fetch(new URL('/simulator/received', portal.url))
  return Received.parse(await answer.json()).received
}

async function untilThePortalHasIt(wren: RunningWren): Promise<z.infer<typeof Received>['received']> {
  for (;;) {
    const received = await receivedBy(wren)
    if (received.length > 0) return received
    await sleep(100)
  }
}
