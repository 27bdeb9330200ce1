import { createHash } from 'node:crypto'
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { canRun } from './run.ts'
import type { ServerUser } from './server-user.ts'

/** Where a cluster goes that its data folder cannot hold: /root and the like, which only root may enter. */
const elsewhere = '/var/lib/wren'

/** Remembers in the data folder where its cluster is, so that it is found again when the folder moves. */
export const pointerName = 'postgres-home'

/**
 * The folder that holds the cluster: the data folder, unless PostgreSQL's own user cannot get there. No folder
 * above the data folder is ever opened up for it.
 */
export async function chooseHome({
  dataFolder,
  user,
  log,
}: {
  dataFolder: string
  user: ServerUser | null
  log: (words: string) => void
}): Promise<string> {
  if (user === null) return dataFolder
  const pointer = join(dataFolder, pointerName)
  const remembered = await readFile(pointer, 'utf8').catch(() => null)
  if (remembered !== null) {
    await mkdir(remembered.trim(), { recursive: true, mode: 0o755 })
    return remembered.trim()
  }
  await letThrough(dataFolder)
  if (await canEnter(user, dataFolder)) return dataFolder
  const home = join(elsewhere, createHash('sha256').update(dataFolder).digest('hex').slice(0, 12))
  await mkdir(home, { recursive: true, mode: 0o755 })
  if (!(await canEnter(user, home)))
    throw new Error(
      `The user who runs PostgreSQL can enter neither ${dataFolder} nor ${home}. ` +
        'Name another data folder, such as --data /var/lib/wren/data, or run Wren as an ordinary user.',
    )
  await writeFile(pointer, `${home}\n`)
  log(`Only root can enter ${dataFolder}, and PostgreSQL does not run as root: its database is in ${home}.`)
  return home
}

/** Lets PostgreSQL's user pass through the data folder, which is Wren's own; it still cannot list it. */
async function letThrough(dataFolder: string): Promise<void> {
  const { mode } = await stat(dataFolder)
  if ((mode & 0o011) !== 0o011) await chmod(dataFolder, (mode & 0o777) | 0o011)
}

async function canEnter(user: ServerUser, folder: string): Promise<boolean> {
  return await canRun('/bin/sh', { args: ['-c', 'cd "$1"', 'sh', folder], user })
}
