import { describe, expect, test } from 'vitest'
import { titleWith } from '../world/kafka.ts'
import { fetchKafka } from '../world/kafka-artefacts.ts'
import { findFaults } from './oracle.ts'
import { runChaos } from './run-chaos.ts'

/** The whole run takes some seven minutes, so it is asked for by name; a small one is part of every run. */
const size = process.env.WREN_CHAOS === 'full' ? { notes: 100_000, kills: 33 } : { notes: 1_200, kills: 4 }
const isPromised = process.env.WREN_REQUIRE_KAFKA === '1'
const kafka = await fetchKafka(process.env.WREN_TEST_KAFKA_VERSION === '3.9.1' ? '3.9.1' : '4.1.1')
if (isPromised && 'missing' in kafka)
  throw new Error(`WREN_REQUIRE_KAFKA=1, and there is no Kafka: ${kafka.missing}`)

describe.skipIf('missing' in kafka)(titleWith('missing' in kafka ? kafka : { brokers: [] }, 'chaos'), () => {
  const seed = Number(process.env.WREN_CHAOS_SEED ?? Date.now() % 1_000_000)

  test(`of ${size.notes} notes none is lost and none counted twice, whatever is killed (seed ${seed})`, {
    timeout: 720_000,
  }, async () => {
    const jars = 'jars' in kafka ? kafka.jars : ''
    const told: string[] = []
    const run = await runChaos({ ...size, brokers: 1, seed, jars, tell: words => told.push(words) })
    expect(findFaults(run.facts), told.join('\n')).toEqual([])
    expect(run.recoveries).toHaveLength(size.kills)
    expect(run.facts.database.ledger.received).toBeGreaterThanOrEqual(size.notes)
  })
})
