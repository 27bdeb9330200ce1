import { isAlias, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import type { z } from 'zod'
import { nearestWord } from '../../text/nearest-word.ts'
import { type Mapping, mappingSchema } from './mapping.ts'

/** A fault in a mapping file, in words for the person who wrote it; shaped as the faults of rule files are. */
export interface MappingProblem {
  readonly code: 'M001' | 'M002' | 'M003' | 'M004'
  readonly severity: 'error'
  readonly file: string
  /** Both from 1. */
  readonly line: number
  readonly column: number
  readonly width: number
  readonly message: string
  readonly hint: string | null
  readonly help: string | null
}

const mappingLengthMax = 65_536
const manual = 'docs/feeds.md has an example of every setting'

/** Reads a mapping file, or says everything that is wrong with it. */
export function readMapping(file: {
  readonly path: string
  readonly text: string
}): { readonly mapping: Mapping } | { readonly problems: readonly MappingProblem[] } {
  const lineCounter = new LineCounter()
  const at = (
    offset: number,
    problem: Pick<MappingProblem, 'code' | 'message'> & { hint?: string; width?: number },
  ) => {
    const { line, col } = lineCounter.linePos(offset)
    const place = { file: file.path, line: Math.max(line, 1), column: Math.max(col, 1), width: 1 }
    return { severity: 'error', ...place, hint: null, help: manual, ...problem } as const
  }
  if (file.text.length > mappingLengthMax) {
    return {
      problems: [at(0, { code: 'M001', message: `the file is longer than ${mappingLengthMax} characters` })],
    }
  }
  const document = parseDocument(file.text, {
    version: '1.2',
    schema: 'core',
    prettyErrors: false,
    lineCounter,
  })
  if (document.errors.length > 0) {
    return {
      problems: document.errors
        .slice(0, 10)
        .map(error => at(error.pos[0], { code: 'M001', message: `not readable as YAML: ${error.message}` })),
    }
  }
  const aliases: MappingProblem[] = []
  visit(document, {
    Node: (_key, node) => {
      if (!isAlias(node) && node.anchor === undefined) return
      aliases.push(
        at(node.range?.[0] ?? 0, {
          code: 'M001',
          message: 'anchors (&) and aliases (*) are not allowed here',
        }),
      )
    },
  })
  if (aliases.length > 0) return { problems: aliases }
  const read = mappingSchema.safeParse(document.toJS())
  if (read.success) return { mapping: read.data }
  const valueAt = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true)
      if (isNode(node) && node.range) return node.range[0]
    }
    return 0
  }
  const mapAround = (path: readonly PropertyKey[]): unknown =>
    path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents
  const isMissing = (path: readonly PropertyKey[]): boolean => {
    const around = mapAround(path)
    return path.length > 0 && isMap(around) && !around.has(path.at(-1))
  }
  const keyAt = (path: readonly PropertyKey[]): number => {
    const around = mapAround(path)
    const pair = isMap(around)
      ? around.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))
      : null
    return isNode(pair?.key) && pair.key.range ? pair.key.range[0] : valueAt(path)
  }
  return {
    problems: read.error.issues
      .flatMap(issue => describe(issue, isMissing))
      .map(({ path, ...problem }) => at(problem.code === 'M002' ? keyAt(path) : valueAt(path), problem))
      .toSorted((a, b) => a.line - b.line || a.column - b.column),
  }
}

type Described = Pick<MappingProblem, 'code' | 'message'> & { hint?: string; path: readonly PropertyKey[] }

/** A mapping holds no patient, so its own words may be told. */
function describe(
  issue: z.core.$ZodIssue,
  isMissing: (path: readonly PropertyKey[]) => boolean,
): Described[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => {
      const meant = nearestWord(key, knownSettings)
      const hint = meant === null ? {} : { hint: `did you mean \`${meant}\`?` }
      return { code: 'M002', message: `unknown setting \`${key}\``, ...hint, path: [...issue.path, key] }
    })
  }
  const where = issue.path.length === 0 ? 'the file' : `\`${issue.path.map(String).join('.')}\``
  return isMissing(issue.path)
    ? [{ code: 'M003', message: `missing setting ${where}`, path: issue.path }]
    : [{ code: 'M004', message: `${where}: expected ${issue.message}`, path: issue.path }]
}

const knownSettings = [
  ...[
    'wren',
    'format',
    'source',
    'rows',
    'delimiter',
    'header',
    'character_set',
    'dates',
    'times',
    'blanks',
    'fields',
  ],
  ...['notes', 'codes', 'each', 'section', 'text', 'writtenAt', 'system', 'code', 'display'],
  ...['from', 'join', 'is', 'values', 'format', 'optional'],
  ...['attendanceId', 'trust', 'kind', 'site', 'department', 'disposal', 'leftBeforeSeen', 'arrivedAt'],
  ...['departedAt', 'recordedAt', 'nhsNumber', 'localId', 'family', 'given', 'birthDate', 'sex', 'postcode'],
  ...['address', 'gpPractice', 'school'],
]
