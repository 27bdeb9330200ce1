import { isMap, isScalar, isSeq, type Node } from 'yaml'
import { nearestWord } from '../text/nearest-word.ts'
import type { Place } from './rule-file.ts'
import type { Fault, YamlSource } from './yaml-source.ts'

/** One setting of a file: its name, its value, and where both stand. */
export interface Setting {
  readonly source: YamlSource
  readonly name: string
  readonly place: Place
  readonly node: Node
  readonly nodePlace: Place
}

/** A list's entry, or a lone value: whatever a reader reads. */
export type Value = Pick<Setting, 'source' | 'name' | 'node' | 'nodePlace'>

export type Settings = ReadonlyMap<string, Setting>

/** The settings of a map; the unknown ones are reported with what was probably meant. */
export function settingsOf(source: YamlSource, node: Node, allowed: readonly string[]): Settings {
  const settings = new Map<string, Setting>()
  if (!isMap(node)) {
    source.report(placeOfNode(node), {
      code: 'W015',
      message: 'settings are expected here, such as `name: value`',
      help: `allowed here: ${allowed.join(', ')}`,
    })
    return settings
  }
  for (const { key, value } of node.items) {
    if (!isNodeLike(key)) continue
    const place = placeOfNode(key)
    const name = isScalar(key) && typeof key.value === 'string' ? key.value : null
    if (name === null || !allowed.includes(name)) {
      source.report(place, unknownSetting(name ?? source.file.text.slice(...place), allowed))
    } else if (!settings.has(name)) {
      const valueNode = isNodeLike(value) ? value : key
      const nodePlace = isNodeLike(value) ? placeOfNode(value) : place
      settings.set(name, { source, name, place, node: valueNode, nodePlace })
    }
  }
  return settings
}

function unknownSetting(name: string, allowed: readonly string[]): Fault {
  const meant = nearestWord(name, allowed)
  return {
    code: 'W012',
    message: `unknown setting \`${name}\``,
    ...(meant === null ? {} : { hint: `did you mean \`${meant}\`?` }),
    help: `allowed here: ${allowed.join(', ')}`,
  }
}

/** Reports a fault under a value. Reading goes on: null stands for what could not be read. */
export function refuse(value: Value, fault: Fault): null {
  value.source.report(value.nodePlace, fault)
  return null
}

/** Reports each required setting that is not there, at the first line of the map around it. */
export function requireSettings(
  source: YamlSource,
  { node, settings, names }: { node: Node; settings: Settings; names: readonly string[] },
): boolean {
  const missing = names.filter(name => !settings.has(name))
  for (const name of missing) {
    const [start] = placeOfNode(node)
    source.report([start, endOfWord(source.file.text, start)], {
      code: 'W010',
      message: `missing setting \`${name}\``,
    })
  }
  return missing.length === 0
}

/** A list's entries as values of their own. One value alone is not taken for a list of one. */
export function entriesOf(setting: Value): readonly Value[] | null {
  if (!isSeq(setting.node)) {
    return refuse(setting, {
      code: 'W015',
      message: `\`${setting.name}\` must be a list`,
      help: `write ${setting.name}: [first, second] or one entry a line, each after "- "`,
    })
  }
  return setting.node.items
    .filter(isNodeLike)
    .map(node => ({ source: setting.source, name: setting.name, node, nodePlace: placeOfNode(node) }))
}

function isNodeLike(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value
}

export function placeOfNode(node: Node): Place {
  return [node.range?.[0] ?? 0, node.range?.[1] ?? 0]
}

function endOfWord(text: string, start: number): number {
  return start + (/^[\w-]*/.exec(text.slice(start))?.[0].length ?? 0)
}
