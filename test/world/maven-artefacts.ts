import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
/** Kafka 4 is built for Java 17, which also runs a source file as it is. */
const javaVersionMin = 17
/** 43 MB from a slow mirror; past this the suite is better skipped with a reason than waited for. */
const downloadTimeoutMs = 240_000

export interface Artefacts {
  /** For people. */
  readonly what: string
  /** Of the folder in the cache. */
  readonly name: string
  readonly pom: string
  readonly profile?: string
  /** Nothing is fetched: what an earlier run kept is used, or nothing. */
  readonly onlyKept?: boolean
}

/** The folder with the jars that a pom names, fetched once by Maven and kept, or in words why there is none. */
export async function fetchJars(artefacts: Artefacts): Promise<{ jars: string } | { missing: string }> {
  const jars = join(cacheFolder(), `${artefacts.name}-${hashOf(artefacts.pom)}`)
  const java = await javaVersion()
  if (java === null) return { missing: `Java ${javaVersionMin} is not installed` }
  if (java < javaVersionMin) return { missing: `Java ${javaVersionMin} is needed, and this is Java ${java}` }
  if (existsSync(jars)) return { jars }
  if (artefacts.onlyKept)
    return { missing: `${artefacts.what} was not fetched: WREN_REQUIRE_KAFKA=1 fetches it` }
  // Copied aside and renamed, so that a run that is killed leaves no half folder under the final name.
  const partial = `${jars}.${process.pid}.partial`
  try {
    await run('mvn', mavenArguments(artefacts, partial), { timeout: downloadTimeoutMs })
    rename(partial, jars)
    return { jars }
  } catch (error) {
    return { missing: whyNot(error, artefacts.what) }
  } finally {
    rmSync(partial, { recursive: true, force: true })
  }
}

function mavenArguments({ pom, profile }: Artefacts, outputDirectory: string): string[] {
  return [
    ...['-q', '-B', '-f', pom, ...(profile === undefined ? [] : [`-P${profile}`])],
    'dependency:copy-dependencies',
    ...['-DincludeScope=runtime', `-DoutputDirectory=${outputDirectory}`],
  ]
}

function rename(partial: string, jars: string): void {
  // Another run may have been faster: its folder is as good as ours.
  if (!existsSync(jars)) renameSync(partial, jars)
}

function whyNot(error: unknown, what: string): string {
  if (isRecord(error) && error.code === 'ENOENT') return 'Maven (mvn) is not installed'
  if (isRecord(error) && error.killed === true) {
    return `Maven did not fetch ${what} within ${downloadTimeoutMs / 1000} seconds`
  }
  const lines = isRecord(error) ? `${String(error.stdout)}\n${String(error.stderr)}` : String(error)
  const first = lines.split('\n').find(line => line.includes('[ERROR]')) ?? 'it gave no reason'
  return `Maven could not fetch ${what}: ${first.replace('[ERROR] ', '')}`
}

async function javaVersion(): Promise<number | null> {
  try {
    const { stderr, stdout } = await run('java', ['-version'])
    // Such as: openjdk version "17.0.15" 2025-04-15
    return Number(/version "(\d+)/.exec(stderr + stdout)?.[1] ?? 0)
  } catch {
    return null
  }
}

/** The user's cache, or the system's temporary folder where there is no home to write to. */
function cacheFolder(): string {
  const wanted = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'wren')
  try {
    mkdirSync(wanted, { recursive: true })
    accessSync(wanted, constants.W_OK)
    return wanted
  } catch {
    const instead = join(tmpdir(), 'wren-cache')
    mkdirSync(instead, { recursive: true })
    return instead
  }
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 12)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
