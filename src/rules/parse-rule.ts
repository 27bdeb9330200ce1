import { isScalar, type YAMLMap } from 'yaml'
import { parseCodes } from './parse-codes.ts'
import { parseIgnore } from './parse-ignore.ts'
import { parseMatchEntry } from './parse-match.ts'
import type { RuleProblem } from './problem.ts'
import { allRead, readChoice, readNumber, readText } from './read-value.ts'
import {
  type CueKind,
  priorities,
  type Rule,
  ruleStatuses,
  type Treatment,
  themes,
  treatments,
} from './rule.ts'
import { nameOf, type Place, type RuleFile } from './rule-file.ts'
import { entriesOf, refuse, requireSettings, type Setting, type Settings, settingsOf } from './settings.ts'
import { listsNamedIn, pathAsWritten, type WordLists } from './word-lists.ts'
import { openYaml, type YamlSource } from './yaml-source.ts'

export interface ParsedRule {
  readonly file: RuleFile
  /** Null where any problem is an error. */
  readonly rule: Rule | null
  readonly problems: readonly RuleProblem[]
  /** The word lists that it names. */
  readonly namedLists: readonly string[]
  /** Where a value stands in the file, such as ['examples', 'match', 1]. */
  placeOf(path: readonly (string | number)[]): Place
}

export interface RuleParseOptions {
  /** The pathways of the site's configuration; where they are not known any name is taken. */
  readonly pathways?: readonly string[]
}

interface RuleContext extends RuleParseOptions {
  /** Null where their file is broken. */
  readonly lists?: WordLists | null
}

const whenSettings = {
  when_absent: 'absent',
  when_denied: 'denied',
  when_historical: 'historical',
  when_other_person: 'other-person',
  when_hypothetical: 'hypothetical',
} as const satisfies Record<string, CueKind>

const required = ['wren', 'id', 'name', 'why', 'theme', 'priority', 'match', 'examples'] as const
const allowed = [
  'wren',
  'id',
  'name',
  'why',
  'status',
  'theme',
  'priority',
  'ages',
  'pathway',
  'match',
  'codes',
  'ignore',
  ...Object.keys(whenSettings),
  'examples',
]

/** Reads one rule file, or says everything that is wrong with it. Never throws, whatever the text. */
export function parseRule(file: RuleFile, { pathways, lists = new Map() }: RuleContext = {}): ParsedRule {
  const source = openYaml(file)
  const { root, problems } = source
  const rule = root === null ? null : readRule({ source, root, pathways, lists })
  const isBroken = problems.some(problem => problem.severity === 'error')
  return {
    file,
    rule: isBroken ? null : rule,
    problems,
    namedLists: root === null ? [] : listsNamedIn(root),
    placeOf: path => source.placeOf(root === null ? path : pathAsWritten({ path, root, lists })),
  }
}

function readRule(file: {
  readonly source: YamlSource
  readonly root: YAMLMap
  readonly pathways: readonly string[] | undefined
  readonly lists: WordLists | null
}): Rule | null {
  const { source, root, pathways, lists } = file
  const settings = settingsOf(source, root, allowed)
  requireSettings(source, { node: root, settings, names: required })
  const read = <Read>(name: string, reader: (setting: Setting) => Read | null): Read | null => {
    const setting = settings.get(name)
    return setting === undefined ? null : reader(setting)
  }
  read('wren', checkFormat)
  const id = read('id', setting => readId(setting, nameOf(source.file.path)))
  const name = read('name', setting => readText(setting, { min: 3, max: 60 }))
  const why = read('why', setting => readText(setting, { min: 20, max: 300, code: 'W011' }))
  const status = read('status', setting => readChoice(setting, ruleStatuses))
  const theme = read('theme', setting => readChoice(setting, themes))
  const priority = read('priority', setting => readChoice(setting, priorities))
  const ages = read('ages', readAges)
  const pathway = read('pathway', setting =>
    pathways === undefined ? readText(setting, { min: 1, max: 60 }) : readChoice(setting, pathways),
  )
  const match = read('match', readMatch)
  const codes = read('codes', parseCodes)
  const ignore = read('ignore', setting => readIgnores(setting, lists))
  const when = readWhen(settings)
  const examples = read('examples', readExamples)
  if (id === null || name === null || why === null || theme === null || priority === null) return null
  if (match === null || examples === null) return null
  return {
    id,
    name,
    why,
    status: status ?? 'draft',
    theme,
    priority,
    ages: ages ?? { from: 0, to: 17 },
    pathway,
    match,
    codes: codes ?? { icd10: [], snomed: [] },
    ignore: ignore ?? [],
    when,
    examples,
  }
}

/** `wren: 1` names the format, so that a later one can never be misread as this one. */
export function checkFormat(setting: Setting): null {
  if (isScalar(setting.node) && setting.node.value === 1) return null
  return refuse(setting, { code: 'W006', message: '`wren` must be 1: the only format this version reads' })
}

function readId(setting: Setting, fileName: string): string | null {
  const id = readText(setting, { min: 3, max: 60, code: 'W014' })
  if (id === null) return null
  if (!/^[a-z0-9-]+$/.test(id)) {
    return refuse(setting, { code: 'W014', message: '`id` may hold only a to z, 0 to 9 and hyphens' })
  }
  if (`${id}.yaml` === fileName) return id
  return refuse(setting, {
    code: 'W014',
    message: '`id` must equal the file name',
    hint: `the file is called ${fileName}`,
    help: 'an id is never used again for another rule: reviews and figures refer to it',
  })
}

function readAges(setting: Setting): Rule['ages'] | null {
  const settings = settingsOf(setting.source, setting.node, ['from', 'to'])
  const [from, to] = ['from', 'to'].map(name => {
    const each = settings.get(name)
    return each === undefined ? undefined : readNumber(each, { min: 0, max: 120 })
  })
  if (from === null || to === null) return null
  const ages = { from: from ?? 0, to: to ?? 17 }
  if (ages.from <= ages.to) return ages
  return refuse(setting, { code: 'W018', message: `\`from\` is above \`to\`: ${ages.from} to ${ages.to}` })
}

function readMatch(setting: Setting): Rule['match'] | null {
  const entries = entriesOf(setting)
  if (entries === null) return null
  if (entries.length === 0) {
    return refuse(setting, { code: 'W021', message: '`match` is empty: the rule would find nothing' })
  }
  if (entries.length > 100) {
    return refuse(setting, { code: 'W019', message: `\`match\` has ${entries.length} entries: at most 100` })
  }
  return allRead(entries.map(parseMatchEntry))
}

function readIgnores(setting: Setting, lists: WordLists | null): Rule['ignore'] | null {
  const entries = entriesOf(setting)
  if (entries === null) return null
  if (entries.length > 50) {
    return refuse(setting, { code: 'W019', message: `\`ignore\` has ${entries.length} entries: at most 50` })
  }
  return allRead(entries.map(entry => parseIgnore(entry, lists)))
}

function readWhen(settings: Settings): Rule['when'] {
  const when: Record<CueKind, Treatment> = {
    absent: 'set-aside',
    denied: 'lower',
    historical: 'lower',
    'other-person': 'lower',
    hypothetical: 'lower',
  }
  for (const [name, kind] of Object.entries(whenSettings)) {
    const setting = settings.get(name)
    const treatment = setting === undefined ? null : readChoice(setting, treatments)
    if (treatment !== null) when[kind] = treatment
  }
  return when
}

function readExamples(setting: Setting): Rule['examples'] | null {
  const names = ['match', 'no_match']
  const settings = settingsOf(setting.source, setting.node, [...names, 'lowered'])
  if (!requireSettings(setting.source, { node: setting.node, settings, names })) return null
  const textsOf = (name: string, min: number) => {
    const entries = settings.get(name)
    return entries === undefined ? [] : readExampleTexts(entries, min)
  }
  const [match, lowered, noMatch] = [textsOf('match', 2), textsOf('lowered', 1), textsOf('no_match', 2)]
  return match && lowered && noMatch ? { match, lowered, noMatch } : null
}

function readExampleTexts(setting: Setting, min: number): readonly string[] | null {
  const entries = entriesOf(setting)
  if (entries === null) return null
  const texts = entries.map(entry => readText(entry, { min: 1, max: 1_000 }))
  if (entries.length < min || entries.length > 50) {
    return refuse(setting, {
      code: 'W019',
      message: `\`${setting.name}\` needs ${min} to 50 examples: here are ${entries.length}`,
    })
  }
  return allRead(texts)
}
