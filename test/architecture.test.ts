import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

/**
 * The reading order of src/, which is the path of a note. A folder imports only from folders before it; folders
 * in one row do not know each other. Each folder of adapters/ is a folder of its own here.
 */
const order: readonly (readonly string[])[] = [
  ['text'],
  ['attendance'],
  ['rules'],
  ['scan'],
  ['review'],
  ['referral'],
  ['themes'],
  ['services'],
  ['telemetry'],
  [
    'adapters/documents',
    'adapters/identity',
    'adapters/inlet',
    'adapters/kafka',
    'adapters/partnership-folder',
    'adapters/portal',
    'adapters/rules-folder',
    'adapters/store',
    'web',
  ],
  ['processes'],
]
const pureFolders = new Set(['text', 'attendance', 'rules', 'scan', 'review', 'referral', 'themes'])
const pureBuiltins = new Set(['node:crypto'])
const namesThatSayNothing = /^(utils?|helpers?|lib|common|shared|core|misc|types)(\.ts)?$/
const onlyImporter: Readonly<Record<string, string>> = {
  natural: 'src/text/stem.ts',
  'fast-levenshtein': 'src/scan/edit-distance.ts',
  'write-excel-file': 'src/web/exports/xlsx.ts',
}

interface Source {
  readonly path: string
  readonly folder: string
  readonly text: string
  readonly imports: readonly string[]
}

const sources: readonly Source[] = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
  .map(entry => join(entry.parentPath, entry.name))
  .sort()
  .map(path => {
    const text = readFileSync(path, 'utf8')
    return { path, folder: folderOf(path), text, imports: importsOf(text) }
  })

describe('the reading order of src/', () => {
  test('the test finds the sources', () => {
    expect(sources.length).toBeGreaterThan(20)
  })

  test.each(sources.map(source => [source.path, source] as const))('%s keeps the order', (_path, source) => {
    expect(offences(source)).toEqual([])
  })

  test('no loose file lies in src, and every folder has its place in the order', () => {
    const places = new Set(order.flat())
    expect(sources.filter(source => !places.has(source.folder)).map(source => source.path)).toEqual([])
  })

  test('no folder or file has a name that says nothing', () => {
    const names = sources.flatMap(source => source.path.split('/'))
    expect(names.filter(name => namesThatSayNothing.test(name))).toEqual([])
  })

  test('no source file is longer than 250 lines', () => {
    const long = sources.filter(source => source.text.split('\n').length > 251)
    expect(long.map(source => source.path)).toEqual([])
  })

  test('an import against the order is found', () => {
    const offender = made('src/text/bad.ts', "import { scan } from '../scan/scan.ts'")
    expect(offences(offender)).toHaveLength(1)
  })

  test.each([
    ['a clock', 'const now = Date.now()'],
    ['a new date', 'const now = new Date()'],
    ['a clock of Temporal', 'const now = Temporal.Now.instant()'],
    ['chance', 'const pick = Math.random()'],
    ['a file', "import { readFileSync } from 'node:fs'"],
    ['a dynamic import', "const later = await import('./later.ts')"],
    ['natural outside its file', "import natural from 'natural/lib/natural/stemmers/index.js'"],
  ])('%s in a pure folder is found', (_what, text) => {
    expect(offences(made('src/scan/bad.ts', text))).toHaveLength(1)
  })
})

function offences(source: Source): string[] {
  const rank = rankOf(source.folder)
  const upward = source.imports
    .filter(name => name.startsWith('.'))
    .map(name => folderOf(relative('.', resolve(dirname(source.path), name))))
    .filter(folder => folder !== source.folder && rankOf(folder) >= rank)
    .map(folder => `imports from ${folder}`)
  const guarded = Object.entries(onlyImporter)
    .filter(
      ([name, home]) =>
        home !== source.path && source.imports.some(each => each === name || each.startsWith(`${name}/`)),
    )
    .map(([name, home]) => `imports ${name}, which only ${home} may`)
  const dynamic = /\bimport\(/.test(source.text) ? ['imports dynamically'] : []
  return [...upward, ...guarded, ...dynamic, ...(pureFolders.has(source.folder) ? impurities(source) : [])]
}

function impurities({ text, imports }: Source): string[] {
  const builtins = imports.filter(name => name.startsWith('node:') && !pureBuiltins.has(name))
  const clocks = text.match(
    /\b(Date\.now|new Date\(\)|Temporal\.Now|performance\.now|Math\.random|setTimeout|setInterval)\b|new Date\(\)/g,
  )
  return [...builtins.map(name => `does I/O with ${name}`), ...(clocks ?? []).map(found => `uses ${found}`)]
}

function importsOf(text: string): string[] {
  return [...text.matchAll(/^(?:import|export)\b[^'";]*?from\s+'([^']+)'|^import\s+'([^']+)'/gm)].map(
    found => found[1] ?? found[2] ?? '',
  )
}

function folderOf(path: string): string {
  const [, first = '', second = '', ...rest] = path.split('/')
  return first === 'adapters' && rest.length > 0 ? `adapters/${second}` : second === '' ? '' : first
}

function rankOf(folder: string): number {
  const rank = order.findIndex(row => row.includes(folder))
  if (rank < 0) throw new Error(`${folder || 'src'} has no place in the reading order`)
  return rank
}

function made(path: string, text: string): Source {
  return { path, folder: folderOf(path), text, imports: importsOf(text) }
}
