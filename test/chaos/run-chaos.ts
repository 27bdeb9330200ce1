import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { collectFacts } from './collect-facts.ts'
import { killAll, type Recovery, type Shares } from './kill-all.ts'
import { planKills } from './kills.ts'
import { type LedgerLine, planNotes } from './notes.ts'
import { startNurse } from './nurse.ts'
import type { Facts } from './oracle.ts'
import { changeMoods } from './portal-moods.ts'
import { openScene, partitions, type Scene, topics } from './scene.ts'
import { sendNotes } from './send-notes.ts'
import { untilDelivered, untilStill } from './until-still.ts'
import { watchReceipts } from './watch-receipts.ts'

export interface ChaosWishes {
  readonly notes: number
  readonly kills: number
  readonly brokers: number
  readonly seed: number
  /** Folder with Kafka's jars. */
  readonly jars: string
  readonly tell: (words: string) => void
}

export interface ChaosRun {
  readonly facts: Facts
  readonly recoveries: readonly Recovery[]
  readonly seconds: number
}

/** Runs Wren as a hospital would, kills it as planned, waits until nothing moves, and answers what can be seen. */
export async function runChaos(wishes: ChaosWishes): Promise<ChaosRun> {
  const { notes, kills, brokers, seed, jars, tell } = wishes
  const startedAt = performance.now()
  await using opened = new AsyncDisposableStack()
  const scene = opened.use(await openScene({ brokers, jars }))
  const { folder, database, kafka, portal, admin, wrens, channel, portalFile } = scene
  const { connectionString } = database
  const referred = chooseReferred({ notes, seed })
  const nurse = startNurse({ connectionString, attendanceIds: referred })
  opened.defer(() => nurse.stop())
  const words = `${notes} notes, ${kills} kills, ${brokers} broker(s), ${referred.length} referrals, seed ${seed}`
  tell(`${words}; logs in ${folder}`)

  const moods = changeMoods(portal, seed)
  const sender = sendInShares({ wishes, scene })
  const watch = watchReceipts({ connectionString, channel, topic: topics.input, partitions })
  opened.defer(() => watch.stop())
  const recoveries = await killAll({ plan: planKills(wishes), victims: scene, watch, shares: sender, tell })
  const sideLedger = await sender.all
  await moods.calm()
  tell('all kills are done and all notes are sent; waiting until nothing moves')
  await untilStill(scene, sideLedger.length)
  tell('nothing moves; waiting until the portal has every referral')
  await Promise.race([nurse.allReferred, sleep(120_000)])
  await untilDelivered(connectionString)
  await nurse.stop()
  await Promise.all(wrens.map(wren => wren.stop()))
  tell('Wren has stopped; reading the topics with the client of Kafka itself, and comparing')
  const [group] = await admin.fetchOffsets({ groupId: 'wren.scanner', topics: [topics.input] })
  const committed = new Map(group?.partitions.map(each => [each.partition, Number(each.offset)]))
  const facts = await collectFacts({
    ...{ sideLedger, topics, jars, portalFile, committed, channel, connectionString },
    brokers: kafka.brokers,
  })
  return { facts, recoveries, seconds: (performance.now() - startedAt) / 1_000 }
}

/** A share of the notes for each kill, so that there is always something to lose. */
function sendInShares(so: {
  wishes: ChaosWishes
  scene: Pick<Scene, 'kafka' | 'folder'>
}): Shares & { readonly all: Promise<readonly LedgerLine[]> } {
  const { notes, kills, seed } = so.wishes
  let sent = 0
  let shares = 0.2 // before the first kill: enough to see that all of it runs
  const isDue = (): boolean => sent < notes && sent / notes <= shares / kills
  const all = sendNotes({
    notes: planNotes({ notes, seed }),
    ...{ brokers: so.scene.kafka.brokers, topic: topics.input, partitions },
    ledgerFile: join(so.scene.folder, 'side-ledger.ndjson'),
    onSent: async count => {
      sent = count
      while (sent < notes && !isDue()) await sleep(50)
    },
  })
  return {
    all,
    next: () => {
      shares += 1
    },
    sent: () => ({ notes: sent, isWhole: !isDue() }),
  }
}

/** A child for each hundred notes, and at most 200: of those who will be flagged, spread over the run. */
function chooseReferred({ notes, seed }: { notes: number; seed: number }): readonly string[] {
  const flagged = new Set<string>()
  for (const { line } of planNotes({ notes, seed })) if (line.expected === 'flagged') flagged.add(line.key)
  const every = Math.max(1, Math.ceil(flagged.size / Math.min(200, Math.ceil(notes / 100))))
  return [...flagged].filter((_, index) => index % every === 0)
}
