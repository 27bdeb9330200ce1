import { randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'

/** How Wren, and nobody else, gets into its database: kept in a file that only its owner can read. */
const Access = z.object({ user: z.string(), password: z.string(), port: z.int().min(1).max(65_535) })
export type Access = Readonly<z.infer<typeof Access>>

export const databaseName = 'wren'
export const accessFileName = 'postgres-access.json'

export async function readOrMakeAccess(dataFolder: string): Promise<Access> {
  const file = join(dataFolder, accessFileName)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw new Error(
      `${file} cannot be read (${error.code}): the data folder belongs to another user. ` +
        'Run Wren as that user, or name another folder with --data.',
      { cause: error },
    )
  })
  if (text !== null) return parse(file, text)
  const access = { user: 'wren', password: randomBytes(24).toString('base64url'), port: await freePort() }
  await saveAccess(dataFolder, access)
  return access
}

export async function saveAccess(dataFolder: string, access: Access): Promise<void> {
  const file = join(dataFolder, accessFileName)
  await writeFile(`${file}.new`, `${JSON.stringify(access)}\n`, { mode: 0o600 })
  await rename(`${file}.new`, file)
}

export function connectionStringOf({ user, password, port }: Access, database = databaseName): string {
  return `postgres://${user}:${password}@127.0.0.1:${port}/${database}`
}

export async function freePort(): Promise<number> {
  return await listenOn(0).then(port => port ?? Promise.reject(new Error('no port of 127.0.0.1 is free')))
}

export async function isFree(port: number): Promise<boolean> {
  return (await listenOn(port)) !== null
}

function parse(file: string, text: string): Access {
  try {
    return Access.parse(JSON.parse(text))
  } catch {
    // No cause: it could quote the password.
    throw new Error(`${file} is damaged: it holds the way into the database. Restore it from your backup.`)
  }
}

async function listenOn(port: number): Promise<number | null> {
  const { promise, resolve } = Promise.withResolvers<number | null>()
  const server = createServer()
  server.on('error', () => resolve(null))
  server.listen({ port, host: '127.0.0.1' }, () => {
    const address = server.address()
    server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : null))
  })
  return await promise
}
