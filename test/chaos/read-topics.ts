import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A record as Kafka's own client read it. */
export interface TopicRecord {
  readonly partition: number
  readonly offset: number
  readonly sha256: string
  readonly eventId: string
}

export interface TopicContent {
  readonly records: readonly TopicRecord[]
  /** By partition: the offset after the last record. */
  readonly ends: ReadonlyMap<number, number>
}

/** Reads topics from their first record to their end, with a client that Wren does not use. */
export async function readTopics({
  jars,
  brokers,
  topics,
}: {
  readonly jars: string
  readonly brokers: readonly string[]
  readonly topics: readonly string[]
}): Promise<ReadonlyMap<string, TopicContent>> {
  const content = new Map(
    topics.map(topic => [topic, { records: [] as TopicRecord[], ends: new Map<number, number>() }]),
  )
  const child = spawn(
    'java',
    ['-cp', join(jars, '*'), 'test/chaos/ReadTopics.java', brokers.join(','), ...topics],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let said = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    said = (said + text).slice(-2_000)
  })
  const ended = new Promise<number | null>(resolve => child.on('close', resolve))
  for await (const line of createInterface({ input: child.stdout })) {
    const [kind, topic = '', partition, offset, sha256 = '', eventId = ''] = line.split('\t')
    const place = { partition: Number(partition), offset: Number(offset) }
    if (kind === 'end') content.get(topic)?.ends.set(place.partition, place.offset)
    if (kind === 'record') content.get(topic)?.records.push({ ...place, sha256, eventId })
  }
  const code = await ended
  if (code !== 0) throw new Error(`the independent reader ended with ${code}: ${said}`)
  return content
}
