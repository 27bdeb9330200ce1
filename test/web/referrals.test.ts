import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Referral } from '../../src/referral/referral.ts'
import { takeReport } from '../../src/services/take-report.ts'
import { authoriseReferral } from '../world/authorise-referral.ts'
import { describeInBrowser, expectWellMade } from '../world/browser.ts'
import { attend, signIn, startTestWeb, type TestWeb } from '../world/web.ts'

await describeInBrowser('referrals after they were authorised', browser => {
  let web: TestWeb
  let page: Page
  let referral: Referral

  beforeAll(async () => {
    web = await startTestWeb({ phoneFallback: null })
    page = await browser.newPage()
    await signIn(page, web.url, 'asha.patel')
  })
  afterAll(() => web[Symbol.asyncDispose]())

  const file = () => `${web.url}/flags/${referral.flagId}/referrals/${referral.id}`
  const choose = (label: string) => page.getByLabel(label, { exact: true }).check()
  const record = () => page.getByRole('button', { name: 'Record it' }).click()

  test('an empty list says so, and a referral on it says by when it is due', async () => {
    await page.goto(`${web.url}/referrals`)
    await page.getByRole('heading', { name: 'Nobody has been referred yet' }).waitFor()
    await expectWellMade(page)
    referral = await authoriseReferral(web.store)
    const [leased] = await web.store.outbox.lease({ limit: 1, leaseMs: 60_000 })
    const outcome = { kind: 'by-hand', problem: 'Enter it with GET SAFE.' } as const
    await web.store.outbox.settle({ ...leased!, outcome, connector: 'By hand', waitMs: 0 })
    await page.reload()
    await page.getByRole('cell', { name: /Acknowledgement due by/ }).waitFor()
    await page.getByText('Emergency Duty Team').first().waitFor() // it is a Saturday
    await expectWellMade(page)
  })

  test('a nurse records what she is told by telephone, and must say by whom', async () => {
    await page.getByRole('link', { name: 'Kit Fernleigh' }).click()
    await page.getByRole('heading', { level: 1, name: 'Referral' }).waitFor()
    await expectWellMade(page)
    await record()
    await page.getByRole('link', { name: 'Select what happened' }).waitFor()
    await choose('They acknowledged it, with a reference')
    await page.getByLabel('Their reference').fill('GS-2041')
    await record()
    await page.getByRole('link', { name: 'Enter who told you, and how' }).click()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('told')
    await expectWellMade(page)
    await page.keyboard.type('Duty desk, Fern Hallow, by telephone')
    await record()
    await page.getByText('Recorded: They acknowledged it').waitFor()
    expect(await web.store.referrals.status(referral.id)).toMatchObject({
      state: 'acknowledged',
      portalReference: 'GS-2041',
      problem: null,
    })
  })

  test('every move of the pathway is kept, with who, when and why', async () => {
    const set = async (pathway: string, reason: string) => {
      await choose('The meeting set a pathway')
      await choose(pathway)
      await page.getByLabel('Day of the meeting').fill('2026-11-25')
      await page.getByLabel('Reason', { exact: true }).fill(reason)
      await page.getByLabel('Next review (optional)').fill('2026-12-16')
      await record()
      await page.getByText('Recorded: The meeting set a pathway').waitFor()
    }
    await set('Green', 'First time, strong family')
    await set('Red', 'Found with a knife again')
    const moves = (await web.store.referrals.moves(referral.id)).filter(({ move }) => move === 'setPathway')
    expect(moves.map(({ who, evidence }) => [who, evidence.pathway, evidence.reason])).toEqual([
      ['asha.patel', 'green', 'First time, strong family'],
      ['asha.patel', 'red', 'Found with a knife again'],
    ])
    await page.getByText('Reason: First time, strong family').waitFor()
    await expectWellMade(page)
    await page.goto(`${web.url}/referrals`)
    await page.getByText(/Review due by/).waitFor()
  })

  test('a referral that was stepped down is on no list, and can be taken up again', async () => {
    await page.goto(file())
    await choose('The partnership stepped it down')
    await page.getByLabel('Day of the meeting').fill('2026-12-16')
    await page.getByLabel('Reason', { exact: true }).fill('Safe at home; school stays in touch')
    await record()
    await page.getByText('Recorded: The partnership stepped it down').waitFor()
    await page.goto(`${web.url}/referrals`)
    await page.getByText('1 referral was made, and none waits for anybody.').waitFor()
    await page.goto(file())
    expect(await page.getByLabel('The meeting set a pathway').count()).toBe(1)
  })

  test('a referral that was declined is back with the nurse, with their reason and what to do', async () => {
    referral = await authoriseReferral(web.store)
    const { id } = referral
    const said = { key: id, reference: 'GS-2026-000007', at: '2026-11-21T08:30:00Z' } as const
    const declined = { ...said, id: 'e1', status: 'declined', reason: 'Lives in another county' } as const
    await takeReport(web.store.referrals, { report: declined, who: 'GET SAFE' })
    await page.goto(web.url)
    await page.getByRole('link', { name: /A referral was declined/ }).waitFor()
    await page.goto(file())
    await page.getByText('GET SAFE declined it').waitFor()
    await page.getByText('Their reason: Lives in another county').waitFor()
    await page.getByText(/ring GET SAFE today/).waitFor()
    await page
      .getByText(/When they decided it: 21 November/)
      .first()
      .waitFor()
    await expectWellMade(page)
  })

  test('a pathway that the portal reports stands on the page with who leads and the next review', async () => {
    const { id } = referral
    const said = { key: id, reference: 'GS-2026-000007' } as const
    const accepted = { ...said, id: 'e2', at: '2026-11-21T08:40:00Z', status: 'accepted' } as const
    const amber = {
      ...said,
      id: 'e3',
      at: '2026-11-21T08:50:00Z',
      status: 'pathway-set',
      pathway: 'amber',
      meetingDay: '2026-11-20',
      reason: 'Older boys hold his debts',
      owner: 'Fern Hallow, GET SAFE',
      nextReview: '2026-12-04',
    } as const
    for (const report of [accepted, amber]) await takeReport(web.store.referrals, { report, who: 'GET SAFE' })
    await page.reload()
    const decided = page.locator('dl', { hasText: 'Who leads' })
    expect(await decided.innerText()).toMatch(
      /Amber.*Older boys hold his debts.*Fern Hallow.*4 December 2026/s,
    )
    expect(await page.getByText('declined it').count()).toBe(0)
    await expectWellMade(page)
  })

  test('a cancelled referral asks for the reason and offers nothing more to send', async () => {
    referral = await authoriseReferral(web.store)
    await page.goto(file())
    await choose('Cancel it')
    await record()
    await page.getByRole('link', { name: 'Enter the reason' }).waitFor()
    await page.getByLabel('Reason', { exact: true }).fill('Wrong child: the notes of a twin')
    await record()
    await page.getByText('Recorded: Cancelled').waitFor()
    expect(await web.store.outbox.lease({ limit: 1, leaseMs: 60_000 })).toEqual([])
  })

  test('a move that somebody else made first changes nothing', async () => {
    referral = await authoriseReferral(web.store)
    await page.goto(file())
    await choose('Cancel it')
    await page.getByLabel('Reason', { exact: true }).fill('Entered twice')
    const [leased] = await web.store.outbox.lease({ limit: 1, leaseMs: 60_000 })
    const outcome = { kind: 'later', problem: 'not now', retryAfterMs: null } as const
    await record()
    await page.getByText('It was moved on meanwhile.').waitFor()
    expect(await web.store.referrals.status(referral.id)).toMatchObject({ state: 'sent' })
    await web.store.outbox.settle({ ...leased!, outcome, connector: 'REST', waitMs: 0 })
  })

  test('a draft is kept as it is typed, for its nurse alone', async () => {
    const { attendance } = await attend(web, { patient: { given: 'Rowan', family: 'Ashdown' } })
    await page.goto(web.url)
    await page.getByRole('link', { name: 'Rowan Ashdown' }).first().click()
    await page.getByRole('button', { name: 'Review this attendance' }).click()
    const address = page.url().replace(/#.*/, '')
    await page.goto(`${address}/referral`)
    await page.getByLabel('What does the child say?').fill('Says the older boys know where he lives')
    await page.getByText('Draft kept.', { exact: true }).waitFor()
    await page.goto(`${address}/referral`)
    await page.getByText(/This is your draft/).waitFor()
    expect(await page.getByLabel('What does the child say?').inputValue()).toBe(
      'Says the older boys know where he lives',
    )
    await expectWellMade(page)
    const flagId = address.split('/').at(-1) ?? ''
    expect(await web.store.referralDrafts.find({ flagId, username: 'beth.rowley' })).toBeNull()
    await page.getByRole('button', { name: 'Start again without it' }).click()
    expect(await page.getByLabel('What does the child say?').inputValue()).toBe('')
    expect(attendance.attendanceId).not.toBe('')
  })

  test('a draft keeps the wording it was begun with when the form changes', async () => {
    const flagId = page.url().split('/').at(-2) ?? ''
    const older = { ...web.partnership.form, version: 'before', sections: [] }
    await web.store.forms.keep(older)
    const answers = { concerns: 'Began last week with the old form' }
    const of = { flagId, username: 'asha.patel' }
    await web.store.referralDrafts.save({
      ...of,
      formVersion: 'before',
      answers,
      savedAt: '2026-11-21T09:00:00Z',
    })
    await page.reload()
    await page.getByText('This draft keeps the ones it was begun with.').waitFor()
    expect(await page.getByLabel('What does the child say?').count()).toBe(0)
  })

  test('a referral sent after the session has ended is kept for the nurse who wrote it', async () => {
    const flagId = page.url().split('/').at(-2) ?? ''
    const of = { flagId, username: 'asha.patel' }
    await web.store.referralDrafts.discard(of)
    await page.reload()
    web.pass({ minutes: 16 })
    await page.getByLabel('What does the child say?').fill('Wants nobody told at school')
    await page.getByRole('button', { name: 'Read it before it is sent' }).click()
    await page.getByText('What you had typed is kept.').waitFor()
    const kept = await web.store.referralDrafts.find(of)
    expect(JSON.stringify(kept)).toContain('Wants nobody told at school')
  })
})
