import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { accessFileName, connectionStringOf, isFree, readOrMakeAccess } from './access.ts'

/** The way into the PostgreSQL of this data folder while another Wren runs it; null where none runs. */
export async function findRunningServer(dataFolder: string): Promise<string | null> {
  const isThere = await access(join(dataFolder, accessFileName)).then(
    () => true,
    () => false,
  )
  if (!isThere) return null
  const way = await readOrMakeAccess(dataFolder)
  return (await isFree(way.port)) ? null : connectionStringOf(way)
}
