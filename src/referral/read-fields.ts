import { checkFormat } from '../rules/parse-rule.ts'
import type { RuleProblem } from '../rules/problem.ts'
import { allRead } from '../rules/read-value.ts'
import type { RuleFile } from '../rules/rule-file.ts'
import {
  entriesOf,
  refuse,
  requireSettings,
  type Setting,
  type Settings,
  settingsOf,
  type Value,
} from '../rules/settings.ts'
import { openYaml } from '../rules/yaml-source.ts'

/** What a file of the partnership folder holds; null where any problem is an error. */
export interface Parsed<Content> {
  readonly content: Content | null
  readonly problems: readonly RuleProblem[]
}

/** The settings of one map, read by name. */
export interface Fields {
  /** Null where the setting is absent or could not be read. */
  read<Read>(name: string, reader: (setting: Setting) => Read | null): Read | null
  has(name: string): boolean
}

export interface Names {
  readonly required: readonly string[]
  readonly optional?: readonly string[]
}

/**
 * Reads a file that begins with `wren: 1`, in the way rule files are read: every problem with its file, line and
 * column, and what was probably meant. Never throws, whatever the text.
 */
export function parseFile<Content>(
  file: RuleFile,
  names: Names,
  reader: (fields: Fields) => Content | null,
): Parsed<Content> {
  const source = openYaml(file)
  const { root, problems } = source
  if (root === null) return { content: null, problems }
  const all = { ...names, required: ['wren', ...names.required] }
  const value = { source, name: 'file', node: root, nodePlace: [0, 0] } as const
  const fields = fieldsOf(value, all)
  fields.read('wren', checkFormat)
  const content = reader(fields)
  return { content: problems.some(({ severity }) => severity === 'error') ? null : content, problems }
}

export function fieldsOf(value: Value, { required, optional = [] }: Names): Fields {
  const { source, node } = value
  const settings: Settings = settingsOf(source, node, [...required, ...optional])
  requireSettings(source, { node, settings, names: required })
  return {
    read: (name, reader) => {
      const setting = settings.get(name)
      return setting === undefined ? null : reader(setting)
    },
    has: name => settings.has(name),
  }
}

/** A list, each entry read; null where one could not be, or where there are too few or too many. */
export function readEntries<Read>(
  setting: Value,
  { min, max }: { readonly min: number; readonly max: number },
  reader: (entry: Value) => Read | null,
): readonly Read[] | null {
  const entries = entriesOf(setting)
  if (entries === null) return null
  if (entries.length < min || entries.length > max) {
    return refuse(setting, {
      code: 'W019',
      message: `\`${setting.name}\` needs ${min} to ${max} entries: here are ${entries.length}`,
    })
  }
  return allRead(entries.map(reader))
}

/** Reports each entry whose name stands twice. */
export function refuseRepeats(setting: Value, entries: readonly string[]): void {
  const repeated = entries.find((name, index) => entries.indexOf(name) !== index)
  if (repeated === undefined) return
  refuse(setting, { code: 'W019', message: `\`${repeated}\` stands twice in \`${setting.name}\`` })
}
