import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { parseRuleset } from '../../src/rules/parse-ruleset.ts'
import type { Ruleset } from '../../src/rules/ruleset.ts'

/** Real texts that are no part of the project: a folder beside the checkout. */
const folder = new URL('../../../shared/data/', import.meta.url)

export const hasSharedData: boolean = existsSync(folder)

/** Said in the title of each test that needs the texts. */
export const orSkipped: string = hasSharedData ? '' : ' (skipped: no real texts lie in ../shared/data)'

export function readTable(name: string): readonly (readonly string[])[] {
  const lines = readFileSync(new URL(name, folder), 'utf8').trim().split('\n').slice(1)
  return lines.map(line => line.split('\t'))
}

export interface Narrative {
  readonly age: number
  readonly narrative: string
}

export function readNarratives(): readonly Narrative[] {
  const lines = gunzipSync(readFileSync(new URL('neiss-dev.ndjson.gz', folder)))
    .toString('utf8')
    .trim()
    .split('\n')
  return lines.map(line => JSON.parse(line) as Narrative)
}

/** The rules that Wren ships. */
export function shippedRuleset(): Ruleset {
  const home = new URL('../../rules/', import.meta.url)
  const files = readdirSync(home)
    .filter(name => name.endsWith('.yaml') || name === 'known-words.txt')
    .map(name => ({ path: `rules/${name}`, text: readFileSync(new URL(name, home), 'utf8') }))
  const { ruleset, problems } = parseRuleset(files)
  if (ruleset === null)
    throw new Error(problems.map(({ file, line, message }) => `${file}:${line} ${message}`).join('\n'))
  return ruleset
}
