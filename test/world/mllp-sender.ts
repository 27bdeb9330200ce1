import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'

/** A sender on one connection, written apart from Wren's own framing. */
export interface MllpSender {
  write(bytes: string | Uint8Array): void
  /** MSA of the next answer, such as ["MSA", "AA", "M0001", ""]. Rejects when the connection closes first. */
  answer(): Promise<readonly string[]>
  /** Sends one framed message and waits for its answer. */
  send(message: string): Promise<readonly string[]>
  /** Resolves when Wren has closed the connection. */
  readonly closed: Promise<void>
  end(): void
}

export async function connectSender(url: string, tls?: ConnectionOptions): Promise<MllpSender> {
  const { hostname, port } = new URL(url)
  const where = { host: hostname, port: Number(port) }
  const socket = tls === undefined ? connect(where) : connectTls({ ...where, ...tls })
  await once(socket, tls === undefined ? 'connect' : 'secureConnect')
  return senderOn(socket)
}

function senderOn(socket: Socket): MllpSender {
  let received = ''
  const answers: (readonly string[])[] = []
  const waiting: { resolve(answer: readonly string[]): void; reject(error: Error): void }[] = []
  socket.setEncoding('latin1')
  socket.on('data', text => {
    received += text
    for (let end = received.indexOf('\x1c\r'); end >= 0; end = received.indexOf('\x1c\r')) {
      const frame = received.slice(received.indexOf('\x0b') + 1, end)
      received = received.slice(end + 2)
      const msa = frame.split('\r').find(line => line.startsWith('MSA'))
      const answer = (msa ?? '').split('|')
      const next = waiting.shift()
      if (next === undefined) answers.push(answer)
      else next.resolve(answer)
    }
  })
  socket.on('error', () => {})
  let isClosed = false
  const { promise: closed, resolve: close } = Promise.withResolvers<void>()
  socket.on('close', () => {
    isClosed = true
    close()
    for (const each of waiting.splice(0))
      each.reject(new Error('the connection was closed without an answer'))
  })
  const answer = (): Promise<readonly string[]> => {
    const known = answers.shift()
    if (known !== undefined) return Promise.resolve(known)
    if (isClosed) return Promise.reject(new Error('the connection was closed without an answer'))
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }))
  }
  return {
    closed,
    answer,
    write: bytes => socket.write(bytes),
    send: message => {
      socket.write(`\x0b${message}\x1c\r`)
      return answer()
    },
    end: () => socket.end(),
  }
}
