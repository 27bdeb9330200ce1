import { type ReplayTally, repairedIn } from '../../services/replay.ts'
import { formatTable } from './text-table.ts'

/** What a re-reading did, or with a dry run would do. */
export interface ReplayReport {
  readonly isDry: boolean
  /** It was stopped before its end. */
  readonly isInterrupted: boolean
  readonly rulesetVersion: string
  readonly from: string
  readonly to: string | null
  readonly tally: ReplayTally
  readonly unreachable: Unreachable
}

/** Messages of the period that no re-reading can reach. */
export interface Unreachable {
  /** No longer in Kafka: their retention is over. */
  readonly gone: readonly {
    readonly topic: string
    readonly partition: number
    readonly messages: number
    readonly lastReceivedAt: string | null
  }[]
  /** They did not come by the topics that are read. */
  readonly elsewhere: readonly { readonly stream: string; readonly messages: number }[]
  /** The live stream has not read them yet, and will. */
  readonly ahead: number
}

export function asJson({ tally, unreachable, ...report }: ReplayReport): object {
  const { byRule, byDay, ...counts } = tally
  return {
    ...report,
    ...counts,
    repaired: { messages: repairedIn(tally), outcomes: tally.repaired },
    byRule: Object.fromEntries([...byRule].sort()),
    byDay: Object.fromEntries([...byDay].sort()),
    ...unreachable,
  }
}

export function inWords({ isDry, isInterrupted, tally, unreachable }: ReplayReport): string {
  const found = tally.raised + tally.reopened + tally.added
  const would = isDry ? 'would be' : 'were'
  return [
    `${tally.read} messages were read again${isInterrupted ? ', not all: it was stopped' : ''}.\n`,
    found === 0
      ? `They add nothing to the queue.\n`
      : [
          `${tally.raised} attendances ${would} flagged, ${tally.reopened} ${would} put back to review, and ` +
            `${tally.added} that wait for review anyhow ${would} added to.\n`,
          ...tableOf('rule', tally.byRule),
          ...tableOf('day of arrival', tally.byDay),
        ].join(''),
    some(tally.setAside, n => `${n} attendances ${would} listed as set aside: every mention in them is.`),
    some(tally.counted, n => `${n} messages ${would} counted as flagged that were clear or out of scope.`),
    some(
      repairedIn(tally),
      n => `${n} messages that could not be read ${would} moved from unreadable to their outcome.`,
    ),
    some(tally.stillUnreadable, n => `${n} messages still cannot be read: see wren deadletters list.`),
    some(
      tally.noLongerFlagged,
      n => `${n} messages that are flagged would not be by these rules: they stay so.`,
    ),
    some(
      tally.noLongerReadable,
      n => `${n} messages that were read cannot be read any more: nothing was changed.`,
    ),
    some(tally.recovered, n => `${n} messages that had no receipt in the ledger ${would} counted.`),
    some(
      tally.uncounted,
      n => `${n} messages have no receipt in the ledger yet: they are on their way, and were left alone.`,
    ),
    ...unreachableInWords(unreachable),
    isDry ? 'Nothing was changed: leave out --dry-run to do it.\n' : '',
  ].join('')
}

function unreachableInWords({ gone, elsewhere, ahead }: Unreachable): readonly string[] {
  return [
    ...gone.map(
      ({ topic, partition, messages, lastReceivedAt }) =>
        `GONE ${topic} partition ${partition}: ${messages} messages of this time are no longer in Kafka, the last ` +
        `received at ${lastReceivedAt ?? 'a time not known'}. Its retention is over: they cannot be read again.\n`,
    ),
    ...elsewhere.map(
      ({ stream, messages }) =>
        `NOT IN KAFKA ${stream}: ${messages} messages of this time did not come by the topics that are read. Only ` +
        'whoever sent them can send them again; nothing is counted twice.\n',
    ),
    some(
      ahead,
      n => `${n} messages of this time are still to be read by the live stream, and were left to it.`,
    ),
  ]
}

function tableOf(head: string, counts: ReadonlyMap<string, number>): readonly string[] {
  const rows = [...counts].sort(([one], [other]) => (one < other ? -1 : 1))
  return [
    '\n',
    formatTable([[head, 'attendances'], ...rows.map(([key, count]) => [key, String(count)])]),
    '\n',
  ]
}

/** The sentence, where there is something to say. */
function some(number: number, sentence: (number: number) => string): string {
  return number === 0 ? '' : `${sentence(number)}\n`
}
