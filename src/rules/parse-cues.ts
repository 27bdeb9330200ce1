import type { YAMLMap } from 'yaml'
import type { Cue, CueSheet } from './cue.ts'
import { checkFormat } from './parse-rule.ts'
import type { RuleProblem } from './problem.ts'
import { allRead, readChoice, readNumber, readWords, readYes } from './read-value.ts'
import type { CueKind } from './rule.ts'
import type { RuleFile } from './rule-file.ts'
import { entriesOf, refuse, requireSettings, type Setting, settingsOf, type Value } from './settings.ts'
import { openYaml, type YamlSource } from './yaml-source.ts'

/** A folder without cues: every mention is read as affirmed, so nothing is hidden. */
export const noCues: CueSheet = { cues: [], terminators: [], pseudo: [] }

const groups = {
  absent: 'absent',
  denied: 'denied',
  historical: 'historical',
  other_person: 'other-person',
  hypothetical: 'hypothetical',
} as const satisfies Record<string, CueKind>
const allowed = ['wren', ...Object.keys(groups), 'terminators', 'pseudo']
const directions = ['forward', 'backward', 'both'] as const

/** Reads `cues.yaml`, or says everything that is wrong with it. Never throws, whatever the text. */
export function parseCues(file: RuleFile): { sheet: CueSheet | null; problems: readonly RuleProblem[] } {
  const source = openYaml(file)
  const sheet = source.root === null ? null : readSheet(source, source.root)
  const isBroken = source.problems.some(problem => problem.severity === 'error')
  return { sheet: isBroken ? null : sheet, problems: source.problems }
}

function readSheet(source: YamlSource, root: YAMLMap): CueSheet {
  const settings = settingsOf(source, root, allowed)
  requireSettings(source, { node: root, settings, names: ['wren'] })
  const format = settings.get('wren')
  if (format !== undefined) checkFormat(format)
  const cues = Object.entries(groups).flatMap(([name, kind]) => {
    const setting = settings.get(name)
    return setting === undefined ? [] : readGroup(setting, kind)
  })
  return {
    cues,
    terminators: readWords(settings.get('terminators'), { min: 0, max: 200 }) ?? [],
    pseudo: readWords(settings.get('pseudo'), { min: 0, max: 200 }) ?? [],
  }
}

function readGroup(setting: Setting, kind: CueKind): readonly Cue[] {
  const entries = entriesOf(setting) ?? []
  if (entries.length > 200) refuse(setting, { code: 'W019', message: 'at most 200 cues of a kind' })
  return allRead(entries.map(entry => readCue(entry, kind))) ?? []
}

function readCue(entry: Value, kind: CueKind): Cue | null {
  const { source, node } = entry
  const settings = settingsOf(source, node, ['say', 'direction', 'reach', 'until', 'alone'])
  if (!requireSettings(source, { node, settings, names: ['say', 'direction'] })) return null
  const read = <Read>(name: string, reader: (setting: Setting) => Read | null): Read | null | undefined => {
    const setting = settings.get(name)
    return setting === undefined ? undefined : reader(setting)
  }
  const say = read('say', setting => readWords(setting, { min: 1, max: 100 }))
  const direction = read('direction', setting => readChoice(setting, directions))
  const reach = read('reach', setting => readNumber(setting, { min: 1, max: 12 }))
  const until = readWords(settings.get('until'), { min: 0, max: 50 })
  const alone = read('alone', readYes)
  if (!say || !direction || reach === null || until === null || alone === null) return null
  return { kind, say, direction, reach: reach ?? 6, until, alone: alone ?? false }
}
