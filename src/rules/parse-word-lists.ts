import { isMap, isScalar, type YAMLMap } from 'yaml'
import { checkFormat } from './parse-rule.ts'
import { positionOf } from './position.ts'
import type { RuleProblem } from './problem.ts'
import { readText, readWords } from './read-value.ts'
import type { RuleFile } from './rule-file.ts'
import { requireSettings, type Setting, type Settings, settingsOf } from './settings.ts'
import type { WordLists } from './word-lists.ts'
import { openYaml, type YamlSource } from './yaml-source.ts'

export interface ParsedWordLists {
  /** Null where the file has an error. */
  readonly lists: WordLists | null
  readonly problems: readonly RuleProblem[]
  /** A warning for each list but those named. */
  unused(named: ReadonlySet<string>): readonly RuleProblem[]
}

/** A folder without `word-lists.yaml`. */
export const noWordLists: ParsedWordLists = { lists: new Map(), problems: [], unused: () => [] }

/**
 * Words that several rules share, each list with the reason why they stand together:
 *
 *     wren: 1
 *     lists:
 *       company:
 *         why: Somebody else was there, so it was perhaps no accident.
 *         words: [brother, sister, friend]
 *
 * Never throws, whatever the text.
 */
export function parseWordLists(file: RuleFile): ParsedWordLists {
  const source = openYaml(file)
  const settings = source.root === null ? null : readSettings(source, source.root)
  const lists = [...(settings ?? [])].map(([name, setting]) => [name, readWordList(setting)] as const)
  const isBroken = source.problems.some(problem => problem.severity === 'error')
  return {
    lists: isBroken ? null : new Map(lists.map(([name, words]) => [name, words ?? []])),
    problems: source.problems,
    unused: named =>
      [...(settings ?? [])].flatMap(([name, { place }]) =>
        named.has(name) ? [] : [unusedAt(name, { file: file.path, ...positionOf(file.text, place) })],
      ),
  }
}

function readSettings(source: YamlSource, root: YAMLMap): Settings | null {
  const settings = settingsOf(source, root, ['wren', 'lists'])
  requireSettings(source, { node: root, settings, names: ['wren', 'lists'] })
  const format = settings.get('wren')
  if (format !== undefined) checkFormat(format)
  const lists = settings.get('lists')
  if (lists === undefined) return null
  const keys = isMap(lists.node) ? lists.node.items.map(({ key }) => key) : []
  const names = keys.flatMap(key => (isScalar(key) && typeof key.value === 'string' ? [key.value] : []))
  return settingsOf(source, lists.node, names)
}

function readWordList({ source, node }: Setting): readonly string[] | null {
  const settings = settingsOf(source, node, ['why', 'words'])
  requireSettings(source, { node, settings, names: ['why', 'words'] })
  const why = settings.get('why')
  if (why !== undefined) readText(why, { min: 20, max: 300, code: 'W011' })
  const words = settings.get('words')
  return words === undefined ? null : readWords(words, { min: 1, max: 500 })
}

function unusedAt(name: string, place: Pick<RuleProblem, 'file' | 'line' | 'column' | 'width'>): RuleProblem {
  return {
    code: 'W029',
    severity: 'warning',
    ...place,
    message: `no rule uses the word list \`${name}\``,
    hint: null,
    help: `name it in an \`ignore\`, as {list: ${name}}, or take it out`,
  }
}
