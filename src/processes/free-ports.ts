import { createServer } from 'node:net'

/** The ports of a list that another program holds on this host. */
export async function findTakenPorts(host: string, ports: readonly number[]): Promise<readonly number[]> {
  const isFree = await Promise.all(ports.map(port => canListen(host, port)))
  return ports.filter((_port, index) => isFree[index] === false)
}

function canListen(host: string, port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
