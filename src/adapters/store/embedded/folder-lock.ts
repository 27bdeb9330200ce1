import { randomUUID } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { isAlive, startOf } from './process-life.ts'

export interface FolderLock {
  release(): Promise<void>
}

const Holder = z.object({ pid: z.int(), start: z.string().nullable(), token: z.string() })
type Holder = z.infer<typeof Holder>

/** Long enough for a rival who judged the same stale lock a moment earlier to finish replacing it. */
const settleMs = 50

/**
 * Keeps a second Wren off the data folder. The lock names its process and when that began, so the lock of a
 * Wren that was killed does not count, even where its number has gone to another process.
 */
export async function takeFolderLock(folder: string): Promise<FolderLock> {
  const file = join(folder, 'wren.lock')
  const mine: Holder = { pid: process.pid, start: await startOf(process.pid), token: randomUUID() }
  const draft = `${file}.${mine.token}`
  await writeFile(draft, JSON.stringify(mine)).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `The data folder ${folder} cannot be written to (${error.code}). Name another with --data.`,
      {
        cause: error,
      },
    )
  })
  try {
    for (;;) {
      if (await linked(draft, file)) {
        await pause(settleMs)
        if ((await readHolder(file))?.token === mine.token) break
        continue
      }
      const holder = await readHolder(file)
      if (holder !== null && (await holds(holder)))
        throw new Error(
          `Another Wren (process ${holder.pid}) is using the data folder ${folder}. ` +
            'Stop it first, or name another folder with --data.',
        )
      await rm(file, { force: true })
    }
  } finally {
    await rm(draft, { force: true })
  }
  return {
    release: async () => {
      if ((await readHolder(file))?.token === mine.token) await rm(file, { force: true })
    },
  }
}

async function holds({ pid, start }: Holder): Promise<boolean> {
  return isAlive(pid) && (start === null || start === (await startOf(pid)))
}

async function linked(draft: string, file: string): Promise<boolean> {
  return await link(draft, file).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false
      throw error
    },
  )
}

/** Null where there is none, or one that nobody could have written whole. */
async function readHolder(file: string): Promise<Holder | null> {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return null
  try {
    return Holder.parse(JSON.parse(text))
  } catch {
    return null
  }
}
