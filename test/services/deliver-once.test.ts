import { describe, expect, test } from 'vitest'
import type { DeliveryOutcome, LookUp } from '../../src/referral/delivery.ts'
import { byHand } from '../../src/services/by-hand.ts'
import type { Connector } from '../../src/services/connector-port.ts'
import { type Delivering, deliverOnce } from '../../src/services/deliver-once.ts'

const later = { kind: 'later', problem: 'not now', retryAfterMs: 5_000 } as const
const unknown = { kind: 'unknown', problem: 'The answer was lost.', retryAfterMs: null } as const
const acknowledged = { kind: 'acknowledged', reference: 'GS-1' } as const
const absent = { kind: 'absent' } as const
const cannotAsk = { kind: 'cannot-ask' } as const
const credentials = { kind: 'credentials', problem: 'not our key' } as const
const mayHaveArrived = expect.stringContaining('It may have arrived: telephone')

/** A far end that answers as it is told, and remembers what it was asked. */
function farEnd(says: { lookUp?: LookUp; deliver?: DeliveryOutcome; repeatsSafely?: boolean }) {
  const asked: string[] = []
  const connector: Connector = {
    name: 'Test',
    repeatsSafely: says.repeatsSafely ?? true,
    deliver: async () => {
      asked.push('deliver')
      return says.deliver ?? acknowledged
    },
    lookUp: async () => {
      asked.push('look up')
      return says.lookUp ?? absent
    },
  }
  return { connector, asked }
}

function attempt(wishes: Partial<Delivering> = {}): Delivering {
  const key = '8427da5a-537a-5f2f-b104-6d7e2d2f037e'
  return { key, body: new Uint8Array(), bodySha256: '', attempts: 1, wasInterrupted: false, ...wishes }
}

describe('one attempt', () => {
  test.each<
    [
      reason: string,
      wishes: Partial<Delivering>,
      far: Parameters<typeof farEnd>[0],
      outcome: object,
      asked: string[],
    ]
  >([
    ['a first attempt is not asked about', {}, {}, acknowledged, ['deliver']],
    [
      'a second one is, and sent where it is absent',
      { attempts: 2 },
      {},
      acknowledged,
      ['look up', 'deliver'],
    ],
    [
      'what is there already is not sent again',
      { attempts: 2 },
      { lookUp: acknowledged },
      acknowledged,
      ['look up'],
    ],
    [
      'who does not say is asked later, and nothing is sent',
      { attempts: 2 },
      { lookUp: later },
      later,
      ['look up'],
    ],
    ['credentials stop the asking too', { attempts: 2 }, { lookUp: credentials }, credentials, ['look up']],
    [
      'a lost answer is looked up at once',
      {},
      { deliver: unknown, lookUp: acknowledged },
      acknowledged,
      ['deliver', 'look up'],
    ],
    [
      'a lost answer to what never came is sent later',
      {},
      { deliver: unknown },
      { ...unknown, kind: 'later' },
      ['deliver', 'look up'],
    ],
    [
      'where nobody can be asked, it is sent later if that is safe',
      {},
      { deliver: unknown, lookUp: cannotAsk },
      { ...unknown, kind: 'later' },
      ['deliver', 'look up'],
    ],
    [
      'and parked if it is not',
      {},
      { deliver: unknown, lookUp: cannotAsk, repeatsSafely: false },
      { kind: 'parked', problem: mayHaveArrived },
      ['deliver', 'look up'],
    ],
    [
      'an attempt that was cut off is parked, where repeating is not safe',
      { attempts: 2, wasInterrupted: true },
      { lookUp: cannotAsk, repeatsSafely: false },
      { kind: 'parked', problem: mayHaveArrived },
      ['look up'],
    ],
    [
      'and sent again where it is',
      { attempts: 2, wasInterrupted: true },
      { lookUp: cannotAsk },
      acknowledged,
      ['look up', 'deliver'],
    ],
    [
      'one that surely did not arrive is sent again even there',
      { attempts: 2 },
      { lookUp: cannotAsk, repeatsSafely: false },
      acknowledged,
      ['look up', 'deliver'],
    ],
    [
      'a refusal is a refusal',
      {},
      { deliver: { kind: 'refused', problem: 'no' } },
      { kind: 'refused', problem: 'no' },
      ['deliver'],
    ],
    [
      'a receipt of the transport is no more than that',
      {},
      { deliver: { kind: 'delivered', receipt: 'file 12' } },
      { kind: 'delivered', receipt: 'file 12' },
      ['deliver'],
    ],
  ])('%s', async (_reason, wishes, far, outcome, asked) => {
    const end = farEnd(far)
    expect(await deliverOnce(end.connector, attempt(wishes))).toEqual(outcome)
    expect(end.asked).toEqual(asked)
  })
})

test('without a connection a nurse is told what to do, however often it is tried', async () => {
  for (const attempts of [1, 2, 3]) {
    expect(await deliverOnce(byHand('GET THERE'), attempt({ attempts }))).toEqual({
      kind: 'by-hand',
      problem: expect.stringContaining('GET THERE'),
    })
  }
})
