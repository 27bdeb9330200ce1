import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { brokersOf, kafkaForTests, titleWith } from '../world/kafka.ts'
import { openKafkaTopics } from '../world/kafka-topics.ts'
import { connectSender } from '../world/mllp-sender.ts'
import {
  csv,
  csvMapping,
  engineJson,
  fhirR4,
  fhirStu3,
  hl7v2,
  jsonMapping,
  wrenJson,
} from '../world/one-story.ts'
import { freePorts, type RunningWren, startRunningWren } from '../world/running-wren.ts'

const kafka = await kafkaForTests()
const folder = await mkdtemp(join(tmpdir(), 'wren-mappings-'))
afterAll(() => rm(folder, { recursive: true }))

describe.skipIf('missing' in kafka)(titleWith(kafka, 'one story of one child'), () => {
  test('told over MLLP, Kafka and HTTP in every format is one flag, and the ledger says how each came', async () => {
    const [engineTopic, hl7Topic, rowTopic] = await Promise.all(
      [1, 2, 3].map(() => openKafkaTopics(brokersOf(kafka))),
    )
    if (engineTopic === undefined || hl7Topic === undefined || rowTopic === undefined)
      throw new Error('no topics')
    await using topics = new AsyncDisposableStack()
    for (const topic of [engineTopic, hl7Topic, rowTopic]) {
      topics.use(topic)
      await topic.makeInput()
    }
    const [mllpPort] = await freePorts(1)
    const mappings = [join(folder, 'csv.yaml'), join(folder, 'json.yaml')]
    await writeFile(join(folder, 'csv.yaml'), csvMapping.replace('ed-worcester', 'ed-nightly'))
    await writeFile(join(folder, 'json.yaml'), jsonMapping.replace('ed-worcester', 'ed-engine'))
    await using wren = await startRunningWren({
      KAFKA_BROKERS: brokersOf(kafka).join(','),
      KAFKA_ATTENDANCE_TOPICS: `${hl7Topic.input},${engineTopic.input}:json-mapped:ed-engine,${rowTopic.input}:csv`,
      KAFKA_PREFIX: `feeds-${randomBytes(4).toString('hex')}`,
      WREN_MLLP_PORT: String(mllpPort),
      WREN_MAPPINGS: mappings.join(','),
    })

    const sender = await connectSender(`mllp://127.0.0.1:${mllpPort}`)
    expect((await sender.send(hl7v2.replace('|M1|', '|M2|'))).slice(0, 3)).toEqual(['MSA', 'CA', 'M2'])
    sender.end()
    await hl7Topic.send([{ value: hl7v2 }])
    await engineTopic.send([{ value: engineJson }])
    await rowTopic.send([{ value: csv }])
    const posted = await Promise.all([
      post(wren, 'application/json', wrenJson),
      post(wren, 'application/fhir+json', fhirR4.json),
      post(wren, 'application/fhir+xml', fhirStu3.xml),
      post(wren, 'application/json; mapping=ed-engine', ` ${engineJson}`),
      post(wren, 'text/csv; charset=windows-1252', `${csv}\r\n`),
    ])
    expect(posted.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect(posted[4]?.json).toMatchObject({ received: 1, lines: [{ line: 2, attendanceId: 'E2604117' }] })

    const client = await wren.database.connect()
    await vi.waitFor(
      async () => {
        const { rows } = await client.query(
          `select format, split_part(channel, ':', 1) as channel, outcome from receipt order by 1, 2`,
        )
        expect(rows.map(({ format, channel, outcome }) => `${format} ${channel} ${outcome}`)).toEqual([
          'csv http flagged',
          'csv kafka flagged',
          'fhir http flagged',
          'fhir http flagged',
          'hl7v2 kafka flagged',
          'hl7v2 mllp flagged',
          'json http flagged',
          'json-mapped http flagged',
          'json-mapped kafka flagged',
        ])
      },
      { timeout: 60_000, interval: 200 },
    )
    const queue = await wren.database.store.review.queue({ states: ['to-review'], limit: 10, offset: 0 })
    expect(queue.map(({ flag }) => flag.attendanceId)).toEqual(['E2604117'])
  }, 120_000)
})

async function post(wren: RunningWren, type: string, body: string) {
  const response = await fetch(`${wren.intakeUrl}/attendances`, {
    method: 'POST',
    headers: { authorization: `Bearer ${wren.intakeToken}`, 'content-type': type },
    body,
  })
  return { status: response.status, json: await response.json() }
}
