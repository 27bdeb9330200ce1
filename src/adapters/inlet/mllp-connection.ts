import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import type { LedgerOutcome } from '../../review/ledger.ts'
import { refuseMessage } from '../../services/refuse-message.ts'
import { batchOf, type Screening } from '../../services/screening.ts'
import { acknowledge, codesOf, type MessageHeader, readHeader, type Verdict } from './acknowledgement.ts'
import type { ControlIds } from './control-ids.ts'
import { type Frame, makeFrameReader } from './mllp-frames.ts'
import type { Intake } from './screen-request.ts'

export interface MllpConnectionOptions extends Intake {
  /** Told of every message that was saved. */
  readonly controlIds: ControlIds
  /** A sender used a control id (MSH-10) for two messages with different bytes. Both were read. */
  readonly onReusedId: (source: string) => void
  readonly frameBytesMax: number
  /** From the first byte of a frame to its last. Between frames a connection may rest for days. */
  readonly frameTimeoutMs: number
  /** Values of MSH-11 that are taken: a training system must not raise flags among real ones. */
  readonly processing: ReadonlySet<string>
}

export interface MllpConnection {
  /** Resolves when the connection is closed. */
  readonly closed: Promise<void>
  /** Answers what is under way, then closes. */
  stop(): void
}

/** One transaction saves this many messages at most. */
const savedTogetherMax = 200

interface Taken {
  readonly header: MessageHeader
  readonly screening: Screening
  readonly verdict: Verdict
}

/**
 * Reads frames and answers each, in order, once its outcome is saved. Where the store does not answer, the connection
 * is closed and nothing acknowledged: the sender connects again and sends again, and the second time counts as a
 * duplicate.
 */
export function serveConnection(socket: Socket, options: MllpConnectionOptions): MllpConnection {
  const { clock, hooks, store } = options
  const id = randomUUID() // with the number of the frame it names each delivery, so it is never used twice
  const reader = makeFrameReader(options)
  let frames = 0
  let isBusy = false
  let isStopping = false
  let timeout: NodeJS.Timeout | undefined
  socket.on('error', () => socket.destroy()) // the sender is gone: what it was not told, it sends again
  return {
    closed: serve(),
    stop() {
      isStopping = true
      if (!isBusy) socket.destroySoon()
    },
  }

  async function serve(): Promise<void> {
    try {
      for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
        isBusy = true
        const received = reader.push(Buffer.from(chunk))
        await answerFrames(received)
        isBusy = false
        if (isStopping) break
        guardFrame(received.length > 0)
      }
    } catch (error) {
      // A connection that broke off is not news; anything else is a fault, and nothing was acknowledged.
      if (!socket.destroyed) hooks.onFailure(error)
      socket.destroy()
    } finally {
      clearTimeout(timeout)
      tellStrayBytes()
      socket.destroySoon()
    }
  }

  async function answerFrames(received: readonly Frame[]): Promise<void> {
    for (let from = 0; from < received.length; from += savedTogetherMax) {
      const taken = received.slice(from, from + savedTogetherMax).map(takeFrame)
      const outcomes = await record(taken.map(({ screening }) => screening))
      if (outcomes === null) {
        socket.destroy()
        return
      }
      for (const [index, { header, screening }] of taken.entries()) {
        const outcome = outcomes[index]
        if (outcome === undefined) throw new Error('the store gave fewer outcomes than it was given receipts')
        hooks.onSaved({ screening, outcome })
        const { source, bodySha256 } = screening.receipt
        const controlId = header.fields[10] ?? ''
        if (options.controlIds.isReused({ source, controlId, bodySha256 })) options.onReusedId(source)
      }
      await write(Buffer.concat(taken.flatMap(answersTo)))
    }
  }

  function takeFrame(frame: Frame): Taken {
    const receivedAt = clock.now().toString()
    const offset = `${id}:${++frames}`
    const delivery = { channel: 'mllp', stream: 'mllp', partition: 0, offset, receivedAt }
    const bytes = frame.kind === 'message' ? frame.bytes : frame.head
    const header = readHeader(bytes)
    const problem = refusalOf(frame, header)
    if (problem === null) {
      const screening = options.screen(bytes, delivery, 'hl7v2')
      return { header, screening, verdict: screening.deadLetter === null ? 'accepted' : 'error' }
    }
    const screening = refuseMessage({
      ...{ bytes, delivery, problem, source: null, format: 'hl7v2', rulesetVersion: 'none' },
      reason: frame.kind === 'too-large' ? 'too_large' : 'schema',
    })
    return { header, screening, verdict: 'rejected' }
  }

  function refusalOf(frame: Frame, { fields }: MessageHeader): string | null {
    if (frame.kind === 'too-large') {
      return `the message has ${frame.size} bytes: at most ${options.frameBytesMax} are taken, and only its head is kept`
    }
    const processing = fields[11]?.slice(0, 1) ?? ''
    if (processing === '' || options.processing.has(processing)) return null
    return `MSH-11 says that this is no message of real care: taken are ${[...options.processing].join(', ')}`
  }

  async function record(screenings: readonly Screening[]): Promise<readonly LedgerOutcome[] | null> {
    try {
      return await store.record(batchOf(screenings))
    } catch (error) {
      hooks.onStoreFailure(error)
      return null
    }
  }

  function answersTo({ header, screening, verdict }: Taken): readonly Uint8Array[] {
    const problem = screening.deadLetter?.problem ?? null
    const at = screening.receipt.delivery.receivedAt
    return codesOf(verdict, header).map(code => acknowledge({ code, header, problem, id: answerId(), at }))
  }

  /** MSH-10 of an answer has 20 characters. */
  function answerId(): string {
    return randomUUID().replaceAll('-', '').slice(0, 20)
  }

  /** Resolves when the bytes are handed to the system: only then may the connection be closed. */
  function write(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return Promise.resolve()
    return new Promise(resolve => socket.write(bytes, () => resolve()))
  }

  function guardFrame(hasEnded: boolean): void {
    if (hasEnded) {
      clearTimeout(timeout)
      timeout = undefined
    }
    if (reader.isMidFrame()) timeout ??= setTimeout(() => socket.destroy(), options.frameTimeoutMs)
  }

  /** A sender that uses no frames is never answered: somebody must hear of it. */
  function tellStrayBytes(): void {
    const stray = reader.strayBytes()
    if (frames > 0 || stray === 0) return
    hooks.onFailure(new Error(`a sender sent ${stray} bytes and no MLLP frame: is it set to MLLP?`))
  }
}
