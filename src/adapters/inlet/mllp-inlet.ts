import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { rememberControlIds } from './control-ids.ts'
import { type MllpConnection, type MllpConnectionOptions, serveConnection } from './mllp-connection.ts'

export interface MllpInletOptions extends Omit<MllpConnectionOptions, 'controlIds'> {
  readonly host: string
  /** 0 takes any free port; `url` tells which. */
  readonly port: number
  /** PEM. With `ca`, only senders that show a certificate of it are let in. Null: no encryption. */
  readonly tls: { readonly cert: string; readonly key: string; readonly ca: string | null } | null
}

export interface MllpInlet {
  /** Such as mllp://127.0.0.1:2575 or, encrypted, mllps://…. */
  readonly url: string
  /** Answers what is under way, then closes. */
  stop(): Promise<void>
}

/** More senders than a hospital has; beyond it a connection is closed at once. */
const connectionsMax = 500
/** Some hours of a busy hospital; about 20 MB. */
const controlIdsMax = 100_000
/** Finds senders that are gone without a word. */
const keepAliveAfterMs = 60_000
/** For answers that are under way when Wren stops. */
const stopTimeoutMs = 15_000

/**
 * Takes HL7 v2 messages over MLLP. A message is acknowledged only after the store has saved its outcome: whatever a
 * sender was not told is safe it must send again.
 */
export async function startMllpInlet(options: MllpInletOptions): Promise<MllpInlet> {
  const open = new Map<Socket, MllpConnection>()
  const controlIds = rememberControlIds(controlIdsMax)
  const server = serverOf(options, socket => {
    socket.setKeepAlive(true, keepAliveAfterMs)
    socket.setNoDelay(true) // an answer is small, and the sender waits for it
    const connection = serveConnection(socket, { ...options, controlIds })
    open.set(socket, connection)
    void connection.closed.then(() => open.delete(socket))
  })
  server.maxConnections = connectionsMax
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  return { url: urlOf(server, options), stop: () => stop(server, open) }
}

function serverOf({ tls }: MllpInletOptions, onConnection: (socket: Socket) => void): Server {
  if (tls === null) return createServer(onConnection)
  const { cert, key, ca } = tls
  return createTlsServer(
    {
      cert,
      key,
      minVersion: 'TLSv1.2',
      ...(ca === null ? {} : { ca, requestCert: true, rejectUnauthorized: true }),
    },
    onConnection,
  )
}

async function stop(server: Server, open: ReadonlyMap<Socket, MllpConnection>): Promise<void> {
  const closed = new Promise<void>(resolve => server.close(() => resolve()))
  for (const connection of open.values()) connection.stop()
  const tooLate = setTimeout(() => {
    for (const socket of open.keys()) socket.destroy()
  }, stopTimeoutMs)
  await Promise.all([...open.values()].map(connection => connection.closed))
  // A sender may keep its half of the connection open for ever.
  for (const socket of open.keys()) socket.destroySoon()
  await closed
  clearTimeout(tooLate)
}

function urlOf(server: Server, { host, tls }: MllpInletOptions): string {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return `${tls === null ? 'mllp' : 'mllps'}://${host.includes(':') ? `[${host}]` : host}:${address.port}`
}
