import type { Command } from 'commander'
import { readWhole } from '../../adapters/inlet/folder-inlet.ts'
import { screenFile } from '../../adapters/inlet/screen-file.ts'
import { decodeMapped, splitFile } from '../../attendance/mapping/decode-mapped.ts'
import type { Mapping } from '../../attendance/mapping/mapping.ts'
import { ledgerOutcomes } from '../../review/ledger.ts'
import { readSettings, type Settings } from '../config.ts'
import { makeFileIntake } from '../file-intake.ts'
import { loadMapping, MappingError } from '../load-mapping.ts'
import { type Progress, showProgress } from '../progress.ts'
import { openWorld } from '../world.ts'
import { InputError } from './read-lines.ts'
import { reportFailure } from './report-failure.ts'
import { showDecoded } from './show-decoded.ts'

interface ImportOptions {
  readonly mapping: string
  readonly dryRun?: true
  readonly rows: string
  readonly text?: true
}

export function addImportCommand(program: Command): void {
  program
    .command('import')
    .summary('read an extract, in CSV or an engine’s JSON, by a mapping file')
    .description(
      'Reads every attendance of a file by a mapping and screens it into the database of the settings. Importing a file again counts nothing twice. Start with --dry-run.',
    )
    .argument('<file>', 'CSV, or JSON with one object a line')
    .requiredOption('--mapping <file>', 'which column or path is which field; docs/feeds.md describes it')
    .option('--dry-run', 'save nothing: show the first attendances as Wren reads them, and count the rest')
    .option('--rows <number>', 'how many the dry run shows', '3')
    .option('--text', 'show names and words of patients too; mind who looks on')
    .action(async (path: string, options: ImportOptions, command: Command) => {
      if (!/^\d{1,4}$/.test(options.rows))
        return command.error('error: --rows takes a number', { exitCode: 2 })
      const read = readSettings(process.env)
      if ('problems' in read) return command.error(read.problems.join('\n'), { exitCode: 2 })
      const work = async (): Promise<void> => {
        const mapping = await loadMapping(options.mapping)
        const file = await readFile(path)
        const job = { path, file, mapping, settings: read.settings }
        await (options.dryRun === true ? tryFile(job, options) : importFile(job))
      }
      await reportFailure(work, { alsoTold: [MappingError] })
    })
}

interface Job {
  readonly path: string
  readonly file: Uint8Array
  readonly mapping: Mapping
  readonly settings: Settings
}

async function readFile(path: string): Promise<Uint8Array> {
  const bytes = await readWhole(path).catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw new InputError(`${path} cannot be read (${code}): name a file`, { cause })
  })
  if ('problem' in bytes) throw new InputError(`${path}: ${bytes.problem}`)
  return bytes
}

/** Decodes all and saves nothing. */
async function tryFile({ path, file, mapping, settings }: Job, options: ImportOptions): Promise<void> {
  const split = splitFile(file, mapping)
  if ('problem' in split) throw new InputError(`${path}: ${split.problem}`)
  const { messages } = split
  const receivedAt = Temporal.Now.instant().toString()
  const progress = showProgress({ what: `Reading ${path}`, total: messages.length })
  let unreadable = 0
  for (const [index, { line, bytes }] of messages.entries()) {
    const decoded = decodeMapped(bytes, { mapping, receivedAt, defaultTrust: settings.trust })
    if (decoded.kind === 'unreadable') unreadable++
    if (index < Number(options.rows) || decoded.kind === 'unreadable') {
      process.stdout.write(showDecoded(decoded, { title: `line ${line}`, withText: options.text === true }))
    }
    progress.at(index + 1)
  }
  progress.end()
  process.stderr.write(
    `${messages.length} attendances, ${unreadable} unreadable. Nothing was saved: leave out --dry-run to import.\n`,
  )
  if (unreadable > 0) process.exitCode = 1
}

async function importFile({ path, file, mapping, settings }: Job): Promise<void> {
  // Log lines go to stderr: stdout is for what came of the file.
  const destination = { write: (line: string) => void process.stderr.write(line) }
  await using world = await openWorld({ settings, roles: new Set(['intake'] as const), destination })
  const bar = lazyProgress(`Importing ${path}`)
  const screened = await screenFile(file, { ...makeFileIntake(world, mapping), onProgress: bar.at })
  bar.end()
  const counts = ledgerOutcomes.map(outcome => `${screened.counts[outcome]} ${outcome}`)
  process.stdout.write(`${screened.received} received: ${counts.join(', ')}\n`)
  for (const problem of screened.problems) process.stderr.write(`${path}, ${problem}\n`)
  if (screened.problems.length > 0) process.exitCode = 1
}

/** Its length is known once the file is cut. */
function lazyProgress(what: string) {
  let progress: Progress | null = null
  return {
    at: (done: number, total: number): void => {
      progress ??= showProgress({ what, total })
      progress.at(done)
    },
    end: (): void => progress?.end(),
  }
}
