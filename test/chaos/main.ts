import { parseArgs } from 'node:util'
import { fetchKafka } from '../world/kafka-artefacts.ts'
import { findFaults } from './oracle.ts'
import { runChaos } from './run-chaos.ts'
import { tableOf } from './table.ts'

const usage = `npm run chaos -- [--notes N] [--kills K] [--brokers B] [--seed S] [--kafka 4.1.1|3.9.1]
Runs Wren on real brokers and a real database, kills it as the seed says, and compares what was sent with what came.`

const { values } = parseArgs({
  options: {
    notes: { type: 'string', default: '5000' },
    kills: { type: 'string', default: '11' },
    brokers: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    kafka: { type: 'string', default: '4.1.1' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  process.stdout.write(`${usage}\n`)
  process.exit(0)
}
const found = await fetchKafka(values.kafka === '3.9.1' ? '3.9.1' : '4.1.1')
if ('missing' in found) throw new Error(found.missing)
const seed = Number(values.seed)
const run = await runChaos({
  notes: Number(values.notes),
  kills: Number(values.kills),
  brokers: Number(values.brokers),
  seed,
  jars: found.jars,
  tell: words => process.stdout.write(`${words}\n`),
})
const faults = findFaults(run.facts)
process.stdout.write(tableOf(run, seed))
for (const fault of faults.slice(0, 50)) process.stdout.write(`FAULT ${fault}\n`)
process.stdout.write(
  faults.length === 0
    ? `Nothing was lost and nothing was counted twice. Seed ${seed}.\n`
    : `${faults.length} faults. The same run again: --seed ${seed}\n`,
)
process.exit(faults.length === 0 ? 0 : 1)
