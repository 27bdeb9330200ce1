import { describe, expect, test } from 'vitest'
import { titleWith } from '../world/kafka.ts'
import { fetchKafka } from '../world/kafka-artefacts.ts'
import { isThorough } from '../world/thorough.ts'
import { findFaults } from './oracle.ts'
import { runChaos } from './run-chaos.ts'
import { tableOf } from './table.ts'

/** At least thirty kills meet every victim, and each at every step. A small run is part of every `npm test`. */
const size = isThorough ? { notes: 100_000, kills: 33 } : { notes: 1_200, kills: 4 }
/** Several times what it takes: that is what hangs, not what is slow. */
const timeoutMs = isThorough ? 1_200_000 : 600_000
const kafka = await fetchKafka(process.env.WREN_TEST_KAFKA_VERSION === '3.9.1' ? '3.9.1' : '4.1.1')
if (isThorough && 'missing' in kafka)
  throw new Error(`WREN_REQUIRE_KAFKA=1, and there is no Kafka: ${kafka.missing}`)

describe.skipIf('missing' in kafka)(titleWith('missing' in kafka ? kafka : { brokers: [] }, 'chaos'), () => {
  const seed = Number(process.env.WREN_CHAOS_SEED ?? Date.now() % 1_000_000)

  test(`of ${size.notes} notes none is lost and none counted twice, whatever is killed (seed ${seed})`, {
    timeout: timeoutMs,
  }, async () => {
    const jars = 'jars' in kafka ? kafka.jars : ''
    const told: string[] = []
    const run = await runChaos({ ...size, brokers: 1, seed, jars, tell: words => told.push(words) })
    process.stdout.write(tableOf(run, seed))
    expect(findFaults(run.facts), told.join('\n')).toEqual([])
    expect(run.recoveries).toHaveLength(size.kills)
    expect(run.facts.database.ledger.received).toBeGreaterThanOrEqual(size.notes)
  })
})
