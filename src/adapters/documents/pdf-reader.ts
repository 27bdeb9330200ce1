import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import type { PdfText, ReadPdf } from '../../attendance/documents/read-document.ts'
import type { PdfWorkerData } from './pdf-worker.ts'

/** A letter takes a few hundredths of a second. */
const usualTimeoutMs = 3_000
/** The library is loaded once, on a machine that may be starting everything else too. */
const usualStartTimeoutMs = 15_000
const heapMbMax = 256
/** A few kilobytes can unpack to gigabytes. What the thread holds outside its heap is seen by how the process grows. */
const growthBytesMax = 400 * 1024 * 1024
const lookEveryMs = 25

export interface PdfReader extends AsyncDisposable {
  readonly read: ReadPdf
}

interface Running {
  readonly worker: Worker
  readonly port: MessagePort
  readonly answered: Int32Array
}

/**
 * Reads PDFs in a thread of their own, and waits for it: to whoever asks, reading is a plain function, so that a
 * message is decoded, scanned and counted in one step. A document that takes too long, or takes the thread down, is
 * not read, and the next one gets a new thread. The first document starts the first.
 */
export function openPdfReader({
  timeoutMs = usualTimeoutMs,
  startTimeoutMs = usualStartTimeoutMs,
}: {
  readonly timeoutMs?: number
  readonly startTimeoutMs?: number
} = {}): PdfReader {
  let running: Running | null = null
  const stop = async (): Promise<void> => {
    const stopped = running
    running = null
    stopped?.port.close()
    await stopped?.worker.terminate()
  }
  return {
    read(bytes) {
      const isFirst = running === null
      running ??= start()
      const read = ask(running, { bytes, timeoutMs: isFirst ? startTimeoutMs + timeoutMs : timeoutMs })
      if (typeof read !== 'string') return read
      void stop()
      return { text: '', because: read }
    },
    [Symbol.asyncDispose]: stop,
  }
}

function start(): Running {
  const { port1, port2 } = new MessageChannel()
  const answered = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const data: PdfWorkerData = { port: port2, answered }
  const worker = new Worker(new URL('./pdf-worker.ts', import.meta.url), {
    workerData: data,
    transferList: [port2],
    resourceLimits: { maxOldGenerationSizeMb: heapMbMax },
    // Neither stream is shown: the library may quote a document there.
    stdout: true,
    stderr: true,
  })
  // Its end is seen by its silence.
  worker.on('error', () => {})
  worker.unref()
  port1.unref()
  return { worker, port: port1, answered }
}

/** What was read, or why no answer came. */
function ask(
  { port, answered }: Running,
  { bytes, timeoutMs }: { readonly bytes: Uint8Array; readonly timeoutMs: number },
): PdfText | 'it took too long' | 'it unpacks to too much' {
  const before = Atomics.load(answered, 0)
  const grownMax = process.memoryUsage.rss() + growthBytesMax
  port.postMessage(Uint8Array.from(bytes))
  for (let waitedMs = 0; waitedMs < timeoutMs; waitedMs += lookEveryMs) {
    if (Atomics.wait(answered, 0, before, lookEveryMs) !== 'timed-out') break
    if (process.memoryUsage.rss() > grownMax) return 'it unpacks to too much'
  }
  const answer: { message: PdfText } | undefined = receiveMessageOnPort(port)
  return answer?.message ?? 'it took too long'
}
