import { expect, test } from 'vitest'
import { type Facts, findFaults } from './oracle.ts'
import { perfectFacts } from './perfect-facts.ts'
import type { TopicContent, TopicRecord } from './read-topics.ts'

const perfect = perfectFacts({ notes: 600, seed: 11 })
const { receipts, flags, deadLetters } = perfect.database
const first = receipts[0]!
const aFlag = flags[0]!

test('a run in which nothing went wrong has no fault', () => {
  expect(findFaults(perfect)).toEqual([])
})

test.each<[string, Facts, RegExp]>([
  [
    'a receipt that is lost',
    withDatabase({ receipts: receipts.slice(1) }),
    /^lost: 0\/0 has no receipt in the database$/,
  ],
  [
    'a message counted twice',
    withDatabase({ receipts: [...receipts, first] }),
    /^counted twice: 0\/0 has 2 receipts$/,
  ],
  [
    'an offset that was skipped',
    withDatabase({ receipts: receipts.filter(({ partition, offset }) => partition !== 1 || offset !== 7) }),
    /^skipped: offset 7 of in 1$/,
  ],
  [
    'a receipt of other bytes',
    withDatabase({ receipts: [{ ...first, sha256: 'f'.repeat(64) }, ...receipts.slice(1)] }),
    /^0\/0 has the receipt of other bytes$/,
  ],
  [
    'a flagged note counted as clear',
    withDatabase({
      receipts: receipts.map(each => (each.outcome === 'flagged' ? { ...each, outcome: 'clear' } : each)),
    }),
    /^note \d+ must be flagged once, and is clear$/,
  ],
  [
    'a repeat counted as a note of its own',
    withDatabase({
      receipts: receipts.map(each => (each.outcome === 'duplicate' ? { ...each, outcome: 'clear' } : each)),
    }),
    /^note \d+ must be \S+ once, and is \S+ and \S+$/,
  ],
  [
    'a child without a flag',
    withDatabase({ flags: flags.slice(1) }),
    /^lost: attendance C11-\d+ has no flag$/,
  ],
  ['a child with two flags', withDatabase({ flags: [...flags, aFlag] }), /^attendance C11-\d+ has 2 flags$/],
  [
    'an older version shown instead of the newest',
    withDatabase({ flags: [{ ...aFlag, recordedAt: '2026-02-01T00:00:00Z' }, ...flags.slice(1)] }),
    /^attendance C11-\d+ shows the version of 2026-02-01T00:00:00Z, and .* is newer$/,
  ],
  [
    'an unreadable message that was not kept',
    withDatabase({ deadLetters: deadLetters.slice(1) }),
    /^1 messages [0-9a-f]+ are unreadable, and 0 kept$/,
  ],
  [
    'a note that never reached the topic',
    withContent('in', ({ records }) => records.slice(1)),
    /^note 0 of the side ledger is not in in$/,
  ],
  [
    'an event that is not in its topic',
    withContent('flags', ({ records }) => records.slice(1)),
    /^lost: no flag of \d\/\d+ is in its topic$/,
  ],
  [
    'an event of no delivery',
    withContent('screened', ({ records }) => [...records, { ...records[0]!, eventId: 'e'.repeat(64) }]),
    /^a receipt has the id e+, which no delivery has$/,
  ],
  [
    'a referral that the portal has not',
    { ...perfect, portal: [] },
    /^the portal took referral a-key 0 times$/,
  ],
  [
    'a referral taken twice',
    { ...perfect, portal: [...perfect.portal, ...perfect.portal] },
    /^the portal took referral a-key 2 times$/,
  ],
  ['a referral nobody authorised', withDatabase({ referrals: [] }), /^nobody authorised referral a-key$/],
  [
    'a projection that did not read to the end',
    withDatabase({ offsets: perfect.database.offsets.slice(1) }),
    /^the projection stands at 0 of screened 0, which ends at 600$/,
  ],
  [
    'scanners that did not read to the end',
    { ...perfect, committed: new Map([...perfect.committed].slice(1)) },
    /^the scanners stand at 0 of in 0, which ends at 200$/,
  ],
  [
    'a ledger whose outcomes are fewer than what it received',
    withDatabase({ ledger: { ...perfect.database.ledger, received: 601 } }),
    /^the ledger received 601, and its outcomes are 600$/,
  ],
])('%s is found, and named', (_reason, facts, sentence) => {
  expect(findFaults(facts)).toContainEqual(expect.stringMatching(sentence))
})

test('a repeat in one of the topics of Wren is no fault', () => {
  expect(findFaults(withContent('flags', ({ records }) => [...records, records[0]!]))).toEqual([])
})

function withDatabase(changes: Partial<Facts['database']>): Facts {
  return { ...perfect, database: { ...perfect.database, ...changes } }
}

function withContent(topic: string, change: (content: TopicContent) => readonly TopicRecord[]): Facts {
  const before = perfect.content.get(topic)!
  return { ...perfect, content: new Map(perfect.content).set(topic, { ...before, records: change(before) }) }
}
