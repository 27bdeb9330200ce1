import { createServer } from 'node:http'
import { connect, type Socket } from 'node:net'

/** A real proxy for CONNECT, which answers `status` in place of carrying anything where that is not 200. */
export async function startConnectProxy(status = 200) {
  const carried: string[] = []
  const open = new Set<Socket>()
  const server = createServer()
  server.on('connect', (request, client: Socket) => {
    const host = request.url ?? ''
    open.add(client)
    client.on('error', () => client.destroy())
    if (status !== 200) return void client.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`)
    carried.push(host)
    const [name = '', port] = host.split(':')
    const far = connect(Number(port), name, () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n')
      client.pipe(far).pipe(client)
    })
    far.on('error', () => client.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    carried: (): readonly string[] => carried,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
