import { type LedgerOutcome, ledgerOutcomes } from '../../src/review/ledger.ts'
import { eventIdOf } from '../../src/services/event-id.ts'
import type { LedgerLine } from './notes.ts'
import type { TopicContent, TopicRecord } from './read-topics.ts'

/** All that can be seen from outside when a run is over. */
export interface Facts {
  readonly sideLedger: readonly LedgerLine[]
  readonly channel: string
  readonly topics: {
    readonly input: string
    readonly receipts: string
    readonly flags: string
    readonly deadLetters: string
  }
  readonly content: ReadonlyMap<string, TopicContent>
  readonly database: {
    readonly receipts: readonly {
      readonly eventId: string
      readonly partition: number
      readonly offset: number
      readonly outcome: LedgerOutcome
      readonly sha256: string
    }[]
    /** Attendances with a flag, and when the source wrote the version that is shown. */
    readonly flags: readonly { readonly attendanceId: string; readonly recordedAt: string }[]
    readonly deadLetters: readonly { readonly eventId: string; readonly sha256: string }[]
    readonly referrals: readonly {
      readonly key: string
      readonly state: string
      readonly bodySha256: string
    }[]
    /** Where the projection stands, by topic and partition. */
    readonly offsets: readonly { readonly topic: string; readonly partition: number; readonly next: number }[]
    /** What the ledger says of the whole run. */
    readonly ledger: { readonly received: number; readonly counts: Readonly<Record<LedgerOutcome, number>> }
  }
  readonly portal: readonly { readonly key: string; readonly bodySha256: string }[]
  /** Where the scanners' group stands in the input, by partition. */
  readonly committed: ReadonlyMap<number, number>
}

/** Everything that is wrong, each in a sentence that names it. Empty when nothing was lost or counted twice. */
export function findFaults(facts: Facts): string[] {
  return [
    ...faultsOfInput(facts),
    ...faultsOfReceipts(facts),
    ...faultsOfOutcomes(facts),
    ...faultsOfEvents(facts),
    ...faultsOfFlags(facts),
    ...faultsOfDeadLetters(facts),
    ...faultsOfReferrals(facts),
    ...faultsOfOffsets(facts),
    ...faultsOfLedger(facts),
  ]
}

/** Records that stand in one of Wren's own topics more than once: allowed, and worth knowing. */
export function countRepeats({ content, topics }: Facts): number {
  return [topics.receipts, topics.flags, topics.deadLetters].reduce((sum, topic) => {
    const ids = contentOf(content, topic).records.map(({ eventId }) => eventId)
    return sum + ids.length - new Set(ids).size
  }, 0)
}

function faultsOfInput({ sideLedger, content, topics }: Facts): string[] {
  const sent = new Map(sideLedger.map(line => [line.sha256, line]))
  const times = countBy(contentOf(content, topics.input).records, ({ sha256 }) => sha256)
  const wanted = countBy(sideLedger, ({ sha256 }) => sha256)
  return [
    ...[...wanted]
      .filter(([sha256, count]) => (times.get(sha256) ?? 0) < count)
      .map(([sha256]) => `note ${sent.get(sha256)?.sequence} of the side ledger is not in ${topics.input}`),
    ...[...times.keys()]
      .filter(sha256 => !sent.has(sha256))
      .map(sha256 => `nobody sent the message ${sha256}`),
  ]
}

/** One receipt for each record of the input, and none for what is not there. */
function faultsOfReceipts({ content, topics, database }: Facts): string[] {
  const receipts = Map.groupBy(database.receipts, placeOf)
  const input = contentOf(content, topics.input).records
  const places = new Set(input.map(placeOf))
  return [
    ...input.flatMap(record => {
      const found = receipts.get(placeOf(record)) ?? []
      if (found.length === 0) return [`lost: ${placeOf(record)} has no receipt in the database`]
      if (found.length > 1) return [`counted twice: ${placeOf(record)} has ${found.length} receipts`]
      return found[0]?.sha256 === record.sha256 ? [] : [`${placeOf(record)} has the receipt of other bytes`]
    }),
    ...[...receipts.keys()]
      .filter(place => !places.has(place))
      .map(place => `${place} has a receipt, and no record in ${topics.input}`),
  ]
}

/** Of each message one receipt has the outcome expected; every repeat of its bytes is a duplicate. */
function faultsOfOutcomes({ sideLedger, database }: Facts): string[] {
  const sent = new Map(sideLedger.map(line => [line.sha256, line]))
  return [...Map.groupBy(database.receipts, ({ sha256 }) => sha256)].flatMap(([sha256, receipts]) => {
    const line = sent.get(sha256)
    if (line === undefined) return []
    const { sequence, expected } = line
    const others = receipts.filter(({ outcome }) => outcome !== 'duplicate').map(({ outcome }) => outcome)
    if (expected === 'unreadable')
      return others.length === receipts.length && others.every(outcome => outcome === expected)
        ? []
        : [`note ${sequence} must be unreadable each time, and is ${receipts.map(({ outcome }) => outcome)}`]
    return others.length === 1 && others[0] === expected
      ? []
      : [`note ${sequence} must be ${expected} once, and is ${others.join(' and ') || 'a duplicate only'}`]
  })
}

/** Wren's own topics hold the events of each delivery, under ids that anybody can work out. */
function faultsOfEvents({ content, topics, channel, sideLedger }: Facts): string[] {
  const sent = new Map(sideLedger.map(line => [line.sha256, line.expected]))
  const has = (topic: string) => new Set(contentOf(content, topic).records.map(({ eventId }) => eventId))
  const written = {
    receipt: has(topics.receipts),
    flag: has(topics.flags),
    'dead-letter': has(topics.deadLetters),
  }
  const faults: string[] = []
  const known = new Set<string>()
  for (const { partition, offset, sha256 } of contentOf(content, topics.input).records) {
    const expected = sent.get(sha256)
    for (const kind of ['receipt', 'flag', 'dead-letter'] as const) {
      const id = eventIdOf({ channel, stream: topics.input, partition, offset: String(offset) }, kind)
      known.add(id)
      const isWanted =
        kind === 'receipt' || (kind === 'flag' ? expected === 'flagged' : expected === 'unreadable')
      if (isWanted && !written[kind].has(id))
        faults.push(`lost: no ${kind} of ${partition}/${offset} is in its topic`)
    }
  }
  for (const [kind, ids] of Object.entries(written))
    for (const id of ids) if (!known.has(id)) faults.push(`a ${kind} has the id ${id}, which no delivery has`)
  return faults
}

/** A flag for each attendance of which any version is flagged, showing the newest version that has a mention. */
function faultsOfFlags({ sideLedger, database }: Facts): string[] {
  const newest = new Map<string, string>()
  for (const { key, expected, recordedAt } of sideLedger) {
    if (expected !== 'flagged' || recordedAt === null) continue
    const before = newest.get(key)
    if (before === undefined || Temporal.Instant.compare(recordedAt, before) > 0) newest.set(key, recordedAt)
  }
  const times = countBy(database.flags, ({ attendanceId }) => attendanceId)
  const shown = new Map(database.flags.map(({ attendanceId, recordedAt }) => [attendanceId, recordedAt]))
  return [
    ...[...newest].flatMap(([key, recordedAt]) => {
      const version = shown.get(key)
      if (version === undefined) return [`lost: attendance ${key} has no flag`]
      if ((times.get(key) ?? 0) > 1) return [`attendance ${key} has ${times.get(key)} flags`]
      return Temporal.Instant.compare(version, recordedAt) === 0
        ? []
        : [`attendance ${key} shows the version of ${version}, and ${recordedAt} is newer`]
    }),
    ...[...shown.keys()]
      .filter(key => !newest.has(key))
      .map(key => `attendance ${key} has a flag and no reason`),
  ]
}

function faultsOfDeadLetters({ sideLedger, content, topics, database }: Facts): string[] {
  const unreadable = new Set(
    sideLedger.filter(({ expected }) => expected === 'unreadable').map(({ sha256 }) => sha256),
  )
  const wanted = contentOf(content, topics.input).records.filter(({ sha256 }) => unreadable.has(sha256))
  const kept = countBy(database.deadLetters, ({ sha256 }) => sha256)
  const times = countBy(wanted, ({ sha256 }) => sha256)
  return [...new Set([...kept.keys(), ...times.keys()])]
    .filter(sha256 => kept.get(sha256) !== times.get(sha256))
    .map(
      sha256 =>
        `${times.get(sha256) ?? 0} messages ${sha256} are unreadable, and ${kept.get(sha256) ?? 0} kept`,
    )
}

/** Each authorised referral was delivered, and the portal took it once, with the bytes that were authorised. */
function faultsOfReferrals({ database, portal }: Facts): string[] {
  const taken = Map.groupBy(portal, ({ key }) => key)
  const authorised = new Set(database.referrals.map(({ key }) => key))
  return [
    ...database.referrals.flatMap(({ key, state, bodySha256 }) => {
      const acceptances = taken.get(key) ?? []
      if (acceptances.length !== 1) return [`the portal took referral ${key} ${acceptances.length} times`]
      if (acceptances[0]?.bodySha256 !== bodySha256) return [`the portal has other bytes of referral ${key}`]
      return state === 'acknowledged' ? [] : [`referral ${key} was taken, and is ${state} for the nurse`]
    }),
    ...[...taken.keys()].filter(key => !authorised.has(key)).map(key => `nobody authorised referral ${key}`),
  ]
}

/** Everything was read to its end, and nothing in between was skipped. */
function faultsOfOffsets({ content, topics, database, committed }: Facts): string[] {
  const faults: string[] = []
  for (const [partition, end] of contentOf(content, topics.input).ends) {
    const at = committed.get(partition) ?? 0
    if (at !== end)
      faults.push(`the scanners stand at ${at} of ${topics.input} ${partition}, which ends at ${end}`)
    const seen = new Set(
      database.receipts.filter(receipt => receipt.partition === partition).map(({ offset }) => offset),
    )
    for (let offset = 0; offset < end; offset += 1)
      if (!seen.has(offset)) faults.push(`skipped: offset ${offset} of ${topics.input} ${partition}`)
  }
  for (const topic of [topics.receipts, topics.flags, topics.deadLetters])
    for (const [partition, end] of contentOf(content, topic).ends) {
      const at =
        database.offsets.find(each => each.topic === topic && each.partition === partition)?.next ?? 0
      if (at !== end)
        faults.push(`the projection stands at ${at} of ${topic} ${partition}, which ends at ${end}`)
    }
  return faults
}

/** received = flagged + clear + out of scope + duplicate + unreadable, and received is what is in the topic. */
function faultsOfLedger({ content, topics, database: { ledger } }: Facts): string[] {
  const sum = ledgerOutcomes.reduce((total, outcome) => total + ledger.counts[outcome], 0)
  const inTopic = contentOf(content, topics.input).records.length
  return [
    ...(sum === ledger.received
      ? []
      : [`the ledger received ${ledger.received}, and its outcomes are ${sum}`]),
    ...(inTopic === ledger.received
      ? []
      : [`the ledger received ${ledger.received}, and ${topics.input} holds ${inTopic}`]),
  ]
}

function contentOf(content: Facts['content'], topic: string): TopicContent {
  const found = content.get(topic)
  if (found === undefined) throw new Error(`${topic} was not read`)
  return found
}

function placeOf({ partition, offset }: Pick<TopicRecord, 'partition' | 'offset'>): string {
  return `${partition}/${offset}`
}

function countBy<Of>(all: readonly Of[], keyOf: (one: Of) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const one of all) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1)
  return counts
}
