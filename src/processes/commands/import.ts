import { buffer } from 'node:stream/consumers'
import type { Command } from 'commander'
import { bytesInMemory, type FileBytes, openFile } from '../../adapters/inlet/file-bytes.ts'
import { lookThrough } from '../../adapters/inlet/read-file.ts'
import { screenFile } from '../../adapters/inlet/screen-file.ts'
import { decodeMapped } from '../../attendance/mapping/decode-mapped.ts'
import type { Mapping } from '../../attendance/mapping/mapping.ts'
import { ledgerOutcomes } from '../../review/ledger.ts'
import { readSettings, type Settings } from '../config.ts'
import { makeFileIntake } from '../file-intake.ts'
import { loadMapping, MappingError } from '../load-mapping.ts'
import { openWorld } from '../world.ts'
import { mappedOrigins as originsOfMapped } from './message-origins.ts'
import { InputError } from './read-lines.ts'
import { showReading } from './reading-progress.ts'
import { reportFailure } from './report-failure.ts'
import { showDecoded } from './show-decoded.ts'

interface ImportOptions {
  readonly mapping: string
  readonly dryRun?: true
  readonly rows: string
  readonly quiet?: true
  readonly text?: true
}

/** Of a mapping that does not fit every row is unreadable: the first ones tell why. */
const unreadableShownMax = 100

export function addImportCommand(program: Command): void {
  program
    .command('import')
    .summary('read an extract, in CSV or an engine’s JSON, by a mapping file')
    .description(
      'Reads every attendance of a file by a mapping and screens it into the database of the settings. Importing a file again counts nothing twice. Start with --dry-run.',
    )
    .argument('<file>', 'CSV, or JSON with one object a line; "-" is standard input')
    .requiredOption('--mapping <file>', 'which column or path is which field; docs/feeds.md describes it')
    .option('--dry-run', 'save nothing: show the first attendances as Wren reads them, and count the rest')
    .option('--rows <number>', 'how many the dry run shows', '3')
    .option('--quiet', 'no progress')
    .option('--text', 'show names and words of patients too; mind who looks on')
    .action(async (path: string, options: ImportOptions, command: Command) => {
      if (!/^\d{1,4}$/.test(options.rows))
        return command.error('error: --rows takes a number', { exitCode: 2 })
      const read = readSettings(process.env)
      if ('problems' in read) return command.error(read.problems.join('\n'), { exitCode: 2 })
      const work = async (): Promise<void> => {
        const mapping = await loadMapping(options.mapping)
        await using file = await openInput(path)
        const job = { path, file, mapping, settings: read.settings, quiet: options.quiet === true }
        await (options.dryRun === true ? tryFile(job, options) : importFile(job))
      }
      await reportFailure(work, { alsoTold: [MappingError] })
    })
}

interface Job {
  readonly path: string
  readonly file: FileBytes
  readonly mapping: Mapping
  readonly settings: Settings
  readonly quiet: boolean
}

async function openInput(path: string): Promise<FileBytes & AsyncDisposable> {
  if (path === '-') return Object.assign(bytesInMemory(await buffer(process.stdin)), nothingToClose)
  const file = await openFile(path).catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw new InputError(`${path} cannot be read (${code}): name a file, or - for stdin`, { cause })
  })
  if ('problem' in file) throw new InputError(`${path}: ${file.problem}`)
  if (file.tooLarge !== null) throw new InputError(`${path}: ${file.tooLarge}`)
  return file
}

const nothingToClose = { [Symbol.asyncDispose]: async (): Promise<void> => {} }

/** Decodes all and saves nothing. */
async function tryFile({ path, file, mapping, settings, quiet }: Job, options: ImportOptions): Promise<void> {
  const looked = await lookThrough(file, mapping)
  if (looked.problem !== null) throw new InputError(`${path}: ${looked.problem}`)
  const receivedAt = Temporal.Now.instant().toString()
  const progress = showReading({ quiet })
  const counts = { read: 0, unreadable: 0, shown: 0, again: 0 }
  const seen = new Set<string>()
  for await (const { line, bytes, share } of looked.messages()) {
    const decoded = decodeMapped(bytes, { mapping, receivedAt, defaultTrust: settings.trust })
    if (decoded.kind === 'unreadable') counts.unreadable++
    else if (seen.has(decoded.attendance.attendanceId)) counts.again++
    else seen.add(decoded.attendance.attendanceId)
    if (
      counts.read < Number(options.rows) ||
      (decoded.kind === 'unreadable' && counts.shown < unreadableShownMax)
    ) {
      const origins = originsOfMapped(bytes, mapping)
      process.stdout.write(
        showDecoded(decoded, { title: `line ${line}`, withText: options.text === true, origins }),
      )
      if (decoded.kind === 'unreadable') counts.shown++
    }
    counts.read++
    progress.step(share)
  }
  progress.stop()
  if (counts.unreadable > counts.shown)
    process.stderr.write(`and ${counts.unreadable - counts.shown} more that are unreadable\n`)
  if (counts.again > 0) process.stderr.write(saySeveralRows(counts.again, mapping))
  process.stderr.write(
    `${counts.read} attendances, ${counts.unreadable} unreadable. Nothing was saved: leave out --dry-run to import.\n`,
  )
  if (counts.unreadable > 0) process.exitCode = 1
}

/** Else the last row would stand for all of them, and the words of the others be those of an earlier version. */
function saySeveralRows(again: number, { format }: Mapping): string {
  const advice = format === 'csv' ? '. If each row is a note, say "rows: note" in the mapping' : ''
  return `${again} ${again === 1 ? 'row is' : 'rows are'} of an attendance that has one already: the latest stands for it${advice}.\n`
}

async function importFile({ path, file, mapping, settings, quiet }: Job): Promise<void> {
  // Log lines go to stderr: stdout is for what came of the file.
  const destination = { write: (line: string) => void process.stderr.write(line) }
  await using world = await openWorld({ settings, roles: new Set(['intake'] as const), destination })
  const progress = showReading({ quiet })
  const screened = await screenFile(file, {
    ...makeFileIntake(world, mapping),
    onProgress: ({ received, share }) => progress.step(share, received),
  })
  progress.stop()
  const counts = ledgerOutcomes.map(outcome => `${screened.counts[outcome]} ${outcome}`)
  process.stdout.write(`${screened.received} received: ${counts.join(', ')}\n`)
  for (const problem of screened.problems) process.stderr.write(`${path}, ${problem}\n`)
  const untold = screened.counts.unreadable - screened.problems.length
  if (untold > 0) process.stderr.write(`and ${untold} more: see wren deadletters list\n`)
  if (screened.counts.unreadable > 0) process.exitCode = 1
}
