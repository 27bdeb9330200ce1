import { type MessagePort, workerData } from 'node:worker_threads'
import type { PdfText } from '../../attendance/documents/read-document.ts'
import { readPages } from './read-pages.ts'

/** What the thread that waits hands over. */
export interface PdfWorkerData {
  readonly port: MessagePort
  /** One number: how many documents were answered. */
  readonly answered: Int32Array
}

/** The reader's own messages may quote the document, and must reach no log. */
for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) globalThis.console[level] = () => {}

const { port, answered }: PdfWorkerData = workerData

port.on('message', async (bytes: Uint8Array) => {
  const read: PdfText = await readPages(bytes)
  port.postMessage(read)
  Atomics.add(answered, 0, 1)
  Atomics.notify(answered, 0)
})
