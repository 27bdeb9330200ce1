import type { Command } from 'commander'
import { loadRules, requireRuleset } from '../../adapters/rules-folder/load-rules.ts'
import { decodeJson } from '../../attendance/decode-json.ts'
import { type Priority, priorities } from '../../rules/rule.ts'
import type { Mention, Scanned } from '../../scan/mention.ts'
import { makeScanner } from '../../scan/scan.ts'
import type { Scannable } from '../../scan/scanner.ts'
import { readLines } from './read-lines.ts'
import { reportFailure } from './report-failure.ts'
import { readSimpleLine } from './simple-lines.ts'

/** One line of the answer; docs/command-line.md describes it. */
interface ResultLine {
  readonly id: string | null
  readonly outcome: Scanned['outcome'] | 'unreadable'
  readonly priority: Priority | null
  readonly mentions: readonly Omit<Mention, 'ruleName' | 'trial'>[]
  readonly problem?: string
}

type ReadLine =
  | { readonly kind: 'note'; readonly id: string; readonly scannable: Scannable }
  | { readonly kind: 'unreadable'; readonly id: string | null; readonly problem: string }

interface ScanOptions {
  readonly notes?: string
  readonly json?: true
  readonly rules: string
  readonly failOn?: string
}

export function addScanCommand(program: Command): void {
  program
    .command('scan')
    .summary('scan notes from a file or standard input')
    .description(
      'Scans attendances, one JSON object a line, and prints what a nurse would be shown. "-" is standard input.',
    )
    .argument('[file]', 'attendances as Wren JSON, one a line')
    .option(
      '--notes <file>',
      'simple lines instead: {"id":"h1","ageYears":15,"sections":[{"section":"triage","text":"…"}]}',
    )
    .option('--json', 'one JSON object a line, in input order')
    .option('--rules <folder>', 'the rules folder', 'rules')
    .option(
      '--fail-on <priority>',
      'exit 1 when an attendance is flagged at this priority or above: high, medium or low',
    )
    .action(async (file: string | undefined, options: ScanOptions, command: Command) => {
      const usage = usageProblem(file, options)
      if (usage !== null) return command.error(`error: ${usage}`, { exitCode: 2 })
      await reportFailure(() => scanFile({ path: options.notes ?? file ?? '-', options }))
    })
}

function usageProblem(file: string | undefined, { notes, failOn }: ScanOptions): string | null {
  if ((file === undefined) === (notes === undefined))
    return 'name one file: either FILE, or --notes FILE ("-" is standard input)'
  if (failOn !== undefined && !priorities.some(priority => priority === failOn))
    return '--fail-on takes high, medium or low'
  return null
}

async function scanFile({ path, options }: { path: string; options: ScanOptions }): Promise<void> {
  const scanner = makeScanner(requireRuleset(await loadRules(options.rules)))
  const read = options.notes === undefined ? readAttendance : readSimple
  const counts = { outcomes: new Map<string, number>(), rules: new Map<string, number>() }
  const failing = atOrAbove(options.failOn)
  let hasFinding = false
  for await (const { text, number } of readLines(path)) {
    const result = resultOf(read(text, number), scannable => scanner.scan(scannable))
    countLine(counts, result)
    hasFinding ||= result.outcome === 'unreadable' || failing.some(priority => priority === result.priority)
    await write(options.json === true ? JSON.stringify(result) : inWords(result))
  }
  process.stderr.write(summary(counts))
  if (hasFinding) process.exitCode = 1
}

/** The priorities that count as a finding, from the highest down to the one named. */
function atOrAbove(named: string | undefined): readonly Priority[] {
  const lowest = priorities.find(priority => priority === named)
  return lowest === undefined ? [] : priorities.slice(0, priorities.indexOf(lowest) + 1)
}

function resultOf(read: ReadLine, scan: (scannable: Scannable) => Scanned): ResultLine {
  if (read.kind === 'unreadable') {
    return { id: read.id, outcome: 'unreadable', priority: null, mentions: [], problem: read.problem }
  }
  const { outcome, priority, mentions } = scan(read.scannable)
  return { id: read.id, outcome, priority, mentions: mentions.map(shownMention) }
}

/** The mention with the contract's keys, in the contract's order. */
function shownMention(mention: Mention): Omit<Mention, 'ruleName' | 'trial'> {
  const { rule, theme, term, section, start, end, text, edits, assertion, standing, because } = mention
  return { rule, theme, term, section, start, end, text, edits, assertion, standing, because }
}

function readAttendance(line: string, lineNumber: number): ReadLine {
  const receivedAt = Temporal.Now.instant().toString()
  const decoded = decodeJson(new TextEncoder().encode(line), { defaultTrust: '', receivedAt })
  if (decoded.kind === 'unreadable') {
    return { kind: 'unreadable', id: null, problem: `line ${lineNumber}: ${decoded.problem}` }
  }
  return { kind: 'note', id: decoded.attendance.attendanceId, scannable: decoded.attendance }
}

function readSimple(line: string, lineNumber: number): ReadLine {
  const read = readSimpleLine(line)
  if (read.kind === 'unreadable') return { ...read, problem: `line ${lineNumber}: ${read.problem}` }
  return { kind: 'note', id: read.line.id, scannable: read.line.scannable }
}

function inWords({ id, outcome, priority, mentions, problem }: ResultLine): string {
  const head = `${id ?? '(no id)'}: ${outcome}${priority === null ? '' : `, ${priority}`}${problem === undefined ? '' : `: ${problem}`}`
  return [
    head,
    ...mentions.map(each => `  ${each.text} [${each.rule}] ${each.standing}: ${each.because}`),
  ].join('\n')
}

interface Counts {
  readonly outcomes: Map<string, number>
  readonly rules: Map<string, number>
}

function countLine({ outcomes, rules }: Counts, { outcome, mentions }: ResultLine): void {
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
  for (const { rule } of mentions) rules.set(rule, (rules.get(rule) ?? 0) + 1)
}

function summary({ outcomes, rules }: Counts): string {
  const rows = (counts: Map<string, number>): string =>
    [...counts]
      .sort(([, a], [, b]) => b - a)
      .map(([name, count]) => `  ${String(count).padStart(8)}  ${name}\n`)
      .join('')
  const mentioned = rules.size === 0 ? '' : `mentions by rule:\n${rows(rules)}`
  return outcomes.size === 0
    ? 'no attendances: the input is empty\n'
    : `attendances:\n${rows(outcomes)}${mentioned}`
}

/** Waits when the reader is slower than the scan, so that memory stays flat. */
async function write(text: string): Promise<void> {
  if (!process.stdout.write(`${text}\n`)) await new Promise(resolve => process.stdout.once('drain', resolve))
}
