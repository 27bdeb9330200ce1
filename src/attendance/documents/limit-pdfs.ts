import type { ReadPdf } from './read-document.ts'

/** Of one message. Each may take seconds where it is hostile, and a feed must not stand still for minutes. */
const pdfsMax = 10

/** Reads the first PDFs of a message; what is beyond is counted. Made anew for each message. */
export function limitPdfs(readPdf: ReadPdf | null): ReadPdf | null {
  if (readPdf === null) return null
  let read = 0
  return bytes =>
    ++read > pdfsMax ? { text: '', because: `more than ${pdfsMax} in one message` } : readPdf(bytes)
}
