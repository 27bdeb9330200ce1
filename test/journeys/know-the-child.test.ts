import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { DecisionForm } from '../../src/review/decision-form.ts'
import { emptyDecisionForm } from '../../src/review/decision-form.ts'
import { flagIdOf } from '../../src/review/flag-id.ts'
import { claimFlag } from '../../src/services/claim-flag.ts'
import { decideFlag } from '../../src/services/decide-flag.ts'
import { openFlag } from '../../src/services/open-flag.ts'
import { authoriseReferral } from '../world/authorise-referral.ts'
import { describeInBrowser, expectWellMade } from '../world/browser.ts'
import { makeNhsNumber } from '../world/make-attendance.ts'
import { attend, signIn, startTestWeb, type TestWeb } from '../world/web.ts'

const beth = { username: 'beth.rowley', name: 'Beth Rowley', role: 'nurse' } as const

/** Beth reviewed it, some time ago. */
async function conclude(web: TestWeb, flagId: string, form: Partial<DecisionForm>): Promise<void> {
  const { review, work, audit } = web.store
  const ports = { review, work, audit, clock: web, newId: () => `decision about ${flagId}` }
  const file = await openFlag(ports, { actor: beth, flagId })
  const version = file?.flag.version ?? 0
  expect(await claimFlag(ports, { actor: beth, flagId, version, from: null })).toBe('saved')
  const deciding = { actor: beth, flagId, version: version + 1, referral: null }
  const decided = await decideFlag(
    { ...ports, partnership: web.partnership },
    { ...deciding, form: { ...emptyDecisionForm, ...form } },
  )
  expect(decided.kind).toBe('saved')
}

/** What stands in the timeline, an attendance each. */
function entries(page: Page): Promise<readonly string[]> {
  return page.locator('.app-timeline__entry').allInnerTexts()
}

await describeInBrowser('a nurse who wants to know the child', browser => {
  test('reads with one press what colleagues concluded, who knows, and who may live there: nobody must retell it', async () => {
    await using web = await startTestWeb()
    // Given Rowan, who came five times in three months; colleagues reviewed two of them
    const nhsNumber = makeNhsNumber(700_020)
    const rowan = { given: 'Rowan', family: 'Ashdown', nhsNumber, birthDate: '2009-04-30' }
    const come = (arrivedAt: string, words: string, patient = {}) =>
      attend(web, { words, arrivedAt, patient: { ...rowan, ...patient }, ageOnArrival: 17 })
    await come('2026-09-02T10:00:00Z', 'Earache for two days.')
    await come('2026-09-20T10:00:00Z', 'Cut finger with butter knife, making toast.')
    const referred = await come('2026-10-04T10:00:00Z', 'Threatened with a knife at the bus station.')
    const closed = await come('2026-10-30T10:00:00Z', 'Overdose of paracetamol.', { given: 'Rohan' })
    const latest = await come('2026-11-21T08:35:00Z', 'Chased with a machete.')
    await authoriseReferral(web.store, { again: flagIdOf(referred.attendance) })
    await conclude(web, flagIdOf(closed.attendance), {
      outcome: 'no-action',
      noAction: 'known-nothing-new',
      reason: 'CAMHS saw her on the ward; Dana Whitlow is her social worker.',
    })
    // and Isla, of the same house, who came once
    const isla = { given: 'Isla', family: 'Ashdown', birthDate: '2013-01-02' }
    await attend(web, { words: 'Told staff about a gun at home.', patient: isla })
    const page = await browser.newPage()
    const addresses: string[] = []
    page.on('request', request => addresses.push(request.url()))
    await signIn(page, web.url, 'asha.patel')

    // When she presses Timeline in Rowan's row
    const row = page.getByRole('row').filter({ hasText: 'machete' })
    expect(await row.innerText()).toContain('Turns 18 on 30 April 2027')
    expect(await row.innerText()).toContain('Fifth attendance in')
    await row.getByRole('link', { name: 'Timeline' }).click()

    // Then she reads all five, the newest first, each with what came of it
    await page.getByRole('heading', { level: 1, name: 'Rowan Ashdown' }).waitFor()
    const [newest, overdose, knife, butter, earache, ...more] = await entries(page)
    expect(more).toEqual([])
    expect(newest).toContain('Nobody has decided about it yet.')
    expect(overdose).toContain('CAMHS saw her on the ward; Dana Whitlow is her social worker.')
    expect(overdose).toMatch(/No safeguarding action needed\s+Known already, nothing new/)
    expect(overdose).toContain('Seen by Beth Rowley, safeguarding nurse')
    expect(overdose).toContain(
      'Recorded as Rohan Ashdown, born 30 April 2009. Check that this is the same child.',
    )
    expect(knife).toContain('Referral waiting to be sent')
    expect(knife).toContain('Goes to: GET SAFE')
    expect(butter).toContain('Set aside')
    expect(earache).toContain('Read, nothing found')
    expect(earache).toMatch(/Read by Wren on 2 September 2026 at 11am, rules [0-9a-f]{12}/)
    expect(earache).not.toContain('ear')
    await page
      .getByText('5 attendances from 2 September 2026 to 21 November 2026: 3 flagged, 1 set aside')
      .waitFor()
    await page.getByText('Turns 18 on 30 April 2027. Over 17 and a half: plan the hand-over').waitFor()
    await expectWellMade(page)

    // and that it was she who read it is recorded, at an address that says nothing of the child
    const flagId = flagIdOf(latest.attendance)
    expect((await web.store.audit.about(flagId, 5))[0]).toMatchObject({
      did: 'opened timeline',
      who: 'asha.patel',
    })
    expect(new URL(page.url()).pathname).toBe(`/flags/${flagId}/child`)
    expect(addresses.filter(url => /rowan|ashdown/i.test(url) || url.includes(nhsNumber))).toEqual([])

    // When she looks who lives there, Isla is suggested, with the reason, and is one press away
    const household = page.getByRole('region', { name: 'May live at the same address' })
    expect(await household.innerText()).toMatch(
      /Isla Ashdown\s+Born 2 January 2013.+\s+Same address and surname/,
    )
    await household.getByRole('link', { name: 'Isla Ashdown' }).click()
    await page.getByRole('heading', { level: 1, name: 'Isla Ashdown' }).waitFor()
    expect(await entries(page)).toHaveLength(1)

    // From an attendance it is one press as well
    await page.goto(`${web.url}/flags/${flagId}`)
    expect(await page.getByRole('list', { name: 'To bear in mind' }).innerText()).toContain(
      'Fifth attendance',
    )
    await page
      .getByRole('region', { name: 'May live at the same address' })
      .getByText('Isla Ashdown')
      .waitFor()
    await page.getByRole('link', { name: 'Timeline' }).click()
    await page.getByRole('heading', { name: 'Who has read this timeline' }).waitFor()

    // When she reopens what was closed without saying why, she is asked; with a reason it goes back to the list
    await page.getByText('Reopen it for anybody to review').click()
    await page.getByRole('button', { name: 'Reopen' }).click()
    await page.getByRole('link', { name: 'Enter why it is reopened' }).click()
    await expectWellMade(page)
    await page.keyboard.type('Her school rang: she is not safe at home.')
    await page.getByRole('button', { name: 'Reopen' }).click()
    await page.getByText('Reopened. It is on the list to review again.').waitFor()
    const reopened = (await entries(page))[1]
    expect(reopened).toContain('Flagged: to review')
    expect(reopened).toMatch(/Reopened: Her school rang: she is not safe at home\.\s+Asha Patel/)
    expect(reopened, 'the earlier outcome is kept').toContain('Known already, nothing new')

    // and on paper the first attendance stands on the first page, without a form
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize({ width: 700, height: 1000 })
    const first = await page.locator('.app-timeline__entry').first().boundingBox()
    expect(first?.y).toBeLessThan(500)
    expect(await page.getByRole('button', { name: 'Reopen' }).count()).toBe(0)
  })

  test('of a child who is new to Wren she reads that, and why nobody is suggested', async () => {
    await using web = await startTestWeb()
    // Given a child without an NHS number and without an address
    const patient = { nhsNumber: null, localId: null, postcode: null, address: null }
    const { attendance } = await attend(web, { words: 'Threatened with a knife.', patient })
    const page = await browser.newPage()
    await signIn(page, web.url, 'asha.patel')
    await page.getByRole('link', { name: 'Timeline' }).click()
    await page.getByText('1 attendance on 21 November 2026: 1 flagged.').waitFor()
    await page
      .getByText('Without a valid NHS number Wren may have missed attendances of this child.')
      .waitFor()
    await page.getByText('No home postcode is recorded').waitFor()
    await expectWellMade(page)

    // When a colleague reopened it first, she reads that it changed, and nothing is lost
    await conclude(web, flagIdOf(attendance), {
      outcome: 'no-action',
      noAction: 'known-nothing-new',
      reason: 'Known.',
    })
    await page.reload()
    await page.getByText('Reopen it for anybody to review').click()
    await page.getByLabel('Why reopen it?').fill('New facts')
    const colleague = await browser.newPage()
    await signIn(colleague, web.url, 'beth.rowley')
    await colleague.goto(`${web.url}/flags/${flagIdOf(attendance)}/child`)
    await colleague.getByText('Reopen it for anybody to review').click()
    await colleague.getByLabel('Why reopen it?').fill('His mother rang')
    await colleague.getByRole('button', { name: 'Reopen' }).click()
    await colleague.getByText('Reopened.', { exact: false }).waitFor()
    await page.getByRole('button', { name: 'Reopen' }).click()
    await page.getByText('Somebody changed it while you were reading.').waitFor()
    expect((await entries(page))[0]).toContain('His mother rang')
  })
})
