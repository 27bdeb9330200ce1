import { expect, test } from 'vitest'
import { metricNames, metricsOf, problemsOf } from './promql.ts'

test('the registry is read', () => {
  expect(metricNames).toContain('wren_queue_items')
  expect(metricNames).toContain('http_request_duration_seconds')
})

test.each([
  ['a metric', 'wren_queue_items'],
  ['a part of a histogram', 'rate(wren_scan_duration_seconds_bucket[5m])'],
  ['a label of its metric', 'sum by (status) (wren_queue_items{status!="done"})'],
  ['a metric of Prometheus', 'absent(up{job="wren"} == 1)'],
])('%s passes', (_what, expression) => {
  expect(problemsOf(expression)).toEqual([])
})

test.each([
  ['a bracket too few', 'sum(wren_queue_items'],
  ['a metric nobody declares', 'wren_queue_size'],
  ['a histogram by its bare name', 'rate(wren_scan_duration_seconds[5m])'],
  ['a label of another metric', 'wren_queue_items{source="ed"}'],
  ['a grouping by a label that does not exist', 'sum by (colour) (wren_queue_items)'],
  ['a number alone', '1 > 0'],
])('%s is found', (_what, expression) => {
  expect(problemsOf(expression)).toHaveLength(1)
})

test('the metrics of an expression are all found', () => {
  expect(metricsOf('wren_queue_items > 1 and on() up == 1')).toEqual(['wren_queue_items', 'up'])
})
