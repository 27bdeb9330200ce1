import type { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isThorough } from '../world/thorough.ts'
import { Visitor } from '../world/visitor.ts'
import { attend, startTestWeb, type TestWeb, type Username } from '../world/web.ts'
import { addYearsOfHistory } from '../world/years-of-history.ts'

/**
 * Five years of a county's hospitals where the long runs take part, 40 days at a desk. How long the pages take is
 * printed; what a test can say for certain is that none of them reads the history through.
 */
const attendances = isThorough ? 1_000_000 : 20_000
const askedEach = isThorough ? 40 : 3

const day = '2026-11-19'
/** `N` is the number of a flag: its page, and another one each time. */
const pages: readonly (readonly [who: Username, path: string])[] = [
  ['asha.patel', '/'],
  ['asha.patel', '/?tab=actions-open'],
  ['asha.patel', '/?tab=deferred'],
  ['asha.patel', '/?tab=done'],
  ['asha.patel', '/?tab=done&page=20'],
  ['asha.patel', '/?site=RWP50'],
  ['asha.patel', '/waiting'],
  ['asha.patel', '/flags/N'],
  ['asha.patel', '/flags/N/child'],
  ['asha.patel', '/bulk'],
  ['asha.patel', '/changed'],
  ['asha.patel', '/hand-over'],
  ['asha.patel', '/set-aside'],
  ['asha.patel', `/set-aside/readings/${day}`],
  ['asha.patel', '/referrals'],
  ['asha.patel', '/meeting'],
  ['asha.patel', `/day-sheet?day=${day}`],
  ['asha.patel', '/search'],
  ['asha.patel', '/accounting'],
  ['asha.patel', `/accounting?day=${day}`],
  ['asha.patel', `/accounting/${day}/messages?source=ed&site=RWP50&outcome=clear`],
  ['asha.patel', `/accounting/${day}/census`],
  ['colm.fairley', '/accounting/days'],
  ['colm.fairley', `/accounting/${day}/sign-off`],
  ['colm.fairley', `/accounting/${day}/sign-off/gaps`],
  ['dina.marsh', '/rules'],
  ['dina.marsh', '/rules/weapon-blade'],
  ['dina.marsh', '/rules/suggestions'],
]
const searches = ['Ashabc', 'Rowan Ashzzz', 'B400', '14 March 2012', '999 000 0018']

/** A smaller table may well be read through: that is quicker than its index. */
const rowsMin = 5_000

describe(`with ${attendances.toLocaleString('en-GB')} attendances of history`, () => {
  let web: TestWeb
  let client: Client
  const visitors = new Map<Username, Visitor>()
  beforeAll(async () => {
    web = await startTestWeb()
    await attend(web, {
      words: 'Stab wound L thigh, kinfe. Will not say who.',
      arrivedAt: '2026-11-21T09:10:00Z',
    })
    client = await web.connect()
    await addYearsOfHistory(client, { attendances, until: '2026-11-21T09:00:00Z' })
    for (const who of ['asha.patel', 'colm.fairley', 'dina.marsh'] as const)
      visitors.set(who, await Visitor.signedIn(web.app, who))
  }, 600_000)
  afterAll(() => web[Symbol.asyncDispose]())

  test('no page, and no message, reads a table of the history through', async () => {
    const before = await rowsReadThrough(client)
    const times: Times[] = []
    for (const [who, path] of pages) await ask(who, path) // what is compiled and cached once is not measured
    for (const [who, path] of pages) times.push(await timesOf(path, () => ask(who, path)))
    times.push(await timesOf('the day sheet of today as CSV', daySheet))
    times.push(await timesOf('a flagged attendance taken in', async () => void (await attend(web))))
    times.push(await timesOf('start review', start))
    times.push(await timesOf('the referral of one begun', () => ask('asha.patel', `${begun}/referral`)))
    for (const words of searches) times.push(await timesOf(`search: ${words}`, () => search(words)))
    process.stdout.write(
      `${times
        .sort((a, b) => b.p95 - a.p95)
        .map(lineOf)
        .join('\n')}\n`,
    )
    await web.app.close()
    await web.store.close()
    const others = `select from pg_stat_activity
      where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`
    await expect.poll(async () => (await client.query(others)).rowCount, { timeout: 10_000 }).toBe(0)
    const after = await rowsReadThrough(client)
    expect(wrong).toEqual([])
    expect([...after].filter(([table, rows]) => rows !== before.get(table))).toEqual([])
  }, 600_000)

  let turn = 0
  let begun = ''
  const wrong: string[] = []

  async function ask(who: Username, path: string): Promise<void> {
    turn = (turn + 1) % 900
    const url = path.replace('N', `flag-${attendances - 1_000 - turn * 20}`)
    const answer = await visitors.get(who)?.get(url)
    if (answer?.status !== 200) wrong.push(`${url} ${answer?.status}`)
  }

  /** Takes the next flag that waits. */
  async function start(): Promise<void> {
    const sent = await visitors.get('asha.patel')?.post('/start')
    begun = sent?.location.split('#')[0] ?? ''
    if (!begun.startsWith('/flags/')) wrong.push(`start: ${sent?.status} ${begun}`)
  }

  async function daySheet(): Promise<void> {
    const wish = { day: '2026-11-21', purpose: 'audit', format: 'csv' }
    const given = await visitors.get('asha.patel')?.post('/day-sheet', wish)
    if (given?.status !== 200) wrong.push(`day sheet: ${given?.status}`)
  }

  async function search(words: string): Promise<void> {
    const visitor = visitors.get('asha.patel')
    const sent = await visitor?.post('/search', { text: words })
    const found = await visitor?.get(sent?.location ?? '')
    if (found?.status !== 200) wrong.push(`search: ${sent?.status} ${found?.status}`)
  }
})

interface Times {
  readonly page: string
  readonly p50: number
  readonly p95: number
}

async function timesOf(page: string, work: () => Promise<void>): Promise<Times> {
  const times: number[] = []
  for (let index = 0; index < askedEach; index++) {
    const startedAt = performance.now()
    await work()
    times.push(performance.now() - startedAt)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { page, p50: at(0.5), p95: at(0.95) }
}

function lineOf({ page, p50, p95 }: Times): string {
  return `${page.padEnd(64)} median ${p50.toFixed(0).padStart(5)} ms, 95 in 100 within ${p95.toFixed(0).padStart(5)} ms`
}

/** Rows that scans from end to end have read, a large table each; a connection tells its own when it ends, if not before. */
async function rowsReadThrough(client: Client): Promise<ReadonlyMap<string, number>> {
  const found = await client.query<{ relname: string; rows: number }>(
    `select relname, seq_tup_read::float as rows from pg_stat_user_tables where n_live_tup > ${rowsMin}`,
  )
  return new Map(found.rows.map(({ relname, rows }) => [relname, rows]))
}
