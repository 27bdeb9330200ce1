import { type Command, InvalidArgumentError } from 'commander'
import { loadRules, requireRuleset } from '../../adapters/rules-folder/load-rules.ts'
import { Note } from '../../attendance/note.ts'
import { type Explanation, explain } from '../../scan/explain.ts'
import type { Mention, Scanned, Standing } from '../../scan/mention.ts'
import { makeScanner } from '../../scan/scan.ts'
import type { Span } from '../../text/span.ts'
import { hasColour, paint } from './colour.ts'
import { readLines } from './read-lines.ts'
import { reportFailure } from './report-failure.ts'

interface TryOptions {
  readonly rules: string
  readonly age?: number
  readonly json?: true
}

export function addRulesTryCommand(rules: Command): void {
  rules
    .command('try')
    .summary('say why a text is flagged, or why not')
    .description('Reads a text with every rule, drafts too, and explains each reading. Nothing is stored.')
    .argument('<text>', 'words of a note; "-" reads them from standard input')
    .option('--rules <folder>', 'the rules folder', 'rules')
    .option('--age <years>', 'age on arrival; without it every rule applies', wholeYears)
    .option('--json', 'the explanation as one JSON object')
    .addHelpText(
      'before',
      `Examples:
  wren rules try "kinfe in school bag"    why it is found
  wren rules try --age 19 - < note.txt    a note from a file, for an age
`,
    )
    .action((text: string, options: TryOptions) => reportFailure(() => tryText(text, options)))
}

async function tryText(given: string, options: TryOptions): Promise<void> {
  const text = given === '-' ? await textOfInput() : given
  const ruleset = requireRuleset(await loadRules(options.rules))
  const explanations = explain(ruleset, text)
  const scanned = makeScanner(ruleset).scan({
    ageOnArrival: options.age ?? null,
    codes: [],
    alerts: [],
    leftBeforeSeen: false,
    notes: [new Note({ section: 'try', words: text })],
  })
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify(asJson(scanned, explanations))}\n`
      : inWords({ text, scanned, explanations }),
  )
  process.stderr.write('Next: wren rules backtest --against NOTES says what the rules find on real notes\n')
}

function inWords(at: { text: string; scanned: Scanned; explanations: readonly Explanation[] }): string {
  const { text, scanned, explanations } = at
  const mentions = explanations.flatMap(each => each.mentions)
  const isFound = (span: Span) => mentions.some(each => each.start < span.end && span.start < each.end)
  const lines = [
    marked(text, mentions),
    '',
    verdictOf(scanned, explanations),
    ...explanations.flatMap(({ rule, mentions: found, nearMisses }) => {
      const misses = nearMisses.filter(miss => !isFound(miss))
      if (found.length + misses.length === 0) return []
      return [
        '',
        `${rule.id}${rule.status === 'live' ? '' : ` (${rule.status})`}: ${rule.name}`,
        ...found.map(
          mention => `  ${paint(mention.standing, colours[mention.standing])}  ${readingOf(mention)}`,
        ),
        ...misses.map(miss => `  not found  "${miss.text}" resembles \`${miss.term}\`: ${miss.because}`),
      ]
    }),
  ]
  return lines.map(line => `${line}\n`).join('')
}

function verdictOf(scanned: Scanned, explanations: readonly Explanation[]): string {
  if (scanned.outcome === 'flagged') return `Flagged, ${scanned.priority ?? ''}. ${scanned.because.join(' ')}`
  if (scanned.outcome === 'out-of-scope') return `Out of scope. ${scanned.because.join(' ')}`
  const [aside] = scanned.mentions
  if (aside !== undefined) return `Not flagged: "${aside.text}" was set aside, ${aside.because}.`
  const isElsewhere = explanations.some(({ mentions }) => mentions.length > 0)
  return isElsewhere
    ? 'Not flagged: only rules that are not live, or not for this age, find something.'
    : 'Not flagged: no rule finds anything.'
}

function readingOf({ text, term, edits, assertion, because }: Mention): string {
  const spelling = edits === 0 ? '' : `, ${edits} ${edits === 1 ? 'edit' : 'edits'} away`
  return `"${text}" is \`${term}\`${spelling}; ${assertion}: ${because}`
}

const colours = { counted: 'yellow', lowered: 'cyan', 'set-aside': 'dim' } as const satisfies Record<
  Standing,
  string
>

/** The text with its mentions marked: coloured on a terminal, in brackets elsewhere. Overlaps are marked once. */
function marked(text: string, mentions: readonly Mention[]): string {
  let shown = ''
  let at = 0
  for (const { start, end, standing } of mentions.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (start < at) continue
    const words = text.slice(start, end)
    shown += text.slice(at, start) + (hasColour() ? paint(words, colours[standing]) : `[${words}]`)
    at = end
  }
  return shown + text.slice(at)
}

function asJson(scanned: Scanned, explanations: readonly Explanation[]): object {
  return {
    ...scanned,
    rules: explanations.map(({ rule, mentions, nearMisses }) => ({
      rule: rule.id,
      status: rule.status,
      mentions,
      nearMisses,
    })),
  }
}

async function textOfInput(): Promise<string> {
  const lines: string[] = []
  for await (const { text } of readLines('-')) lines.push(text)
  return lines.join('\n')
}

function wholeYears(typed: string): number {
  if (/^\d{1,3}$/.test(typed)) return Number(typed)
  throw new InvalidArgumentError('whole years are expected, such as 15.')
}
