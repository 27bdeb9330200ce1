import { isAlias, isMap, isNode, LineCounter, parseDocument, visit, type YAMLMap } from 'yaml'
import { positionOf } from './position.ts'
import type { RuleProblem } from './problem.ts'
import type { Place, RuleFile } from './rule-file.ts'

/** What is wrong at a place of a file, in words. */
export interface Fault {
  readonly code: string
  readonly message: string
  readonly severity?: RuleProblem['severity']
  readonly hint?: string
  readonly help?: string
}

/** A rule file being read. Faults are collected, so that all of them are shown at once. */
export interface YamlSource {
  readonly file: RuleFile
  /** The settings at the top; null when the file is not such a map, which is then reported. */
  readonly root: YAMLMap | null
  readonly problems: readonly RuleProblem[]
  report(place: Place, fault: Fault): void
  /** Where a value stands, such as ['examples', 'match', 1]; the nearest place around it that exists. */
  placeOf(path: readonly (string | number)[]): Place
}

/** A file of rules that a person reads has a few kilobytes; a larger one is something else. */
export const ruleFileBytesMax = 65_536
const syntaxFaultsMax = 10

export function openYaml(file: RuleFile): YamlSource {
  const problems: RuleProblem[] = []
  const report = (place: Place, { severity = 'error', hint, help, ...fault }: Fault): void => {
    const position = positionOf(file.text, place)
    problems.push({
      ...fault,
      severity,
      file: file.path,
      ...position,
      hint: hint ?? null,
      help: help ?? null,
    })
  }
  const unreadable = { file, root: null, problems, report, placeOf: (): Place => [0, 0] }
  const bytes = new TextEncoder().encode(file.text).length
  if (bytes > ruleFileBytesMax) {
    report([0, 0], {
      code: 'W001',
      message: `the file has ${bytes} bytes: at most ${ruleFileBytesMax} are read`,
      help: 'split the rule in two; each file holds one rule',
    })
    return unreadable
  }
  const badByte = file.text.search(/[\uFFFD\0]/)
  if (badByte >= 0) {
    report([badByte, badByte + 1], {
      code: 'W002',
      message: 'the file is not UTF-8 text',
      hint: 'these bytes are no character',
      help: 'save the file again with encoding UTF-8',
    })
    return unreadable
  }
  return readYaml({ ...unreadable, report })
}

function readYaml(source: YamlSource): YamlSource {
  const { file, report } = source
  const document = parseDocument(file.text, {
    version: '1.2',
    schema: 'core',
    prettyErrors: false,
    lineCounter: new LineCounter(),
  })
  for (const error of document.errors.slice(0, syntaxFaultsMax)) {
    if (error.code === 'DUPLICATE_KEY') {
      report(wordAt(file.text, error.pos[0]), {
        code: 'W005',
        message: 'this setting stands twice',
        help: 'each setting stands once; put both lists into one',
      })
    } else report(error.pos, { code: 'W003', message: `not readable as YAML: ${lowerFirst(error.message)}` })
  }
  if (document.errors.some(error => error.code !== 'DUPLICATE_KEY')) return source
  if (document.directives?.yaml.explicit === true) {
    report([0, 1], { code: 'W004', message: 'lines that start with `%` are not allowed here' })
  }
  visit(document, {
    Node: (_key, node) => {
      if (!isAlias(node) && node.tag === undefined && node.anchor === undefined) return
      // The mark itself stands in front of the node's own range.
      const start = node.range?.[0] ?? 0
      report(isAlias(node) ? [start, node.range?.[1] ?? start] : markBefore(file.text, start), {
        code: 'W004',
        message: 'anchors (`&`), aliases (`*`) and tags (`!`) are not allowed here',
        help: 'write the value out; put quotes around text that starts with one of these',
      })
    },
  })
  if (!isMap(document.contents)) {
    report([0, 1], {
      code: 'W003',
      message: file.text.trim() === '' ? 'the file is empty' : 'the file holds no settings',
      help: 'a file starts with the line `wren: 1`',
    })
    return source
  }
  const placeOf = (path: readonly (string | number)[]): Place => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true)
      if (isNode(node) && node.range) return [node.range[0], node.range[1]]
    }
    return [0, 0]
  }
  return { ...source, root: document.contents, placeOf }
}

function markBefore(text: string, start: number): Place {
  const before = text.slice(0, start).trimEnd()
  return [Math.max(before.search(/\S+$/), 0), before.length]
}

function wordAt(text: string, start: number): Place {
  const word = /^[\w-]+/.exec(text.slice(start))
  return [start, start + (word?.[0].length ?? 1)]
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
