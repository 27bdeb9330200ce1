import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { flagIdOf } from '../../src/review/flag-id.ts'
import { batchOf } from '../../src/services/screening.ts'
import type { Household } from '../../src/services/suggest-household.ts'
import type { Neighbour } from '../../src/services/timeline-port.ts'
import { presentHousehold } from '../../src/web/presenters/household.ts'
import { presentEighteen, presentPrompts } from '../../src/web/presenters/prompts.ts'
import { makeAttendance, makeDelivery, makeNhsNumber } from '../world/make-attendance.ts'
import { Visitor } from '../world/visitor.ts'
import { attend, patientHash, startTestWeb, type TestWeb } from '../world/web.ts'

const now = '2026-11-21T09:30:00Z'

describe('what follows from dates', () => {
  const child = (birthDate: string | null, ageOnArrival: number | null = 17) => ({
    ...makeAttendance({ arrivedAt: '2026-11-20T21:35:00Z', ageOnArrival, patient: { birthDate } }),
  })

  test.each([
    ['nothing, for a first attendance at 15', '2011-05-30', 15, [], []],
    ['the third attendance', '2011-05-30', 15, ['2026-11-01T10:00:00Z', '2026-10-01T10:00:00Z'], ['Third']],
    ['a birthday in half a year', '2009-05-20', 17, [], ['Turns 18 on 20 May 2027. Over 17 and a half']],
    ['a birthday since', '2008-11-21', 17, [], ['Turned 18 on 21 November 2026, after arriving.']],
    ['nothing, for who was 18 on arrival', '2008-11-01', 18, [], []],
    ['nothing, for who has no birth date', null, null, [], []],
  ] as const)('%s (born %s, aged %j)', (_reason, birthDate, age, others, begin) => {
    const prompts = presentPrompts(child(birthDate, age), { others, now })
    expect(prompts.map((prompt, index) => prompt.slice(0, begin[index]?.length))).toEqual(begin)
  })

  test('a row says the day alone', () => {
    expect(presentEighteen(child('2009-05-20'), now)).toBe('Turns 18 on 20 May 2027')
  })
})

describe('who may live there, in words', () => {
  const neighbour = (wishes: Partial<Neighbour> = {}): Neighbour => {
    const { trust, attendanceId, patient, ageOnArrival, site } = makeAttendance()
    const arrivedAt = '2026-10-02T10:00:00Z'
    return {
      ...{ trust, attendanceId, patient, ageOnArrival, site, arrivedAt, flag: null, mergedGroup: null },
      ...wishes,
    }
  }
  const household = (...attendances: [Neighbour, ...Neighbour[]]): Household => ({
    kind: 'suggested',
    hasMore: false,
    children: [{ likeness: 'same-home', attendances }],
  })

  test('a child of whom everything was set aside has no page of its own', () => {
    expect(presentHousehold(household(neighbour()), {}).others).toMatchObject([
      { why: 'Same address', born: 'Born 30 May 2011', outcome: 'Set aside', href: null },
    ])
  })

  test('the link leads to the timeline by the latest flag, and says how many attendances there are', () => {
    const flagged = neighbour({ flag: { id: 'f1', state: 'done' } })
    expect(presentHousehold(household(neighbour(), flagged), {}).others).toMatchObject([
      { outcome: 'Set aside, the latest of 2 attendances', href: '/flags/f1/child' },
    ])
  })

  test('nobody, and no postcode, are different words', () => {
    const nobody = presentHousehold({ kind: 'suggested', children: [], hasMore: false }, {}).nobody
    const unknown = presentHousehold({ kind: 'no-postcode' }, {}).nobody
    expect(nobody).toMatch(/^No other child/)
    expect(unknown).toMatch(/^No home postcode/)
  })
})

describe('the page of a child', () => {
  let web: TestWeb
  let nurse: Visitor
  beforeAll(async () => {
    web = await startTestWeb()
    nurse = await Visitor.signedIn(web.app, 'asha.patel')
  })
  afterAll(() => web[Symbol.asyncDispose]())

  test('of a flag that is none is not found', async () => {
    expect((await nurse.get('/flags/0123456789abcdef0123456789abcdef/child')).status).toBe(404)
  })

  test('shows what the hospital wrote as text, never as part of the page', async () => {
    const patient = { given: '<b>Kit</b>', family: "O'Hara" }
    const words = 'Knife <script>alert(1)</script> pulled on him \u202e'
    const { attendance } = await attend(web, { words, patient })
    const { text } = await nurse.get(`/flags/${flagIdOf(attendance)}/child`)
    expect(text).toContain('&lt;b&gt;Kit&lt;/b&gt; O&#39;Hara')
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(text).not.toContain('<script>alert')
    expect(text).not.toContain('\u202e')
  })

  test('shows numbers that the hospital merged, and the attendances under both', async () => {
    const [prior, surviving] = ['W71', 'W72']
    const hashOf = (localId: string) => patientHash.ofLocalId({ trust: 'RWP', localId })
    const of = (localId: string, arrivedAt: string) =>
      attend(web, { words: 'Threatened with a gun.', patient: { localId, nhsNumber: null }, arrivedAt })
    await of(prior, '2026-11-10T10:00:00Z')
    const { attendance } = await of(surviving, '2026-11-20T10:00:00Z')
    const delivery = makeDelivery()
    const merges = [{ prior, surviving, priorHash: hashOf(prior), survivingHash: hashOf(surviving) }]
    const at = '2026-11-20T11:00:00Z'
    const notice = {
      kind: 'merge',
      eventId: 'merge 71',
      delivery,
      source: 'pas',
      trust: 'RWP',
      at,
      merges,
    } as const
    await web.store.screening.record({ ...batchOf([]), notices: [notice] })
    const { text } = await nurse.get(`/flags/${flagIdOf(attendance)}/child`)
    expect(text).toContain('Hospital number W72, merged from W71')
    expect(text).toContain('2 attendances from 10 November 2026 to 20 November 2026: 2 flagged.')
  })

  test('is one press from the search and from what was set aside, where any attendance of the child was flagged', async () => {
    const nhsNumber = makeNhsNumber(710_001)
    const patient = { nhsNumber, given: 'Rowan', family: 'Larkrise' }
    const flagged = await attend(web, { words: 'Threatened with a knife.', patient })
    await attend(web, { words: 'Cut finger with butter knife, making toast.', patient })
    await attend(web, { words: 'Earache for two days.', patient, attendanceId: 'ED-7100' })
    const alone = { nhsNumber: makeNhsNumber(710_002), given: 'Tom', family: 'Setaway' }
    await attend(web, { words: 'Cut thumb with butter knife, making toast.', patient: alone })
    const link = `<a href="/flags/${flagIdOf(flagged.attendance)}/child">Timeline</a>`
    const found = await search('ED-7100')
    expect(found).toContain('Name not kept')
    expect(found).toContain(link)
    const { text } = await nurse.get('/set-aside')
    const [rowan, tom] = ['Rowan Larkrise', 'Tom Setaway'].map(name =>
      text.split('<article').find(row => row.includes(name)),
    )
    expect(rowan).toContain(link)
    expect(tom).not.toContain('Timeline')
    // No flag was ever raised on Tom: the search by his number shows all that there is.
    expect(tom).toContain(`name="text" value="${alone.nhsNumber}"`)
    expect(await search(alone.nhsNumber)).toContain('1 attendance found')
  })

  test('an earlier attendance that was set aside is called so, not "nothing found"', async () => {
    const patient = { nhsNumber: makeNhsNumber(710_003) }
    const come = (words: string, day: string) =>
      attend(web, { words, patient, arrivedAt: `${day}T10:00:00Z` })
    await come('Earache for two days.', '2026-10-01')
    await come('Cut finger with butter knife, making toast.', '2026-10-02')
    const { attendance } = await come('Threatened with a knife.', '2026-11-20')
    const { text } = await nurse.get(`/flags/${flagIdOf(attendance)}`)
    const table = text.split('id="earlier"')[1]?.split('</table>')[0]
    const cells = [...(table ?? '').matchAll(/<td>([^<]*)<\/td>/g)].map(([, words]) => words)
    expect(cells.filter((_, index) => index % 3 === 2)).toEqual(['Set aside', 'Read, nothing found'])
  })

  test('the row of a young person says when childhood ends', async () => {
    const patient = { birthDate: '2009-03-01', family: 'Seventeen' }
    await attend(web, { words: 'Threatened with a knife.', patient, ageOnArrival: 17 })
    const { text } = await nurse.get('/')
    expect(text.split('<tr').find(row => row.includes('Seventeen'))).toContain('Turns 18 on 1 March 2027')
  })

  async function search(text: string): Promise<string> {
    await nurse.get('/search')
    const { location } = await nurse.post('/search', { text })
    return (await nurse.get(location)).text
  }
})
