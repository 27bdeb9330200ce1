import { type AccessTokens, askWithToken, type NoToken } from './access-tokens.ts'
import type { Connection } from './connection.ts'
import { type Exchange, exchange, type Outgoing } from './exchange.ts'
import { failureMeaningOf } from './portal-answer.ts'

/** What every request to one portal goes with. */
export interface PortalLine {
  readonly tokens: AccessTokens
  readonly connection: Connection | undefined
  /** The same key never makes a second referral there. */
  readonly repeatsSafely: boolean
  /** For one attempt in all: it asks, sends, and asks again. */
  readonly timeoutMs: number
}

export interface PortalRequest extends Pick<Outgoing, 'method' | 'url' | 'headers' | 'body'> {
  /** Wren is stopping. */
  readonly stopping: AbortSignal | undefined
}

/** The parts of the time that sending and asking may take. */
const share = { POST: 0.6, GET: 0.2 } as const

/** One request by the line, its token and our certificate included. Never rejects. */
export async function askPortal(
  { tokens, connection, repeatsSafely, timeoutMs }: PortalLine,
  { stopping, ...request }: PortalRequest,
): Promise<Exchange | NoToken> {
  const problem = connection?.certificateProblem() ?? null
  if (problem !== null) return { kind: 'configuration', problem }
  const signal = endingAfter(timeoutMs * share[request.method], stopping)
  const came = await askWithToken({
    tokens,
    signal,
    ask: authorization =>
      exchange({
        ...request,
        headers: { ...request.headers, authorization },
        signal,
        dispatcher: connection?.dispatcher,
      }),
  })
  if (came.kind !== 'failed' || failureMeaningOf(came.code) !== 'unknown') return came
  // Only where the same key makes no second referral: the attempt will not be counted, and is made again.
  if (!repeatsSafely || connection === undefined) return came
  return (await connection.refusesCertificate(request.url)) ? certificateRefused : came
}

const certificateRefused: NoToken = {
  kind: 'configuration',
  problem: 'The portal hangs up when it sees our certificate: it may have been revoked, or have run out.',
}

/** `AbortSignal.timeout` ends a hanging header and a hanging body alike. */
function endingAfter(timeoutMs: number, earlier: AbortSignal | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(Math.ceil(timeoutMs))
  return earlier === undefined ? timeout : AbortSignal.any([timeout, earlier])
}
