import { spawn } from 'node:child_process'
import type { ServerUser } from './server-user.ts'

export interface Ran {
  /** Null where a signal ended it. */
  readonly code: number | null
  readonly output: string
}

/** How long what a program printed may trail behind its end. */
const lastWordsMs = 1_000

/**
 * Runs a program to its end, as another user where one is given. It sees nothing of our environment, so that a
 * PGDATA or PGPORT of the person's shell does not reach PostgreSQL; only Windows programs cannot live without.
 */
export async function run(
  program: string,
  options: { readonly args: readonly string[]; readonly user: ServerUser | null; readonly folder?: string },
): Promise<Ran> {
  const { promise, resolve, reject } = Promise.withResolvers<Ran>()
  const child = spawn(program, [...options.args], {
    cwd: options.folder ?? (process.platform === 'win32' ? undefined : '/'),
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    ...(process.platform === 'win32' ? {} : { env: { LC_ALL: 'C', PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } }),
    ...(options.user === null ? {} : { uid: options.user.uid, gid: options.user.gid }),
  })
  const heard: Buffer[] = []
  child.stdout.on('data', (piece: Buffer) => heard.push(piece))
  child.stderr.on('data', (piece: Buffer) => heard.push(piece))
  child.on('error', reject)
  const finish = (): void => {
    clearTimeout(patience)
    resolve({ code: child.exitCode, output: Buffer.concat(heard).toString('utf8').trim() })
    child.stdout.destroy()
    child.stderr.destroy()
  }
  let patience: NodeJS.Timeout | undefined
  child.on('close', finish)
  // On Windows the server that pg_ctl leaves behind may hold the pipes, and "close" would never come.
  child.on('exit', () => {
    patience = setTimeout(finish, lastWordsMs)
  })
  return await promise
}

/** True where the program could be started and ended well. */
export async function canRun(
  program: string,
  options: { readonly args: readonly string[]; readonly user: ServerUser | null; readonly folder?: string },
): Promise<boolean> {
  return await run(program, options).then(
    ran => ran.code === 0,
    () => false, // could not even be started: not found, or not allowed
  )
}
