import { X509Certificate } from 'node:crypto'
import { connect } from 'node:tls'
import { Agent, type Dispatcher, ProxyAgent } from 'undici'

/** How the portal is reached. Certificates and keys are PEM, as read from their files. */
export interface ConnectionSettings {
  /** Where given, only what these authorities signed is trusted. */
  readonly ca?: string | undefined
  /** What those authorities have revoked. */
  readonly crl?: string | undefined
  /** What we show where the portal asks for a certificate. */
  readonly certificate?: { readonly cert: string; readonly key: string } | undefined
  /** Such as http://proxy.hospital.example:3128. */
  readonly proxy?: string | undefined
  readonly now?: () => Temporal.Instant
}

export interface Connection {
  readonly dispatcher: Dispatcher
  /** Why nothing can be sent with our certificate today, in words; null where nothing is wrong with it. */
  certificateProblem(): string | null
  /** Whether the far end hangs up on a fresh connection as soon as it has seen our certificate. */
  refusesCertificate(url: string): Promise<boolean>
  close(): Promise<void>
}

const connectTimeoutMs = 5_000
/** A server that refuses a certificate hangs up at once; one that takes it waits for a request. */
const hangUpMs = 1_000

/** Connections to one portal. Throws, naming the setting, where a file is no certificate. */
export function openConnection({ ca, crl, certificate, proxy, now }: ConnectionSettings): Connection {
  const tls = {
    ...(ca === undefined ? {} : { ca }),
    ...(crl === undefined ? {} : { crl }),
    ...certificate,
  }
  const shown = certificate === undefined ? null : readCertificate(certificate.cert)
  const dispatcher =
    proxy === undefined
      ? new Agent({ connect: { ...tls, timeout: connectTimeoutMs } })
      : new ProxyAgent({ uri: proxy, requestTls: { ...tls, timeout: connectTimeoutMs } })
  return {
    dispatcher,
    certificateProblem: () =>
      shown === null ? null : validityProblem(shown, (now ?? Temporal.Now.instant)()),
    // Through a proxy there is no socket of ours to watch.
    refusesCertificate: async url =>
      shown !== null && proxy === undefined && (await isHungUp({ url: new URL(url), tls })),
    close: () => dispatcher.destroy(),
  }
}

function readCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch (cause) {
    throw new Error('PORTAL_CLIENT_CERT_FILE is no certificate: expected PEM', { cause })
  }
}

function validityProblem(
  { validFromDate, validToDate }: X509Certificate,
  now: Temporal.Instant,
): string | null {
  const at = now.epochMilliseconds
  if (at > validToDate.getTime()) return `Our certificate for the portal ran out on ${dayOf(validToDate)}.`
  if (at < validFromDate.getTime()) {
    return `Our certificate for the portal holds only from ${dayOf(validFromDate)}: is our clock right?`
  }
  return null
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}

/**
 * In TLS 1.3 our side has finished before the server has read our certificate: a refusal then looks like any broken
 * connection. So one more connection is made on which nothing is asked: who hangs up on that does not want us.
 */
function isHungUp({ url, tls }: { readonly url: URL; readonly tls: object }): Promise<boolean> {
  if (url.protocol !== 'https:') return Promise.resolve(false)
  return new Promise(resolve => {
    const socket = connect({
      host: url.hostname,
      port: Number(url.port || 443),
      ...tls,
    })
    let isSecured = false
    const end = (isRefused: boolean): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(isRefused)
    }
    const timer = setTimeout(() => end(false), hangUpMs)
    socket.on('secureConnect', () => {
      isSecured = true
    })
    socket.on('error', () => end(isSecured))
    socket.on('close', () => end(isSecured))
    socket.resume()
  })
}
