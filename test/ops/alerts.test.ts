import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { anchorsOf } from '../docs/markdown.ts'
import { problemsOf } from './promql.ts'

const rulesFile = 'ops/prometheus/alerts.yml'
const testFiles = ['ops/prometheus/alerts.test.yml', 'ops/prometheus/alerts-weekly.test.yml']

const Alert = z.strictObject({
  alert: z.string().regex(/^Wren[A-Z]\w+$/),
  expr: z.string(),
  for: z.string().optional(),
  labels: z.strictObject({
    severity: z.enum(['page', 'ticket']),
    team: z.enum(['ops', 'safeguarding-lead']),
  }),
  annotations: z.strictObject({
    summary: z.string().min(20),
    description: z.string().min(40),
    runbook_url: z.string(),
  }),
})
const Rules = z.strictObject({
  groups: z.array(z.strictObject({ name: z.string(), rules: z.array(Alert) })),
})

const alerts = Rules.parse(parse(readFileSync(rulesFile, 'utf8'))).groups.flatMap(({ rules }) => rules)
const names = alerts.map(({ alert }) => alert)
const runbook = readFileSync('docs/on-call.md', 'utf8')

describe('the alerts', () => {
  test('each name stands once: Prometheus cannot tell two of one name apart', () => {
    expect(names).toEqual([...new Set(names)])
  })

  test.each(alerts.map(alert => [alert.alert, alert] as const))(
    '%s asks for metrics that exist',
    (_name, alert) => {
      expect(problemsOf(alert.expr)).toEqual([])
    },
  )

  test.each(alerts.map(alert => [alert.alert, alert] as const))(
    '%s has its section in the runbook',
    (name, alert) => {
      expect(alert.annotations.runbook_url).toBe(`docs/on-call.md#${name.toLowerCase()}`)
      expect(anchorsOf(runbook)).toContain(name.toLowerCase())
    },
  )

  test('the runbook has no section for an alert that does not exist', () => {
    const sections = anchorsOf(runbook).filter(anchor => anchor.startsWith('wren'))
    expect(sections.toSorted()).toEqual(names.map(name => name.toLowerCase()).toSorted())
  })

  test.each(names)('%s has a unit test that it fires and one that it does not', name => {
    const cases = testedAlerts().filter(({ alertname }) => alertname === name)
    expect(cases.some(({ exp_alerts }) => exp_alerts.length > 0)).toBe(true)
    expect(cases.some(({ exp_alerts }) => exp_alerts.length === 0)).toBe(true)
  })
})

const promtool = spawnSync('promtool', ['--version'], { encoding: 'utf8' })
const isHere = promtool.error === undefined && promtool.status === 0

describe.runIf(isHere)('promtool', () => {
  test('accepts the configuration of Prometheus and the rules', () => {
    const answer = spawnSync('promtool', ['check', 'rules', rulesFile], { encoding: 'utf8' })
    expect(answer.stderr).toBe('')
    expect(answer.stdout).toContain(`SUCCESS: ${alerts.length} rules found`)
    execFileSync('promtool', ['check', 'config', '--syntax-only', 'ops/prometheus/prometheus.yml'])
  })

  test('finds that each alert fires when it must and only then', { timeout: 120_000 }, () => {
    const answer = spawnSync('promtool', ['test', 'rules', ...testFiles], { encoding: 'utf8' })
    expect(answer.stdout + answer.stderr).not.toContain('FAILED')
    expect(answer.status).toBe(0)
  })
})

if (!isHere) {
  test.skip('promtool runs the alerts: it is not installed here (Debian: apt-get install prometheus)', () => {})
}

function testedAlerts() {
  const Case = z.object({ alertname: z.string(), exp_alerts: z.array(z.unknown()) })
  const Tests = z.object({ tests: z.array(z.object({ alert_rule_test: z.array(Case) })) })
  return testFiles
    .flatMap(file => Tests.parse(parse(readFileSync(file, 'utf8'))).tests)
    .flatMap(each => each.alert_rule_test)
}
