import { describe, expect, test } from 'vitest'
import { type Metrics, makeMetrics } from '../../src/telemetry/metrics.ts'
import type { StoreFigures } from '../../src/telemetry/store-figures.ts'
import { makeMention } from '../world/make-attendance.ts'
import { noReferrals } from '../world/no-referrals.ts'

const now = Temporal.Instant.from('2026-03-02T09:00:00Z')
const clock = { now: () => now }

describe('the metrics of a process', () => {
  test('the version and the Node that run are shown', async () => {
    expect(await lines()).toContain(`wren_build_info{version="1.2.3",node="${process.versions.node}"} 1`)
  })

  test('the process itself is measured', async () => {
    expect(await rendered()).toMatch(/^process_resident_memory_bytes \d/m)
  })

  test('counters with known labels begin at zero', async () => {
    const found = await lines()
    expect(found).toContain('wren_attendances_scanned_total{outcome="out_of_scope"} 0')
    expect(found).toContain('wren_dead_letters_total{reason="too_large"} 0')
    expect(found).toContain('wren_sign_in_failures_total{reason="refused"} 0')
    expect(found).toContain('wren_exports_total{format="csv"} 0')
  })

  test('a list that is taken out of Wren is counted by its format', async () => {
    const found = await lines(metrics => {
      metrics.exported('xlsx')
      metrics.exported('print')
      metrics.exported('xlsx')
    })
    expect(found).toContain('wren_exports_total{format="xlsx"} 2')
    expect(found).toContain('wren_exports_total{format="print"} 1')
  })

  test('a message received is counted by source and kind, and is the latest of its source', async () => {
    const found = await lines(metrics => {
      metrics.received({ source: 'ed-worcester', kind: 'new', receivedAt: '2026-03-02T08:59:30Z' })
      metrics.received({ source: 'ed-worcester', kind: null, receivedAt: '2026-03-02T08:59:31Z' })
    })
    expect(found).toContain('wren_attendances_received_total{source="ed-worcester",kind="new"} 1')
    expect(found).toContain('wren_attendances_received_total{source="ed-worcester",kind="unknown"} 1')
    expect(found).toContain('wren_last_message_timestamp_seconds{source="ed-worcester"} 1772441971')
  })

  test('ten thousand sources make at most fifty-one labels', async () => {
    const found = await lines(metrics => {
      for (let number = 0; number < 10_000; number += 1) receiveFrom(metrics, `made-up-${number}`)
    })
    const sources = found.filter(line => line.startsWith('wren_attendances_received_total'))
    expect(sources).toHaveLength(51)
    expect(sources.at(-1)).toBe('wren_attendances_received_total{source="other",kind="new"} 9950')
  })

  test.each([
    ['a name', 'Zebedee Quillfeather'],
    ['an NHS number', '9991234578'],
    ['an essay', 'x'.repeat(41)],
    ['nothing', ''],
  ])('%s in the place of a source is not shown', async (_what, source) => {
    const found = await lines(metrics => receiveFrom(metrics, source))
    expect(found).toContain('wren_attendances_received_total{source="other",kind="new"} 1')
  })

  test('where sources are configured, only those are shown', async () => {
    const metrics = makeMetrics({ version: '1.2.3', clock, sources: ['ED Worcester'] })
    receiveFrom(metrics, 'ED Worcester')
    receiveFrom(metrics, 'ed-redditch')
    const found = (await metrics.render()).body.split('\n')
    expect(found).toContain('wren_attendances_received_total{source="ED Worcester",kind="new"} 1')
    expect(found).toContain('wren_attendances_received_total{source="other",kind="new"} 1')
  })

  test('each mention is counted with a bounded reason, and a rule once an attendance unless all is set aside for another reason than its trial', async () => {
    const found = await lines(metrics =>
      metrics.mentioned([
        makeMention({ rule: 'weapon-blade' }),
        makeMention({ rule: 'weapon-blade', standing: 'lowered', assertion: 'historical' }),
        makeMention({ rule: 'weapon-gun', standing: 'set-aside', because: '"glue" stands before it' }),
        makeMention({ rule: 'gang', trial: true, theme: 'exploitation', standing: 'set-aside' }),
      ]),
    )
    expect(found.filter(line => /^wren_(mentions|rule_matches)_total/.test(line))).toEqual([
      'wren_rule_matches_total{rule="weapon-blade",theme="weapons",status="live"} 1',
      'wren_rule_matches_total{rule="gang",theme="exploitation",status="trial"} 1',
      'wren_mentions_total{rule="weapon-blade",standing="counted",reason="affirmed"} 1',
      'wren_mentions_total{rule="weapon-blade",standing="lowered",reason="historical"} 1',
      'wren_mentions_total{rule="weapon-gun",standing="set-aside",reason="other_meaning"} 1',
      'wren_mentions_total{rule="gang",standing="set-aside",reason="trial"} 1',
    ])
  })

  test('the lag of a consumer that hangs grows with the clock, and goes when it gives the partition up', async () => {
    let time = now
    const metrics = makeMetrics({ version: '1.2.3', clock: { now: () => time } })
    const place = { group: 'wren', topic: 'attendances', partition: 0 }
    const lag = async (): Promise<string | undefined> =>
      (await metrics.render()).body.split('\n').find(line => line.startsWith('wren_consumer_lag_seconds{'))
    metrics.consumerAt({ ...place, lagMessages: 12, committedAt: '2026-03-02T08:59:00Z' })
    expect(await lag()).toMatch(/ 60$/)
    time = now.add({ seconds: 40 })
    expect(await lag()).toMatch(/ 100$/)
    metrics.consumerAt({ ...place, lagMessages: 0, committedAt: '2026-03-02T08:59:00Z' })
    expect(await lag()).toMatch(/ 0$/)
    metrics.consumerLeft(place)
    expect(await lag()).toBeUndefined()
  })

  test('a new ruleset takes the place of the old one', async () => {
    const found = await lines(metrics => {
      metrics.rulesInUse('aaaaaaaaaaaa')
      metrics.rulesInUse('bbbbbbbbbbbb')
    })
    expect(found.filter(line => line.startsWith('wren_rules_info'))).toEqual([
      'wren_rules_info{rules_version="bbbbbbbbbbbb"} 1',
    ])
  })

  test.each([
    ['a route', '/flags/:id', '/flags/:id'],
    ['an address nobody answers', null, 'none'],
    ['an address with a search', '/search?q=quill', 'other'],
  ])('%s is shown as a route', async (_what, route, label) => {
    const found = await lines(metrics =>
      metrics.answered({ method: 'GET', route, statusCode: 204, seconds: 0.002 }),
    )
    expect(found).toContain(
      `http_request_duration_seconds_bucket{le="0.005",method="GET",route="${label}",status_class="2xx"} 1`,
    )
  })

  test('a method that does not exist is shown as other', async () => {
    const found = await rendered(metrics =>
      metrics.answered({ method: 'QUILL', route: '/', statusCode: 400, seconds: 0.1 }),
    )
    expect(found).toContain('method="other"')
    expect(found).not.toContain('QUILL')
  })

  test('an event from the future took no time', async () => {
    const found = await lines(metrics => {
      metrics.becameVisibleAfter(-30)
      metrics.becameVisibleAfter(Number.NaN)
    })
    expect(found).toContain('wren_end_to_end_seconds_bucket{le="0.1"} 1')
    expect(found).toContain('wren_end_to_end_seconds_count 1')
  })
})

describe('the figures of the database', () => {
  const figures: StoreFigures = {
    queue: { 'to-review': 3, 'in-review': 1, 'actions-open': 2, deferred: 0, done: 40 },
    oldestUnreviewed: { high: '2026-03-02T07:00:00Z', medium: null, low: '2026-03-02T09:05:00Z' },
    referrals: { ...noReferrals, queued: 1, parked: 1, acknowledged: 9 },
    unaccounted: { today: 0, yesterday: 2, older: 0 },
    lastSignOff: '2026-11-20T08:00:00Z',
    lastReceived: [
      { source: 'ED One', at: '2026-03-02T08:00:00Z' },
      { source: 'ED Two', at: '2026-03-02T07:00:00Z' },
    ],
  }

  test('they are read when Prometheus asks', async () => {
    const found = (await collecting(async () => figures).render()).body.split('\n')
    expect(found).toContain('wren_queue_items{status="to-review"} 3')
    expect(found).toContain('wren_referrals{state="parked"} 1')
    expect(found).toContain('wren_unaccounted_attendances{day_age="yesterday"} 2')
    expect(found).toContain('wren_queue_oldest_unreviewed_age_seconds{band="high"} 7200')
    expect(found).toContain('wren_queue_oldest_unreviewed_age_seconds{band="medium"} 0')
    expect(found).toContain('wren_queue_oldest_unreviewed_age_seconds{band="low"} 0')
  })

  test('sources shown together have the newest of their times', async () => {
    const { body } = await collecting(async () => figures).render()
    expect(body).toContain('wren_last_message_timestamp_seconds{source="other"} 1772438400')
  })

  test('a database that fails leaves its figures out, says so, and spoils nothing else', async () => {
    const failures: unknown[] = []
    const answers: (() => Promise<StoreFigures>)[] = [
      async () => figures,
      async () => {
        throw new Error('the database is gone')
      },
    ]
    const metrics = collecting(
      () => answers.shift()!(),
      error => failures.push(error),
    )
    expect((await metrics.render()).body).toContain('wren_queue_items{')
    const { body } = await metrics.render()
    expect(body).not.toContain('wren_queue_items{')
    expect(body).toContain('wren_build_info{')
    expect(failures).toHaveLength(1)
  })
})

function collecting(
  collect: () => Promise<StoreFigures>,
  collectFailed: (error: unknown) => void = error => {
    throw error
  },
): Metrics {
  return makeMetrics({ version: '1.2.3', clock, collect, collectFailed })
}

function receiveFrom(metrics: Metrics, source: string): void {
  metrics.received({ source, kind: 'new', receivedAt: '2026-03-02T08:59:30Z' })
}

async function rendered(tell: (metrics: Metrics) => void = () => {}): Promise<string> {
  const metrics = makeMetrics({ version: '1.2.3', clock })
  tell(metrics)
  return (await metrics.render()).body
}

async function lines(tell?: (metrics: Metrics) => void): Promise<string[]> {
  return (await rendered(tell)).split('\n')
}
