import { parseArgs } from 'node:util'
import { fetchKafka } from '../world/kafka-artefacts.ts'
import { measureLoad } from './measure-load.ts'
import { tableOf } from './table.ts'

/**
 * How fast a note comes from the topic to the queue, on one machine with a real Kafka and a real PostgreSQL: after a
 * backlog, calm, and under load. `npm run load -- [--backlog N] [--seconds S] [--rate R] [--kafka 4.1.1|3.9.1]`
 */
const { values } = parseArgs({
  options: {
    backlog: { type: 'string', default: '50000' },
    seconds: { type: 'string', default: '20' },
    rate: { type: 'string', default: '500' },
    kafka: { type: 'string', default: '4.1.1' },
  },
})
const found = await fetchKafka(values.kafka === '3.9.1' ? '3.9.1' : '4.1.1')
if ('missing' in found) throw new Error(found.missing)
const measured = await measureLoad({
  jars: found.jars,
  backlog: Number(values.backlog),
  seconds: Number(values.seconds),
  rate: Number(values.rate),
})
process.stdout.write(tableOf(measured))
process.exit()
