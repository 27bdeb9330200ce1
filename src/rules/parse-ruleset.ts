import { noCues, parseCues } from './parse-cues.ts'
import { type ParsedRule, parseRule, type RuleParseOptions } from './parse-rule.ts'
import { noWordLists, parseWordLists } from './parse-word-lists.ts'
import type { RuleProblem } from './problem.ts'
import { nameOf, type RuleFile } from './rule-file.ts'
import { makeRuleset, type Ruleset } from './ruleset.ts'

export interface ParsedRuleset {
  /** Null where any file has an error: half a ruleset would miss children without a word. */
  readonly ruleset: Ruleset | null
  /** All of all files, in the order of files and lines. */
  readonly problems: readonly RuleProblem[]
  /** Every rule file, readable or not, for whoever wants to point at a place in it. */
  readonly rules: readonly ParsedRule[]
}

/**
 * Reads the files of a rules folder: *.yaml, cues.yaml, word-lists.yaml and known-words.txt. Never throws, whatever
 * they hold. Rules come out with the words of their lists, so that the version follows the words.
 */
export function parseRuleset(files: readonly RuleFile[], options: RuleParseOptions = {}): ParsedRuleset {
  const named = (name: string) => files.find(file => nameOf(file.path) === name)
  const cuesFile = named('cues.yaml')
  const listsFile = named('word-lists.yaml')
  const wordsFile = named('known-words.txt')
  const wordLists = listsFile === undefined ? noWordLists : parseWordLists(listsFile)
  const rules = files
    .filter(file => file !== cuesFile && file !== listsFile && nameOf(file.path).endsWith('.yaml'))
    .map(file => parseRule(file, { ...options, lists: wordLists.lists }))
  const cues =
    cuesFile === undefined
      ? { sheet: noCues, problems: [], namedLists: [] }
      : parseCues(cuesFile, wordLists.lists)
  const words = wordsFile === undefined ? { words: [], problems: [] } : parseKnownWords(wordsFile)
  const faults = [
    ...rules.flatMap(rule => rule.problems),
    ...cues.problems,
    ...wordLists.problems,
    ...words.problems,
    ...faultsOfFolder({ files, rules, hasCues: cuesFile !== undefined }),
  ]
  const readable = rules.flatMap(({ rule }) => (rule === null ? [] : [rule]))
  const isBroken = cues.sheet === null || faults.some(fault => fault.severity === 'error')
  // A broken rule may hide which lists it uses.
  const unused = isBroken
    ? []
    : wordLists.unused(new Set([...rules.flatMap(({ namedLists }) => namedLists), ...cues.namedLists]))
  const problems = [...faults, ...unused].toSorted(
    (a, b) => a.file.localeCompare(b.file, 'en') || a.line - b.line || a.column - b.column,
  )
  const ruleset = isBroken
    ? null
    : makeRuleset({ rules: readable, cues: cues.sheet ?? noCues, knownWords: words.words })
  return { ruleset, problems, rules }
}

/** One word a line; `#` starts a comment. */
function parseKnownWords({ path, text }: RuleFile): { words: string[]; problems: RuleProblem[] } {
  const words: string[] = []
  const problems: RuleProblem[] = []
  for (const [index, line] of text.split('\n').entries()) {
    const word = line.replace(/#.*/, '').trim()
    if (word === '') continue
    if (/^\S*\p{L}\S*$/u.test(word)) words.push(word.toLowerCase())
    else {
      problems.push({
        code: 'W027',
        severity: 'error',
        file: path,
        line: index + 1,
        column: 1,
        width: line.length || 1,
        message: 'a line holds one known word',
        hint: null,
        help: 'write each word on a line of its own; comments start with #',
      })
    }
  }
  return { words, problems }
}

function faultsOfFolder(folder: {
  files: readonly RuleFile[]
  rules: readonly ParsedRule[]
  hasCues: boolean
}): RuleProblem[] {
  const at = (
    file: string,
    problem: Pick<RuleProblem, 'code' | 'severity' | 'message' | 'help'>,
  ): RuleProblem => ({
    ...problem,
    file,
    line: 1,
    column: 1,
    width: 1,
    hint: null,
  })
  const place = folder.files[0]?.path.replace(/[^/\\]*$/, '') ?? ''
  const misnamed = folder.files
    .filter(file => /\.(yml|ya?ml\.txt|YA?ML)$/.test(nameOf(file.path)))
    .map(file =>
      at(file.path, {
        code: 'W007',
        severity: 'error',
        message: 'this file would not be read as a rule',
        help: 'rename it so that it ends in .yaml, or take it out of the folder',
      }),
    )
  const none =
    folder.rules.length > 0
      ? []
      : [
          at(place, {
            code: 'W008',
            severity: 'error',
            message: 'the rules folder holds no rule: no note could be flagged',
            help: 'name the right folder with --rules DIR',
          }),
        ]
  const cueless = folder.hasCues
    ? []
    : [
        at(place, {
          code: 'W009',
          severity: 'warning',
          message: 'the rules folder holds no cues.yaml',
          help: 'without cues every mention counts, also "no knife seen"',
        }),
      ]
  return [...misnamed, ...none, ...cueless]
}
