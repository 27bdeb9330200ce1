import type { YAMLMap } from 'yaml'
import type { Cue, CueSheet } from './cue.ts'
import { checkFormat } from './parse-rule.ts'
import type { RuleProblem } from './problem.ts'
import { allRead, readChoice, readNumber, readYes } from './read-value.ts'
import type { CueKind } from './rule.ts'
import type { RuleFile } from './rule-file.ts'
import { entriesOf, refuse, requireSettings, type Setting, settingsOf, type Value } from './settings.ts'
import { listsNamedIn, readListedWords, type WordLists } from './word-lists.ts'
import { openYaml, type YamlSource } from './yaml-source.ts'

/** A folder without cues: every mention is read as affirmed, so nothing is hidden. */
export const noCues: CueSheet = { cues: [], terminators: [], said: [], pseudo: [] }

const groups = {
  absent: 'absent',
  denied: 'denied',
  historical: 'historical',
  other_person: 'other-person',
  hypothetical: 'hypothetical',
} as const satisfies Record<string, CueKind>
const allowed = ['wren', ...Object.keys(groups), 'terminators', 'said', 'pseudo']
const directions = ['forward', 'backward', 'both'] as const

/** Reads `cues.yaml`, or says everything that is wrong with it. Never throws, whatever the text. */
export function parseCues(file: RuleFile, lists: WordLists | null): ParsedCues {
  const source = openYaml(file)
  const { root } = source
  const sheet = root === null ? null : readSheet(source, root, lists)
  const isBroken = source.problems.some(problem => problem.severity === 'error')
  return {
    sheet: isBroken ? null : sheet,
    problems: source.problems,
    namedLists: root === null ? [] : listsNamedIn(root),
  }
}

export interface ParsedCues {
  readonly sheet: CueSheet | null
  readonly problems: readonly RuleProblem[]
  /** Names of the word lists that the sheet uses. */
  readonly namedLists: readonly string[]
}

function readSheet(source: YamlSource, root: YAMLMap, lists: WordLists | null): CueSheet {
  const settings = settingsOf(source, root, allowed)
  requireSettings(source, { node: root, settings, names: ['wren'] })
  const format = settings.get('wren')
  if (format !== undefined) checkFormat(format)
  const cues = Object.entries(groups).flatMap(([name, kind]) => {
    const setting = settings.get(name)
    return setting === undefined ? [] : readGroup(setting, kind, lists)
  })
  return {
    cues,
    terminators: readListedWords(settings.get('terminators'), lists) ?? [],
    said: readListedWords(settings.get('said'), lists) ?? [],
    pseudo: readListedWords(settings.get('pseudo'), lists) ?? [],
  }
}

function readGroup(setting: Setting, kind: CueKind, lists: WordLists | null): readonly Cue[] {
  const entries = entriesOf(setting) ?? []
  if (entries.length > 200) refuse(setting, { code: 'W019', message: 'at most 200 cues of a kind' })
  return allRead(entries.map(entry => readCue(entry, kind, lists))) ?? []
}

function readCue(entry: Value, kind: CueKind, lists: WordLists | null): Cue | null {
  const { source, node } = entry
  const settings = settingsOf(source, node, ['subject', 'say', 'direction', 'reach', 'until', 'alone'])
  if (!requireSettings(source, { node, settings, names: ['say', 'direction'] })) return null
  const read = <Read>(name: string, reader: (setting: Setting) => Read | null): Read | null | undefined => {
    const setting = settings.get(name)
    return setting === undefined ? undefined : reader(setting)
  }
  const say = read('say', setting => readSome(setting, lists))
  const subject = read('subject', setting => readSome(setting, lists))
  const direction = read('direction', setting => readChoice(setting, directions))
  const reach = read('reach', setting => readNumber(setting, { min: 1, max: 12 }))
  const until = readListedWords(settings.get('until'), lists)
  const alone = read('alone', readYes)
  if (!say || !direction || subject === null || reach === null || until === null || alone === null)
    return null
  const texts = subject === undefined ? say : subject.flatMap(who => say.map(does => `${who} ${does}`))
  return { kind, say: texts, direction, reach: reach ?? 6, until, alone: alone ?? false }
}

function readSome(setting: Setting, lists: WordLists | null): readonly string[] | null {
  const words = readListedWords(setting, lists)
  if (words?.length !== 0) return words
  return refuse(setting, { code: 'W019', message: `\`${setting.name}\` needs 1 entry or more: here are 0` })
}
