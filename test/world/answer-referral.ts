import type { Page } from 'playwright-core'

/** Fills in what a referral must have besides its concern, as a nurse does who asked, told and referred. */
export async function answerReferral(page: Page): Promise<void> {
  const choose = (group: string, answer: string): Promise<void> =>
    page.getByRole('group', { name: group }).getByLabel(answer, { exact: true }).check()
  // Without an address Wren does not say where a child belongs: the nurse does.
  const where = page.getByRole('group', { name: 'Where does it go?' })
  if ((await where.count()) > 0) await where.getByLabel('GET SAFE').check()
  await choose('Overall risk', 'High')
  await choose('Is the child suffering, or likely to suffer, significant harm?', 'Yes')
  await choose('Is there a referral to children’s social care?', 'Yes, referred')
  await page.getByLabel('To whom, when, and under which reference?').fill('Family Front Door, 9:10am')
  await choose('Strategy discussion', 'Asked for')
  await choose('Have the police been told?', 'Yes')
  await choose('Was consent asked for?', 'Asked, and given')
  await choose('Were the parents or carers told?', 'Yes')
  await choose('Was capacity considered?', 'Yes')
}
