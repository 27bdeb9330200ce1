import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const page = readFileSync('docs/guarantees.md', 'utf8')

test('every promise names a test, and every test named is there', () => {
  const promises = page.split('\n').filter(line => line.startsWith('| ') && !line.startsWith('| Promise'))
  expect(promises.length).toBeGreaterThan(5)
  expect(promises.filter(line => !line.includes('`test/'))).toEqual([])
  const named = [...page.matchAll(/`(test\/[^`]+)`/g)].map(([, path]) => path ?? '')
  expect(named.filter(path => !existsSync(path))).toEqual([])
})

test('every alert named is an alert', () => {
  const alerts = readFileSync('ops/prometheus/alerts.yml', 'utf8')
  const named = [...page.matchAll(/`(Wren[A-Z]\w+)`/g)].map(([, name]) => name ?? '')
  expect(named.filter(name => !alerts.includes(`alert: ${name}\n`))).toEqual([])
})
