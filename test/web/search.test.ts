import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeNhsNumber } from '../world/make-attendance.ts'
import { Visitor } from '../world/visitor.ts'
import { attend, startTestWeb, type TestWeb } from '../world/web.ts'

const number = makeNhsNumber(700_001)
const other = makeNhsNumber(700_002)

describe('searching', () => {
  let web: TestWeb
  let nurse: Visitor
  beforeAll(async () => {
    web = await startTestWeb()
    nurse = await Visitor.signedIn(web.app, 'asha.patel')
  })
  afterAll(() => web[Symbol.asyncDispose]())

  test('before anything has come, it says that there is nothing to find', async () => {
    expect((await search('Rowan')).text).toContain('No attendance has been received yet')
    await attend(web, {
      attendanceId: 'ED-1001',
      words: 'Threatened with a knife.',
      patient: {
        given: 'Rowan',
        family: "O'Quill",
        nhsNumber: number,
        localId: 'W90001',
        birthDate: '2012-02-29',
      },
    })
    await attend(web, {
      attendanceId: 'ED-1002',
      words: 'Earache for two days.',
      arrivedAt: '2026-11-20T10:00:00Z',
      patient: {
        given: 'Rowan',
        family: "O'Quill",
        nhsNumber: number,
        localId: 'W90001',
        birthDate: '2012-02-29',
      },
    })
    await attend(web, {
      attendanceId: 'ED-1003',
      words: 'Cut finger with butter knife, making toast.',
      patient: { given: 'Isla', family: 'Merrick', nhsNumber: other },
    })
  })

  test.each([
    [
      'NHS number, typed in groups',
      `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`,
      ['ED-1001', 'ED-1002'],
    ],
    ['hospital number', 'W90001', ['ED-1001', 'ED-1002']],
    ['attendance number of one that was clear', 'ed-1002', ['ED-1002']],
    ['beginnings of both names, in either order', "o'qu rowan", ['ED-1001']],
    ['one name', 'MERRICK', ['ED-1003']],
    ['date of birth', '29/2/2012', ['ED-1001']],
    ['date of birth in words', '29 February 2012', ['ED-1001']],
  ])('by %s, it finds what was flagged, set aside and clear', async (_by, text, expected) => {
    const answer = await search(text)
    const found = [...answer.text.matchAll(/ED-100\d(?=<span)/g)].map(each => each[0])
    expect(found).toEqual(expected)
  })

  test('a clear attendance has when it was read and by which rules, and no name', async () => {
    const answer = await search('ED-1002')
    expect(answer.text).toContain('Read, nothing found')
    expect(answer.text).toContain(`20 November 2026 at 10am, rules ${web.scanner.rulesetVersion}`)
    expect(answer.text).toContain('Name not kept')
    expect(answer.text).not.toContain('Quill')
  })

  test('a set-aside one can be put in the queue from here', async () => {
    expect((await search('ED-1003')).text).toContain('Set aside')
    await nurse.post('/set-aside', { trust: 'RWP', attendanceId: 'ED-1003' })
    expect((await search('ED-1003')).text).toContain('Flagged: to review')
  })

  test.each([
    ['nothing typed', ' ', 'Enter a name, NHS number, date of birth or attendance number'],
    ['a wrong digit', '999 123 4560', 'not a valid NHS number: one of them is wrong'],
    ['an NHS number nobody came with', makeNhsNumber(700_009), 'No attendance with this NHS number'],
    ['a day that no calendar has', '31/2/2012', 'There is no such day'],
    ['a date nobody was born on', '1/1/2012', 'has this date of birth'],
    [
      'a name nobody has',
      'Zebedee',
      'Wren keeps the name and date of birth of a child only where a word was found',
    ],
    ['a number nothing has', 'ED-9999', 'No attendance has this number'],
    ['one letter', 'R', 'Enter at least two letters'],
    ['a wildcard', '%%', 'has a name that begins like this'],
    ['more than a search is', 'a'.repeat(101), 'Search must be 100 characters or fewer'],
  ])('%s is told apart: "%s"', async (_what, text, words) => {
    expect((await search(text)).text).toContain(words)
  })

  test('no address and no line of the log has what was typed; each search is audited by its id', async () => {
    await nurse.get('/search')
    const answer = await nurse.post('/search', { text: 'Zebedee Canarybird' })
    expect(answer.location).toMatch(/^\/search\/[0-9a-f-]{36}$/)
    await nurse.get(answer.location)
    expect(web.log.join('')).not.toContain('Canarybird')
    const entries = await web.store.audit.about(`search ${answer.location.slice('/search/'.length)}`, 5)
    expect(entries).toMatchObject([{ who: 'asha.patel', did: 'searched by name', why: null }])
  })

  test('nobody else opens the answer, and after a session it is forgotten', async () => {
    await nurse.get('/search')
    const { location } = await nurse.post('/search', { text: 'Rowan' })
    const colleague = await Visitor.signedIn(web.app, 'beth.rowley')
    expect((await colleague.follow(location)).text).toContain('That search is no longer kept')
    web.pass({ hours: 13 })
    const later = await Visitor.signedIn(web.app, 'asha.patel')
    expect((await later.follow(location)).text).toContain('That search is no longer kept')
  })

  async function search(text: string) {
    await nurse.get('/search')
    const answer = await nurse.post('/search', { text })
    return answer.status === 303 ? nurse.get(answer.location) : answer
  }
})
