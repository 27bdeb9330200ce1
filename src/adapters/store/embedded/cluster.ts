import { chown, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Access, freePort, isFree, saveAccess } from './access.ts'
import { type Binaries, programName } from './binaries.ts'
import { hasNumber, mayBePostgres } from './process-life.ts'
import { run } from './run.ts'
import type { ServerUser } from './server-user.ts'

export interface Cluster {
  readonly folder: string
  readonly binaries: Binaries
  readonly user: ServerUser | null
}

/** What `postmaster.pid` says: line 1 the process, line 2 the folder, line 4 the port. */
export interface Postmaster {
  readonly pid: number
  readonly folder: string
  readonly port: number
}

/** Recovery after a crash reads all that was written since the last checkpoint, which may be a lot. */
const startLimitSeconds = 600
const stopLimitSeconds = 60

/** What its log ends with while parts of a server whose head was killed are still finding out. */
const stillInUse = 'is still in use'
const startTriesMax = 20

const unfinishedPrefix = 'postgres-unfinished-'

/** Above the largest number that Linux gives a process, 4194304: pid_max in proc_sys_kernel(5). */
const pidOfNobody = 4_194_305

export async function exists(folder: string): Promise<boolean> {
  return await stat(join(folder, 'PG_VERSION')).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false
      throw new Error(
        `${folder} cannot be entered (${error.code}): the database belongs to another user. ` +
          'Run Wren as that user, or name another folder with --data.',
        { cause: error },
      )
    },
  )
}

/** Made beside its place and moved there when whole: a Wren killed in the middle begins again. */
export async function makeCluster({ cluster, access }: { cluster: Cluster; access: Access }): Promise<void> {
  const { folder, user } = cluster
  await removeUnfinished(dirname(folder))
  const workshop = await mkdtemp(join(dirname(folder), unfinishedPrefix))
  const passwordFile = join(workshop, 'password')
  await writeFile(passwordFile, `${access.password}\n`, { mode: 0o600 })
  if (user !== null) for (const each of [workshop, passwordFile]) await chown(each, user.uid, user.gid)
  const args = [
    ...['--pgdata', join(workshop, 'postgres'), '--username', access.user, `--pwfile=${passwordFile}`],
    '--auth=scram-sha-256',
    // Sorting and upper('é') must not depend on the machine's own C library or LANG.
    ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  ]
  try {
    const ran = await run(join(cluster.binaries, programName('initdb')), { args, user })
    if (ran.code !== 0) throw new Error(`PostgreSQL could not make a database in ${folder}: ${ran.output}`)
    await rename(join(workshop, 'postgres'), folder)
  } finally {
    await rm(workshop, { recursive: true, force: true })
  }
}

/** What a killed Wren began. Its initdb may still be writing there; then the start after this one removes it. */
async function removeUnfinished(home: string): Promise<void> {
  for (const name of await readdir(home))
    if (name.startsWith(unfinishedPrefix))
      await rm(join(home, name), { recursive: true, force: true }).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOTEMPTY') throw error
      })
}

/** Starts the server on its kept port, or on another where that was taken meanwhile. Answers the port. */
export async function startServer({
  dataFolder,
  cluster,
  access,
}: {
  dataFolder: string
  cluster: Cluster
  access: Access
}): Promise<number> {
  const port = (await isFree(access.port)) ? access.port : await freePort()
  if (port !== access.port) await saveAccess(dataFolder, { ...access, port })
  const log = join(cluster.folder, 'wren-postgres.log')
  const args = ['start', '--pgdata', cluster.folder, '--log', log, '--wait']
  for (let tries = 1; ; tries += 1) {
    const ran = await run(join(cluster.binaries, programName('pg_ctl')), {
      args: [...args, '--timeout', String(startLimitSeconds), '--options', serverOptions(port)],
      user: cluster.user,
      folder: cluster.folder,
    })
    if (ran.code === 0) return port
    const said = (await readFile(log, 'utf8').catch(() => '')).trim().split('\n').slice(-8).join('\n')
    if (tries < startTriesMax && said.endsWith(stillInUse)) await pause(500)
    else
      throw new Error(
        `PostgreSQL did not start in ${cluster.folder}. ${ran.output}\nIts log ${log} ends:\n${said}`,
      )
  }
}

/** Ends the server and waits until its process is gone. Nothing happens where none runs. */
export async function stopServer(cluster: Cluster): Promise<void> {
  const postmaster = await readPostmaster(cluster.folder)
  if (postmaster === null || !mayBePostgres(postmaster.pid)) return
  const stop = (mode: 'fast' | 'immediate') =>
    run(join(cluster.binaries, programName('pg_ctl')), {
      args: [
        'stop',
        '--pgdata',
        cluster.folder,
        '--mode',
        mode,
        '--wait',
        '--timeout',
        String(stopLimitSeconds),
      ],
      user: cluster.user,
      folder: cluster.folder,
    })
  if ((await stop('fast')).code !== 0) await stop('immediate')
  for (let waitedMs = 0; mayBePostgres(postmaster.pid); waitedMs += 20) {
    if (waitedMs > 10_000)
      throw new Error(`PostgreSQL (process ${postmaster.pid}) does not end. Stop it by hand.`)
    await pause(20)
  }
}

/** Null where the file is not there, or not written to its end yet. */
export async function readPostmaster(folder: string): Promise<Postmaster | null> {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => null)
  const [pid = '', where = '', , port = ''] = text?.split('\n') ?? []
  if (!/^\d+$/.test(pid.trim())) return null
  return { pid: Number(pid), folder: where, port: Number(port) }
}

/**
 * Says in `postmaster.pid` that its server is dead, where PostgreSQL itself would take it for alive: its number
 * went to another program, or nobody has collected it yet. The other lines stay: by them PostgreSQL still finds
 * out, and refuses to start, if a part of the old server has the cluster's memory in use.
 */
export async function disownPostmaster(folder: string, { pid }: Postmaster): Promise<void> {
  const file = join(folder, 'postmaster.pid')
  const text = await readFile(file, 'utf8')
  if (hasNumber(pid)) await writeFile(file, text.replace(/^\d+/, String(pidOfNobody)))
}

/**
 * Only this machine can connect, by password. The server's log keeps no statement, no parameter and no row: they
 * could hold words of a note.
 */
function serverOptions(port: number): string {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
  }
  return [`-p ${port}`, ...Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)].join(' ')
}
