import Broker from 'kafkajs/src/broker/index.js'
import pg from 'pg'

export interface Order {
  readonly step: string
  /** How often the step is passed before it is the last. */
  readonly skip: number
}

/**
 * Loaded into a process of Wren before its program (`node --import`): on demand the process kills itself at a named
 * step, as hard as kill -9. Nothing in Wren knows of it. The steps are watched where the program meets the world:
 * kafkajs's requests to a broker, PostgreSQL's statements, and requests over HTTP.
 */
let order: Order | null = null
let left = 0

process.on('message', (message: Order) => {
  order = message
  left = message.skip
})
process.channel?.unref()

function reach(step: string): void {
  if (order?.step !== step) return
  if (left === 0) process.kill(process.pid, 'SIGKILL')
  left -= 1
}

/** Wraps one asynchronous function so that the steps before and after each call are seen. */
function watch<Args extends unknown[], Answer>(
  call: (...args: Args) => Promise<Answer>,
  seen: { before?: (...args: Args) => void; after?: (answer: Answer, ...args: Args) => void },
) {
  return async function (this: unknown, ...args: Args): Promise<Answer> {
    seen.before?.(...args)
    const answer = await call.apply(this, args)
    seen.after?.(answer, ...args)
    return answer
  }
}

const broker = Broker.prototype
broker.fetch = watch(broker.fetch, {
  after: answer => {
    const isEmpty = answer.responses.every(topic =>
      topic.partitions.every(each => each.messages.length === 0),
    )
    if (!isEmpty) reach('fetched')
  },
})
broker.produce = watch(broker.produce, { before: () => reach('before send'), after: () => reach('sent') })
broker.offsetCommit = watch(broker.offsetCommit, {
  before: () => reach('before offset commit'),
  after: () => reach('offset committed'),
})

const client = pg.Client.prototype as unknown as { query(text: unknown, values?: unknown): Promise<unknown> }
client.query = watch(client.query, {
  before: text => {
    if (text === 'commit') reach('before COMMIT')
  },
  after: (_answer, text) => {
    if (text === 'commit') reach('after COMMIT')
  },
})

const ask = globalThis.fetch
globalThis.fetch = async (...request) => {
  reach('before request')
  const answer = ask(...request)
  setTimeout(() => reach('request sent'), 3)
  await answer
  reach('answered')
  return answer
}
