import { readFileSync } from 'node:fs'
import { run } from './run.ts'

/** A dead process that nobody has collected yet counts as dead: where Wren is process 1, nobody does. */
export function isAlive(pid: number): boolean {
  return hasNumber(pid) && readStat(pid)?.state !== 'Z'
}

/** True while some process has this number, dead or alive. */
export function hasNumber(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}

/** When the process began, in words that differ for another process under the same number; null if unknown. */
export async function startOf(pid: number): Promise<string | null> {
  if (process.platform === 'linux') return readStat(pid)?.start ?? null
  if (process.platform === 'win32') return null
  const ran = await run('ps', { args: ['-o', 'lstart=', '-p', String(pid)], user: null })
  return ran.code === 0 ? ran.output : null
}

/** False only where it is certain: another program has taken the number of a PostgreSQL that died. */
export function mayBePostgres(pid: number): boolean {
  if (!isAlive(pid)) return false
  return process.platform !== 'linux' || readStat(pid)?.program === 'postgres'
}

/** `pid (program) state …`, the start time as field 22: proc_pid_stat(5). A program's name may hold brackets. */
function readStat(pid: number): { program: string; state: string; start: string } | null {
  if (process.platform !== 'linux') return null
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const close = text.lastIndexOf(')')
    const [state = '', ...rest] = text.slice(close + 2).split(' ')
    return { program: text.slice(text.indexOf('(') + 1, close), state, start: rest[18] ?? '' }
  } catch {
    return null // it ended in between
  }
}
