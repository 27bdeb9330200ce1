import { fetchJars } from './maven-artefacts.ts'

export type KafkaVersion = '4.1.1' | '3.9.1'

/** The folder with the broker's jars, fetched once by Maven and kept, or in words why there is none. */
export async function fetchKafka(version: KafkaVersion): Promise<{ jars: string } | { missing: string }> {
  return fetchJars({
    what: 'Kafka',
    name: `kafka-${version}`,
    pom: 'test/kafka/pom.xml',
    profile: `kafka-${version}`,
  })
}
