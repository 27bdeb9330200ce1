import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from './run.ts'

/** Who runs PostgreSQL where that is not who runs Wren. */
export interface ServerUser {
  readonly uid: number
  readonly gid: number
}

const userName = 'postgres'
const ways: readonly (readonly [string, readonly string[]])[] = [
  ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', userName]],
  ['adduser', ['-S', '-D', '-H', userName]],
]

/**
 * Null, meaning ourselves, unless we are root: PostgreSQL refuses to run as root. Then it is whoever owns the
 * cluster already, or the user "postgres", who is made where there is none.
 */
export async function chooseServerUser(dataFolder: string): Promise<ServerUser | null> {
  if (process.getuid?.() !== 0) return null
  const owner = await stat(join(dataFolder, 'postgres')).catch(() => null)
  if (owner !== null && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const found = await findUser()
  if (found !== null) return found
  for (const [program, args] of ways) {
    await run(program, { args, user: null }).catch(() => null) // the next way, or the sentence below
    const made = await findUser()
    if (made !== null) return made
  }
  throw new Error(
    `PostgreSQL does not run as root, and the user "${userName}" could not be made. ` +
      'Run Wren as an ordinary user, make that user yourself, or set DATABASE_URL.',
  )
}

async function findUser(): Promise<ServerUser | null> {
  const [uid, gid] = await Promise.all([idOf('-u'), idOf('-g')])
  return uid === null || gid === null ? null : { uid, gid }
}

async function idOf(what: '-u' | '-g'): Promise<number | null> {
  const ran = await run('id', { args: [what, userName], user: null })
  return ran.code === 0 ? Number.parseInt(ran.output, 10) : null
}
