import { once } from 'node:events'
import { createServer } from 'node:http'
import { fetchKafka } from './kafka-artefacts.ts'
import { type KafkaBroker, startKafkaBroker } from './kafka-broker.ts'

/** What a test that asks for Kafka is told. */
export type KafkaAnswer = { readonly brokers: readonly string[] } | { readonly missing: string }

/**
 * One broker for the whole run, started when the first test asks. Tests run in worker processes, the broker belongs
 * to the process that runs them, so they ask over HTTP; a run without Kafka tests starts nothing and waits for nothing.
 */
export async function openKafkaDoor(): Promise<{ url: string; close(): Promise<void> }> {
  let started: Promise<{ broker: KafkaBroker } | { missing: string }> | null = null
  const server = createServer((_request, response) => {
    started ??= startKafka()
    void answerOf(started).then(answer => response.end(JSON.stringify(answer)))
  })
  server.listen(0, '127.0.0.1').unref()
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
      const kafka = await started?.catch(() => null) // said already, as the answer
      if (kafka && 'broker' in kafka) await kafka.broker.stop()
    },
  }
}

async function answerOf(started: ReturnType<typeof startKafka>): Promise<KafkaAnswer> {
  try {
    const kafka = await started
    return 'broker' in kafka ? { brokers: kafka.broker.brokers } : kafka
  } catch (error) {
    return { missing: String(error) }
  }
}

async function startKafka(): Promise<{ broker: KafkaBroker } | { missing: string }> {
  const found = await fetchKafka(process.env.WREN_TEST_KAFKA_VERSION === '3.9.1' ? '3.9.1' : '4.1.1')
  if ('jars' in found) return { broker: await startKafkaBroker(found.jars) }
  // The reporter names skipped tests without their reason: this line is where a person finds it.
  process.stdout.write(`Kafka tests are skipped: ${found.missing}\n`)
  return found
}
