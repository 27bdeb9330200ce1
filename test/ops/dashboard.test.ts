import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { problemsOf } from './promql.ts'

const Source = z.object({ type: z.literal('prometheus'), uid: z.string() })
const Panel = z.object({
  id: z.number(),
  title: z.string().min(5),
  description: z.string().min(10),
  datasource: Source,
  gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
  fieldConfig: z.object({ defaults: z.object({ unit: z.enum(['s', 'short', 'bytes']) }) }),
  targets: z.array(z.object({ datasource: Source, expr: z.string() })).min(1),
})
const Dashboard = z.object({ uid: z.literal('wren'), title: z.string(), panels: z.array(z.unknown()) })
const Sources = z.object({ datasources: z.array(z.object({ uid: z.string(), type: z.string() })) })

const dashboard = Dashboard.parse(JSON.parse(readFileSync('ops/grafana/dashboards/wren.json', 'utf8')))
const panels = dashboard.panels.map((panel, index) => [titleOf(panel, index), panel] as const)

describe('the dashboard', () => {
  test.each(panels)('"%s" has a title, a description, a unit and a data source', (_title, panel) => {
    expect(Panel.safeParse(panel).error).toBeUndefined()
  })

  test.each(panels)('"%s" asks for metrics that exist', (_title, panel) => {
    expect(Panel.parse(panel).targets.flatMap(({ expr }) => problemsOf(expr))).toEqual([])
  })

  test('its data source is the one provisioned', () => {
    const file = readFileSync('ops/grafana/provisioning/datasources/prometheus.yml', 'utf8')
    const provisioned = Sources.parse(parse(file)).datasources.map(({ uid }) => uid)
    const used = panels.map(([, panel]) => Panel.parse(panel).datasource.uid)
    expect([...new Set(used)]).toEqual(provisioned)
  })

  test('no panel covers another', () => {
    const taken = panels.flatMap(([title, panel]) =>
      squaresOf(Panel.parse(panel).gridPos).map(at => `${at} ${title}`),
    )
    const squares = taken.map(each => each.split(' ')[0])
    expect(squares.length).toBe(new Set(squares).size)
  })

  test.each([
    ['feed age', 'wren_last_message_timestamp_seconds'],
    ['received', 'wren_attendances_received_total'],
    ['outcomes', 'wren_attendances_scanned_total'],
    ['the queue', 'wren_queue_items'],
    ['the longest wait', 'wren_queue_oldest_unreviewed_age_seconds'],
    ['referrals', 'wren_referrals'],
    ['dead letters', 'wren_dead_letters_total'],
    ['lag', 'wren_consumer_lag_seconds'],
    ['the time of a scan', 'wren_scan_duration_seconds_bucket'],
  ])('%s is on it', (_what, metric) => {
    expect(
      panels.some(([, panel]) => Panel.parse(panel).targets.some(({ expr }) => expr.includes(metric))),
    ).toBe(true)
  })
})

function titleOf(panel: unknown, index: number): string {
  return z.object({ title: z.string() }).safeParse(panel).data?.title ?? `panel ${index + 1}`
}

function squaresOf({ x, y, w, h }: { x: number; y: number; w: number; h: number }): string[] {
  return Array.from({ length: w * h }, (_, square) => `${x + (square % w)},${y + Math.floor(square / w)}`)
}
