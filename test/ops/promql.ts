import { parser } from '@prometheus-io/lezer-promql'
import { Registry } from 'prom-client'
import { declareMetrics } from '../../src/telemetry/metric-families.ts'

/** Labels that Prometheus adds to every metric it reads, and those that histograms bring. */
const addedLabels = ['job', 'instance', 'role', 'le']
const otherMetrics = /^(up|process_[a-z_]+|nodejs_[a-z_]+)$/

const registry = new Registry()
declareMetrics(registry)

/** The labels of each metric by every name under which Prometheus knows it. */
const known = new Map<string, readonly string[]>(
  registry.getMetricsAsArray().flatMap(metric => {
    const { name, labelNames = [] } = Object(metric)
    const isHistogram = metric.constructor.name === 'Histogram'
    const names = isHistogram ? ['bucket', 'sum', 'count'].map(part => `${name}_${part}`) : [name]
    return names.map(each => [each, labelNames] as const)
  }),
)

export const metricNames: readonly string[] = registry.getMetricsAsArray().map(({ name }) => name)

/** What is wrong with an expression, in words: it does not parse, or names what the registry does not have. */
export function problemsOf(expression: string): string[] {
  const { broken, metrics, labels } = read(expression)
  if (broken) return [`does not parse: ${expression}`]
  if (metrics.length === 0) return [`names no metric: ${expression}`]
  const unknown = metrics.filter(name => !known.has(name) && !otherMetrics.test(name))
  const allowed = new Set([...addedLabels, ...metrics.flatMap(name => known.get(name) ?? [])])
  const strange = labels.filter(label => !allowed.has(label))
  return [
    ...unknown.map(name => `no such metric: ${name}`),
    ...strange.map(label => `no metric of the expression has the label ${label}`),
  ]
}

export function metricsOf(expression: string): readonly string[] {
  return read(expression).metrics
}

function read(expression: string): { broken: boolean; metrics: string[]; labels: string[] } {
  const found = { broken: false, metrics: new Set<string>(), labels: new Set<string>() }
  parser.parse(expression).iterate({
    enter: node => {
      const text = expression.slice(node.from, node.to)
      if (node.type.isError) found.broken = true
      if (node.name === 'Identifier' && node.node.parent?.name === 'VectorSelector') found.metrics.add(text)
      if (node.name === 'LabelName') found.labels.add(text)
    },
  })
  return { broken: found.broken, metrics: [...found.metrics], labels: [...found.labels] }
}
