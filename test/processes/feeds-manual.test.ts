import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readBodyType } from '../../src/adapters/inlet/body-type.ts'
import { readSettings } from '../../src/processes/config.ts'
import { loadMappings } from '../../src/processes/mappings.ts'
import { knifeScreen } from '../world/knife-screen.ts'

const manual = readFileSync('docs/feeds.md', 'utf8')
const mappings = await loadMappings(['docs/examples/ed-extract.yaml', 'docs/examples/engine-json.yaml'])
const mapped = [...mappings.values()].map(mapping => ({ mapping, screen: knifeScreen }))

const contentTypes = [
  ...manual.matchAll(/`((?:text|application|x-application)\/[a-z0-9+-]+(?:; mapping=[a-z-]+)?)`/g),
]
test.each([...new Set(contentTypes.map(([, type]) => type ?? ''))])(
  'the manual’s content type "%s" is taken',
  type => {
    const isOfDocument = ['text/plain', 'text/html'].includes(type)
    expect('problem' in readBodyType(type, { screen: knifeScreen, mapped })).toBe(isOfDocument)
  },
)

const topicLists = [...manual.matchAll(/KAFKA_ATTENDANCE_TOPICS=([^`\s]+)/g)].map(([, list]) => list ?? '')
test.each(topicLists)('the manual’s topics "%s" are settings, and its mappings are there', list => {
  const read = readSettings({ KAFKA_BROKERS: 'kafka:9092', KAFKA_ATTENDANCE_TOPICS: list })
  if ('problems' in read) throw new Error(read.problems.join())
  const named = [...(read.settings.kafka?.topicMappings.values() ?? [])].filter(name => name !== null)
  expect(named.filter(name => !mappings.has(name))).toEqual([])
})

test('every setting that the manual names is one', () => {
  const settings = readFileSync('src/processes/config.ts', 'utf8')
  const named = [...manual.matchAll(/`((?:WREN|KAFKA)_[A-Z0-9_]+)/g)].map(([, name]) => name ?? '')
  expect(new Set(named.filter(name => !settings.includes(`  ${name}:`)))).toEqual(new Set())
})
