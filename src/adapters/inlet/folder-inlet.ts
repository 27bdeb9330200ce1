import { access, mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openFile } from './file-bytes.ts'
import { type FileIntake, type ScreenedFile, screenFile } from './screen-file.ts'

/** Names that mean "not finished yet" to those who drop files. */
const unfinished = /^\.|\.(part|partial|filepart|tmp|temp|crdownload)$/i

export interface FolderInletOptions extends Omit<FileIntake, 'onProgress'> {
  readonly folder: string
  readonly pollMs: number
  readonly hooks: {
    readonly onFile: (file: { readonly moved: 'done' | 'failed'; readonly received: number }) => void
    /** A file or the folder could not be read, or the store did not answer: it is tried again. */
    readonly onFailure: (error: unknown) => void
  }
}

export interface FolderInlet {
  stop(): Promise<void>
}

/**
 * Watches a folder for extracts. A file is read once its size and time have stood still from one look to the next,
 * and only under its final name: names that begin with a dot or end in .part or .tmp are left until they are renamed.
 * A file goes to done/ when all of it was read, otherwise to failed/ with NAME.problems beside it, and only after
 * its outcomes are saved. After a crash it is still there, and reading it again counts nothing twice.
 */
export async function startFolderInlet(options: FolderInletOptions): Promise<FolderInlet> {
  const { folder } = options
  for (const name of ['done', 'failed']) await mkdir(join(folder, name), { recursive: true })
  const stopping = new AbortController()
  const watching = watch(options, stopping.signal)
  return {
    stop: async () => {
      stopping.abort()
      await watching
    },
  }
}

async function watch(options: FolderInletOptions, signal: AbortSignal): Promise<void> {
  let seen: ReadonlyMap<string, string> = new Map()
  while (!signal.aborted) {
    try {
      const looks = await look(options.folder)
      for (const [name, size] of looks) {
        if (signal.aborted) break
        if (seen.get(name) !== size) continue
        // One file that cannot be read must not stop those after it.
        await takeFile(name, { options, size }).catch(options.hooks.onFailure)
      }
      seen = looks
    } catch (error) {
      options.hooks.onFailure(error)
    }
    await wait(options.pollMs, undefined, { signal }).catch(() => {})
  }
}

/** Each finished name with its size and time: what must stand still. Oldest first by name, as exports are dated. */
async function look(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries
    .filter(entry => entry.isFile() && !unfinished.test(entry.name))
    .map(({ name }) => name)
  const looks = await Promise.all(
    names.toSorted().map(async name => [name, await sizeOf(join(folder, name))] as const),
  )
  return new Map(looks)
}

async function sizeOf(path: string): Promise<string> {
  const { size, mtimeMs } = await stat(path)
  return `${size} ${mtimeMs}`
}

async function takeFile(
  name: string,
  { options, size }: { readonly options: FolderInletOptions; readonly size: string },
): Promise<void> {
  const path = join(options.folder, name)
  const screened = await screenUnchanged(path, { options, size })
  // It grew while it was read: the next look sees that, and waits until it stands still again.
  if (screened === null) return
  const moved = screened.problems.length === 0 ? 'done' : 'failed'
  const target = await freePath(join(options.folder, moved), name)
  if (moved === 'failed') await writeFile(`${target}.problems`, `${screened.problems.join('\n')}\n`)
  await rename(path, target)
  options.hooks.onFile({ moved, received: screened.received })
}

/** Null where the file is no longer the one that stood still. */
async function screenUnchanged(
  path: string,
  { options, size }: { readonly options: FolderInletOptions; readonly size: string },
): Promise<Pick<ScreenedFile, 'received' | 'problems'> | null> {
  await using file = await openFile(path)
  if ((await sizeOf(path)) !== size) return null
  return 'problem' in file ? { received: 0, problems: [file.problem] } : await screenFile(file, options)
}

/** A name that is not taken: NAME, then NAME.2, NAME.3. An earlier file is never written over. */
async function freePath(folder: string, name: string): Promise<string> {
  for (let number = 1; ; number++) {
    const path = join(folder, number === 1 ? name : `${name}.${number}`)
    const isTaken = await access(path).then(
      () => true,
      () => false,
    )
    if (!isTaken) return path
  }
}
