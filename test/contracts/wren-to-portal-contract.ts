import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Referral } from '../../src/referral/referral.ts'
import type { ReferralState } from '../../src/referral/referral-state.ts'
import { openTestDatabase, type TestDatabase } from '../world/database.ts'
import { isThorough } from '../world/thorough.ts'
import type { Abilities, ConnectedPortal, Trouble } from './portal-contract.ts'
import { openSides, type Sides } from './two-sides.ts'

/**
 * What must be true of Wren and a portal together, by every way: exactly one referral at the portal for each that a
 * nurse authorised, and always the right state in Wren, on its real database.
 */
export function describeWrenToPortal(
  name: string,
  connect: () => Promise<ConnectedPortal>,
  can: Abilities,
): void {
  describe(`Wren and the portal over ${name}`, () => {
    let database: TestDatabase
    beforeAll(async () => {
      database = await openTestDatabase()
    })
    afterAll(() => database[Symbol.asyncDispose]())
    afterEach(async () => {
      const sql = await database.connect()
      await sql.query("update outbox set state = 'cancelled'") // what a test leaves is nobody's in the next
    })
    const open = () => openSides(database, { connect, can })
    const arrived: ReferralState = can.answers

    test.each(can.troubles.filter(trouble => trouble !== 'refuse'))(
      'whose far end is %s, and both are started again: each arrives once and Wren knows it',
      async trouble => {
        await using sides = await open()
        const referrals = [await sides.authorise(), await sides.authorise()]
        await sides.far.trouble(trouble)
        await sides.pass()
        await sides.pass()
        await sides.far.restart()
        await sides.far.trouble('none')
        await sides.settle()
        for (const referral of referrals) {
          expect(await sides.stateOf(referral)).toBe(arrived)
          await sides.expectOnce(referral)
        }
      },
    )

    test('whose forwarder dies after it sent and before it wrote the answer: it arrives once', async () => {
      await using sides = await open()
      const referral = await sides.authorise()
      await sides.dieAfterSending()
      await sides.far.restart()
      await sides.settle()
      expect(await sides.stateOf(referral)).toBe(arrived)
      await sides.expectOnce(referral)
    })

    test('whatever happens in whatever order: nothing is lost, doubled, or sent without a nurse', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.constantFrom(...eventsOf(can)), { minLength: 3, maxLength: 9 }),
          events => playEvents(open, events),
        ),
        { numRuns: isThorough ? 30 : 3 },
      )
    })

    test('a revision takes the place of what the portal has once it is acknowledged, at both sides, once', async () => {
      await using sides = await open()
      const first = await sides.authorise()
      await sides.settle()
      const second = await sides.authorise(first.flagId)
      const isHeld = arrived !== 'by-hand'
      expect(await sides.stateOf(first)).toBe(isHeld ? arrived : 'superseded')
      if (can.troubles.includes('lose-answer')) {
        await sides.far.trouble('lose-answer')
        await sides.pass()
        await sides.far.trouble('none')
      }
      await sides.settle()
      if (arrived !== 'acknowledged') await sides.acknowledgeByHand(second)
      expect(await sides.stateOf(second)).toBe('acknowledged')
      expect(await sides.stateOf(first)).toBe('superseded')
      await sides.settle()
      expect(await sides.movesOf(first, 'supersede')).toMatchObject([{ supersededBy: second.id }])
      if (sides.far.later !== undefined) expect(await sides.far.later.supersededBy(first.id)).toBe(second.id)
    })

    for (const way of waysOf(can)) {
      describe(`what the portal tells later, ${way}`, () => {
        const openLater = async () => {
          const sides = await open()
          const { later } = sides.far
          if (later === undefined) throw new Error('this far end decides nothing: give it `later`')
          const isBack = way === 'by calling back'
          if (isBack) sides.listen(later)
          const learn = (isThere: () => Promise<unknown>) =>
            isBack
              ? expect.poll(isThere, { timeout: 20_000 }).toBeTruthy()
              : sides.ask().then(async () => expect(await isThere()).toBeTruthy())
          return Object.assign(sides, { later, learn, isBack })
        }

        test('is a reference that comes late, and the referral is acknowledged then', async () => {
          await using sides = await openLater()
          await sides.later.acknowledgeLate()
          const referral = await sides.authorise()
          await sides.pass()
          expect(await sides.stateOf(referral)).toBe('delivered')
          await expect.poll(() => sides.later.isAcknowledged(referral.id), { timeout: 20_000 }).toBe(true)
          await sides.learn(async () => (await sides.stateOf(referral)) === 'acknowledged')
          expect(await sides.far.referencesUnder(referral.id)).toEqual([await sides.referenceOf(referral)])
        })

        test('is a refusal with its reason, and the referral is back with the nurse', async () => {
          await using sides = await openLater()
          const referral = await sides.authorise()
          await sides.settle()
          await sides.later.decide(referral.id, { decision: 'declined', reason: 'Lives in another county' })
          await sides.learn(async () => (await sides.stateOf(referral)) === 'declined')
          const waiting = await database.store.outbox.needingAttention(60_000)
          expect(waiting).toMatchObject([{ id: referral.id, problem: 'Lives in another county' }])
        })

        test('is a pathway, then another; both are kept, each once, through restarts of both sides', async () => {
          await using sides = await openLater()
          const referral = await sides.authorise()
          await sides.settle()
          await sides.later.decide(referral.id, { decision: 'accepted' })
          await sides.learn(async () => (await sides.stateOf(referral)) === 'accepted')
          if (sides.isBack) await sides.closeDoor()
          const meeting = { decision: 'pathway-set', meetingDay: '2026-11-25', owner: 'Fern Hallow' }
          const amber = { ...meeting, pathway: 'amber', reason: 'Debts', nextReview: '2026-12-02' }
          await sides.later.decide(referral.id, amber)
          await sides.far.restart()
          const red = { ...meeting, pathway: 'red', reason: 'Found with a knife', nextReview: '2026-12-09' }
          await sides.later.decide(referral.id, red)
          if (sides.isBack) await sides.openDoor()
          await sides.learn(async () => (await sides.statusOf(referral))?.pathway === 'red')
          await sides.ask() // by the other way too: it changes nothing
          expect(await sides.statusOf(referral)).toMatchObject({ state: 'outcome', nextReview: '2026-12-09' })
          const set = await sides.movesOf(referral, 'setPathway')
          expect(set.map(({ pathway, owner }) => [pathway, owner])).toEqual([
            ['amber', 'Fern Hallow'],
            ['red', 'Fern Hallow'],
          ])
        })
      })
    }

    if (!can.callBack) return
    test('call-backs that come twice and the newest first end as those in order', async () => {
      await using sides = await open()
      const { later } = sides.far
      const referral = await sides.authorise()
      await sides.settle()
      await later?.beClumsy()
      const meeting = { decision: 'pathway-set', meetingDay: '2026-11-25', reason: 'As agreed' }
      for (const pathway of ['green', 'amber']) await later?.decide(referral.id, { ...meeting, pathway })
      await later?.decide(referral.id, { ...meeting, pathway: 'red', nextReview: '2026-12-09' })
      if (later !== undefined) sides.listen(later)
      const told = async () => (await sides.movesOf(referral, 'setPathway')).length
      await expect.poll(told, { timeout: 20_000 }).toBe(3)
      expect(await sides.statusOf(referral)).toMatchObject({ state: 'outcome', pathway: 'red' })
    })
  })
}

type Event = 'authorise' | 'revise' | 'pass' | 'die' | 'restart' | 'well' | Trouble

/** Slow is left out here, for its patience is ours. */
function eventsOf(can: Abilities): readonly Event[] {
  const troubles = can.troubles.filter(trouble => trouble !== 'slow' && trouble !== 'refuse')
  return ['authorise', 'authorise', 'revise', 'pass', 'pass', 'die', 'restart', 'well', ...troubles]
}

/** Whatever was played, all ends in the same way once the far end is well. */
async function playEvents(open: () => Promise<Sides>, events: readonly Event[]): Promise<void> {
  await using sides = await open()
  const referrals: Referral[] = []
  for (const event of ['authorise' as const, ...events]) {
    const last = referrals.at(-1)
    if (event === 'authorise') referrals.push(await sides.authorise())
    else if (event === 'revise') referrals.push(await sides.authorise(last?.flagId ?? null))
    else if (event === 'pass') await sides.pass()
    else if (event === 'die') await sides.dieAfterSending()
    else if (event === 'restart') await sides.far.restart()
    else await sides.far.trouble(event === 'well' ? 'none' : event)
  }
  await sides.far.trouble('none')
  await sides.settle()
  for (const referral of referrals) {
    const isLast = referrals.findLast(({ flagId }) => flagId === referral.flagId) === referral
    const wasSent = (await sides.movesOf(referral, 'send')).length > 0
    if (isLast) expect(await sides.stateOf(referral)).toBe(sides.can.answers)
    if (isLast) await sides.expectOnce(referral)
    else if (!wasSent) expect(await sides.far.referencesUnder(referral.id)).toEqual([])
    else expect((await sides.far.referencesUnder(referral.id)).length).toBeLessThanOrEqual(1)
  }
  const authorised = await Promise.all(referrals.map(({ id }) => sides.far.referencesUnder(id)))
  expect((await sides.far.references()).toSorted()).toEqual(authorised.flat().toSorted())
}

function waysOf(can: Abilities): readonly ('when asked' | 'by calling back')[] {
  return [
    ...(can.lookUp ? ['when asked' as const] : []),
    ...(can.callBack ? ['by calling back' as const] : []),
  ]
}
