import { readFile } from 'node:fs/promises'
import { Client } from 'pg'
import type { ledgerOutcomes } from '../../src/review/ledger.ts'
import type { LedgerLine } from './notes.ts'
import type { Facts } from './oracle.ts'
import { readTopics } from './read-topics.ts'

/** Looks at everything from outside: the topics with Kafka's own client, the database with plain SQL, the portal's file. */
export async function collectFacts({
  sideLedger,
  channel,
  topics,
  jars,
  brokers,
  connectionString,
  portalFile,
  committed,
}: {
  readonly sideLedger: readonly LedgerLine[]
  readonly channel: string
  readonly topics: Facts['topics']
  readonly jars: string
  readonly brokers: readonly string[]
  readonly connectionString: string
  readonly portalFile: string
  readonly committed: Facts['committed']
}): Promise<Facts> {
  const content = await readTopics({ jars, brokers, topics: Object.values(topics) })
  const portal = JSON.parse(await readFile(portalFile, 'utf8').catch(() => '{"received":[]}')).received
  return {
    ...{ sideLedger, channel, topics, content, committed, portal },
    database: await readDatabase(connectionString),
  }
}

async function readDatabase(connectionString: string): Promise<Facts['database']> {
  const client = new Client({ connectionString })
  await client.connect()
  const rows = async (text: string) => (await client.query(text)).rows
  try {
    const counts = await rows('select outcome, count(*)::int as count from receipt group by outcome')
    const countOf = (outcome: string): number => counts.find(row => row.outcome === outcome)?.count ?? 0
    return {
      receipts: await rows(
        `select event_id as "eventId", partition, position::int as "offset", outcome, body_sha256 as sha256 from receipt`,
      ),
      flags: await rows(
        `select attendance_id as "attendanceId", held.attendance->>'recordedAt' as "recordedAt"
         from flag join held using (trust, attendance_id)`,
      ),
      deadLetters: await rows(
        `select event_id as "eventId", encode(sha256(bytes), 'hex') as sha256 from dead_letter`,
      ),
      referrals: await rows(
        `select referral.id as key, outbox.state, referral.body_sha256 as "bodySha256"
         from referral left join outbox on outbox.referral_id = referral.id`,
      ),
      offsets: await rows('select topic, partition, next_offset::int as next from consumer_offset'),
      ledger: {
        received: (await rows('select count(*)::int as count from receipt'))[0].count,
        counts: {
          flagged: countOf('flagged'),
          clear: countOf('clear'),
          'out-of-scope': countOf('out-of-scope'),
          duplicate: countOf('duplicate'),
          unreadable: countOf('unreadable'),
        } satisfies Record<(typeof ledgerOutcomes)[number], number>,
      },
    }
  } finally {
    await client.end()
  }
}
