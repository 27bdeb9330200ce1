import { describe, expect, test } from 'vitest'
import type { Referral } from '../../src/referral/referral.ts'
import type { Connector } from '../../src/services/connector-port.ts'
import { deliverOnce } from '../../src/services/deliver-once.ts'
import { makeReferral } from '../world/make-referral.ts'
import { describeWrenToPortal } from './wren-to-portal-contract.ts'

/**
 * The contract of every way to a portal. A way joins it with a file of its own: a `connect` that opens its connector
 * with a real portal at the other end, and
 *
 *   describePortal('REST', connect, { lookUp: true, callBack: true })
 *
 * where the last argument says what this way can do beyond taking a referral and answering with its reference. What
 * it cannot do is not asked of it; everything else is, on the connector by itself (this file) and with Wren's real
 * database around it (wren-to-portal-contract.ts): exactly one referral at the portal for each that was authorised,
 * and always the right state in Wren.
 */

/** What a portal at the other end may be told to do, whatever carries the referral there. */
export type Trouble = 'down' | 'slow' | 'refuse' | 'lose-answer' | 'no-reference' | 'too-busy'

const allTroubles: readonly Trouble[] = [
  ...(['down', 'slow', 'refuse', 'lose-answer', 'no-reference', 'too-busy'] as const),
]

/** What a way can do, and what its far end may suffer. */
export interface Abilities {
  /** What is known of a referral once it is settled: a reference, a receipt of the transport, or a nurse enters it. */
  readonly answers: 'acknowledged' | 'delivered' | 'by-hand'
  /** Asked by key, the far end also tells what was decided later (`Connector.answersLater`). */
  readonly lookUp: boolean
  /** The far end calls Wren back with what was decided later. */
  readonly callBack: boolean
  readonly troubles: readonly Trouble[]
}

/** What people at the far end do later; needed where a way can tell of it. `key` is the referral's. */
export interface LaterAnswers {
  /** From now on what comes gets a receipt, and its reference only a moment later. */
  acknowledgeLate(): Promise<void>
  isAcknowledged(key: string): Promise<boolean>
  /** By the names of a report's fields, `decision` being its status. */
  decide(key: string, decision: Readonly<Record<string, string>>): Promise<void>
  /** The key of the referral that took its place there; null where none did. */
  supersededBy(key: string): Promise<string | null>
  /** From now on every decision is told to this address. */
  callBackTo(to: { readonly url: string; readonly secret: Uint8Array }): void
  /** From now on each call-back is made twice, and the newest first. */
  beClumsy(): Promise<void>
}

/** An adapter with a real portal at its other end. */
export interface ConnectedPortal extends AsyncDisposable {
  readonly portal: Connector
  /** The same portal through an adapter whose credentials are wrong. */
  readonly stranger: Connector
  /** Until it is told otherwise. */
  trouble(trouble: Trouble | 'none'): Promise<void>
  /** Stops the far end and starts it again with what it had kept. */
  restart(): Promise<void>
  /** References of what the far end holds under a key, and of all it holds. */
  referencesUnder(key: string): Promise<readonly string[]>
  references(): Promise<readonly string[]>
  /** What a far end does only from time to time, such as a client that empties a folder. */
  work?(): Promise<void>
  readonly later?: LaterAnswers
}

type Sent = Pick<Referral, 'id' | 'body' | 'bodySha256'>

/** What every way to a portal must keep. `later` means: the forwarder sends it again. */
export function describePortal(
  name: string,
  connect: () => Promise<ConnectedPortal>,
  abilities: Partial<Abilities> = {},
): void {
  const can: Abilities = {
    ...{ answers: 'acknowledged', lookUp: false, callBack: false, troubles: allTroubles },
    ...abilities,
  }
  describeWrenToPortal(name, connect, can)
  if (can.answers === 'acknowledged') describeConnector(name, connect)
}

/** The connector by itself. */
function describeConnector(name: string, connect: () => Promise<ConnectedPortal>): void {
  const send = (portal: Connector, { id, body, bodySha256 }: Sent, attempts: number, signal?: AbortSignal) =>
    deliverOnce(portal, { key: id, body, bodySha256, attempts, wasInterrupted: attempts > 1, signal })

  describe(`the portal over ${name}`, () => {
    test('accepts a referral with its reference', async () => {
      await using far = await connect()
      const referral = makeReferral()
      const answer = await send(far.portal, referral, 1)
      expect(await far.referencesUnder(referral.id)).toEqual([reference(answer)])
    })

    test('gives each referral a reference of its own', async () => {
      await using far = await connect()
      const answers = await Promise.all(
        [makeReferral(), makeReferral()].map(each => send(far.portal, each, 1)),
      )
      expect(new Set(answers.map(reference)).size).toBe(2)
    })

    test.each([
      ['as a first attempt', 1],
      ['as a second attempt', 2],
    ])('holds one referral when one key comes again %s', async (_how, attempts) => {
      await using far = await connect()
      const referral = makeReferral()
      const first = await send(far.portal, referral, 1)
      expect(await send(far.portal, referral, attempts)).toEqual(first)
      expect(await far.references()).toHaveLength(1)
    })

    test('holds one referral when one key comes twice at once', async () => {
      await using far = await connect()
      const referral = makeReferral()
      const answers = await Promise.all([1, 1].map(attempts => send(far.portal, referral, attempts)))
      expect(new Set(answers.map(reference)).size).toBe(1)
      expect(await far.references()).toHaveLength(1)
    })

    test.each<[Trouble, string]>([
      ['down', 'later'],
      ['slow', 'later'],
      ['no-reference', 'later'],
      ['too-busy', 'later'],
    ])('that is %s makes a referral wait, and takes it once when all is well', async (trouble, kind) => {
      await using far = await connect()
      const referral = makeReferral()
      await far.trouble(trouble)
      expect(await send(far.portal, referral, 1)).toMatchObject({ kind })
      expect(await send(far.portal, referral, 2)).toMatchObject({ kind })
      await far.trouble('none')
      expect(await send(far.portal, referral, 3)).toMatchObject({ kind: 'acknowledged' })
      expect(await far.references()).toHaveLength(1)
    })

    test('that is too busy names the time to wait', async () => {
      await using far = await connect()
      await far.trouble('too-busy')
      const answer = await send(far.portal, makeReferral(), 1)
      expect(answer).toMatchObject({ kind: 'later', retryAfterMs: 5_000 })
    })

    test('that loses an answer holds the referral once, and its reference is learnt', async () => {
      await using far = await connect()
      const referral = makeReferral()
      await far.trouble('lose-answer')
      await send(far.portal, referral, 1)
      await send(far.portal, referral, 2)
      await far.trouble('none')
      const answer = await send(far.portal, referral, 3)
      expect([reference(answer)]).toEqual(await far.referencesUnder(referral.id))
      expect(await far.references()).toHaveLength(1)
    })

    test('that restarts after a lost answer holds the referral once', async () => {
      await using far = await connect()
      const referral = makeReferral()
      await far.trouble('lose-answer')
      await send(far.portal, referral, 1)
      await far.restart()
      const answer = await send(far.portal, referral, 2)
      expect(await far.references()).toEqual([reference(answer)])
    })

    test('that refuses says why in words, and holds nothing', async () => {
      await using far = await connect()
      await far.trouble('refuse')
      const answer = await send(far.portal, makeReferral(), 1)
      expect(answer).toMatchObject({ kind: 'refused', problem: expect.stringContaining('told to refuse') })
      expect(await far.references()).toEqual([])
    })

    test('parks a referral whose key came before with other bytes', async () => {
      await using far = await connect()
      const referral = makeReferral()
      await send(far.portal, referral, 1)
      const other = makeReferral({ flagId: referral.flagId, concerns: 'Another concern under the same key.' })
      expect(other.id).toBe(referral.id)
      expect(await send(far.portal, other, 1)).toMatchObject({ kind: 'parked' })
    })

    test('parks what it cannot read and names the field', async () => {
      await using far = await connect()
      const { id } = makeReferral()
      const body = new TextEncoder().encode(JSON.stringify({ version: 'wren.referral.v2', id }))
      const answer = await send(far.portal, { id, body, bodySha256: '' }, 1)
      expect(answer).toMatchObject({ kind: 'parked', problem: expect.stringContaining('revision') })
    })

    test('stops a stranger without a word about the referral', async () => {
      await using far = await connect()
      const referral = makeReferral()
      expect(await send(far.stranger, referral, 1)).toMatchObject({ kind: 'credentials' })
      expect(await send(far.stranger, referral, 2)).toMatchObject({ kind: 'credentials' })
      expect(await far.references()).toEqual([])
    })

    test('ends an attempt when Wren stops, and takes the referral once afterwards', async () => {
      await using far = await connect()
      const referral = makeReferral()
      await far.trouble('slow')
      const stopping = new AbortController()
      const ending = send(far.portal, referral, 1, stopping.signal)
      await expect.poll(() => far.references()).toHaveLength(1)
      stopping.abort()
      expect(await ending).toMatchObject({ kind: 'later' })
      await far.trouble('none')
      expect(await send(far.portal, referral, 2)).toMatchObject({ kind: 'acknowledged' })
      expect(await far.references()).toHaveLength(1)
    })
  })
}

function reference(answer: Awaited<ReturnType<typeof deliverOnce>>): string {
  if (answer.kind !== 'acknowledged') throw new Error(`not acknowledged but ${answer.kind}`)
  return answer.reference
}
