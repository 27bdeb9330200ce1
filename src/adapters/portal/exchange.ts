import { type Dispatcher, fetch, type Response } from 'undici'

/** What came of one HTTP request. */
export type Exchange =
  | {
      readonly kind: 'answered'
      readonly status: number
      /** Headers, null where absent. */
      readonly retryAfter: string | null
      readonly date: string | null
      /** Null where it was too long, not UTF-8, or broke off. */
      readonly body: string | null
    }
  /** No answer in time, or Wren is stopping. */
  | { readonly kind: 'timed-out' }
  /** `code` is the operating system's or TLS's name for it, such as ECONNRESET; null where there is none. */
  | { readonly kind: 'failed'; readonly code: string | null }

/** A portal's answer is a reference or a reason: what is longer is not read. */
const bodyBytesMax = 64 * 1_024

export interface Outgoing {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  readonly signal: AbortSignal
  /** The connections to use; the process's own where none are given. */
  readonly dispatcher?: Dispatcher | undefined
}

/** One request, one answer. It never rejects, follows no redirect and repeats nothing. */
export async function exchange({
  method,
  url,
  headers,
  body,
  signal,
  dispatcher,
}: Outgoing): Promise<Exchange> {
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal,
      ...(body === undefined ? {} : { body: new Uint8Array(body) }),
      ...(dispatcher === undefined ? {} : { dispatcher }),
    })
    const text = await readLimited(response, signal)
    const { status, headers: answered } = response
    return {
      kind: 'answered',
      status,
      retryAfter: answered.get('retry-after'),
      date: answered.get('date'),
      body: text,
    }
  } catch (error) {
    return signal.aborted ? { kind: 'timed-out' } : { kind: 'failed', code: codeOf(error) }
  }
}

/** undici tells what a proxy answered to CONNECT only in these words. */
const proxyStatus = /^Proxy response \((\d{3})\) !== 200/

/** A status that arrived counts even when its body breaks off; only the end of our time does not. */
async function readLimited(response: Response, signal: AbortSignal): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of response.body ?? []) {
      length += chunk.length
      if (length > bodyBytesMax) return null // leaving the loop cancels the rest
      chunks.push(chunk)
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch (error) {
    if (signal.aborted) throw error
    return null
  }
}

/** fetch wraps what happened: the code is on the cause, or on the first of several causes. */
export function codeOf(error: unknown, depth = 0): string | null {
  if (!(error instanceof Error) || depth > 4) return null
  const status = proxyStatus.exec(error.message)?.[1]
  if (status !== undefined) return `PROXY_${status}`
  if ('code' in error && typeof error.code === 'string') return error.code
  const [first] = error instanceof AggregateError ? error.errors : [error.cause]
  return codeOf(first, depth + 1)
}
