import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Access, accessFileName, connectionStringOf, readOrMakeAccess } from './embedded/access.ts'
import { adoptableServer, ensureDatabase } from './embedded/adopt.ts'
import { findBinaries } from './embedded/binaries.ts'
import { type Cluster, exists, makeCluster, startServer, stopServer } from './embedded/cluster.ts'
import { takeFolderLock } from './embedded/folder-lock.ts'
import { chooseHome, pointerName } from './embedded/home.ts'
import { chooseServerUser } from './embedded/server-user.ts'

/** A PostgreSQL 18 of our own, from the binaries that npm brings. Its data stay when it stops. */
export interface EmbeddedPostgres extends AsyncDisposable {
  readonly connectionString: string
  /** True where it ran already: the Wren before was killed, its PostgreSQL was not. */
  readonly adopted: boolean
  stop(): Promise<void>
}

/** What is worth telling a person while the database starts. */
export type Tell = (words: string) => void

export interface EmbeddedWishes {
  readonly dataFolder: string
  readonly log?: Tell
}

/**
 * Starts the database of this data folder, or adopts the one that a killed Wren left running. Rejects, in words
 * that say what to do, where another Wren uses the folder or something else stands in the way.
 */
export async function startEmbeddedPostgres({
  dataFolder: asNamed,
  log = () => {},
}: EmbeddedWishes): Promise<EmbeddedPostgres> {
  const dataFolder = await makeDataFolder(asNamed)
  const lock = await takeFolderLock(dataFolder)
  try {
    const user = await chooseServerUser(dataFolder)
    const home = await chooseHome({ dataFolder, user, log })
    const binaries = await findBinaries({ home, user, log })
    const access = await readOrMakeAccess(dataFolder)
    const cluster: Cluster = { folder: join(home, 'postgres'), binaries, user }
    const running = await adoptableServer({ cluster, access })
    const port = running?.port ?? (await startFresh({ dataFolder, cluster, access, log }))
    if (running !== null) log(`Adopted the PostgreSQL that was running already (pid ${running.pid}).`)
    const served = { ...access, port }
    await ensureDatabase(served)
    const stop = once(async () => {
      await stopServer(cluster)
      await lock.release()
    })
    return {
      connectionString: connectionStringOf(served),
      adopted: running !== null,
      stop,
      [Symbol.asyncDispose]: stop,
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** Stops the database of this data folder if it runs, and removes it with everything in it. */
export async function removeEmbeddedPostgres({
  dataFolder: asNamed,
  log = () => {},
}: EmbeddedWishes): Promise<void> {
  const dataFolder = await makeDataFolder(asNamed)
  const lock = await takeFolderLock(dataFolder)
  try {
    const user = await chooseServerUser(dataFolder)
    const home = await chooseHome({ dataFolder, user, log })
    const folder = join(home, 'postgres')
    if (await exists(folder))
      await stopServer({ folder, binaries: await findBinaries({ home, user, log }), user })
    for (const each of [folder, join(dataFolder, accessFileName), join(dataFolder, pointerName)])
      await rm(each, { recursive: true, force: true })
    if (home !== dataFolder) await rm(home, { recursive: true, force: true })
  } finally {
    await lock.release()
  }
}

async function startFresh(starting: {
  dataFolder: string
  cluster: Cluster
  access: Access
  log: Tell
}): Promise<number> {
  const { dataFolder, cluster, access, log } = starting
  if (!(await exists(cluster.folder))) {
    log(`Making a new database in ${cluster.folder}.`)
    await makeCluster({ cluster, access })
  }
  return await startServer({ dataFolder, cluster, access })
}

async function makeDataFolder(asNamed: string): Promise<string> {
  const folder = resolve(asNamed)
  await mkdir(folder, { recursive: true })
  return folder
}

/** Stopping twice is stopping once, and both wait for it. */
function once(stop: () => Promise<void>): () => Promise<void> {
  let stopping: Promise<void> | null = null
  return () => {
    stopping ??= stop()
    return stopping
  }
}
