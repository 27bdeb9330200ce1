import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RuleParseOptions } from '../../rules/parse-rule.ts'
import { type ParsedRuleset, parseRuleset } from '../../rules/parse-ruleset.ts'
import type { RuleFile } from '../../rules/rule-file.ts'
import type { Ruleset } from '../../rules/ruleset.ts'
import { countProblems, showProblem } from '../../rules/show-problem.ts'

/** What a rules folder holds, with the texts, so that problems can be shown with their lines. */
export interface LoadedRules extends ParsedRuleset {
  readonly folder: string
  readonly files: readonly RuleFile[]
}

/** Reads a rules folder. Faults of the files are values; only a folder that cannot be read at all throws. */
export async function loadRules(folder: string, options: RuleParseOptions = {}): Promise<LoadedRules> {
  const names = await namesIn(folder)
  const files = await Promise.all(
    names.map(async name => ({
      path: join(folder, name),
      text: new TextDecoder('utf-8').decode(await readFile(join(folder, name))),
    })),
  )
  return { folder, files, ...parseRuleset(files, options) }
}

/** The ruleset to start with. A folder with an error stops the start, in words: half a ruleset misses children. */
export function requireRuleset(loaded: LoadedRules): Ruleset {
  if (loaded.ruleset !== null) return loaded.ruleset
  const errors = loaded.problems.filter(problem => problem.severity === 'error')
  throw new RulesFolderError(
    [
      ...errors.map(problem => showLoaded(problem, loaded)),
      `The rules folder ${loaded.folder} cannot be used: ${countProblems(errors)}.`,
    ].join('\n\n'),
  )
}

/** A problem with its line, taken from the loaded texts. */
export function showLoaded(
  problem: Parameters<typeof showProblem>[0],
  { files }: Pick<LoadedRules, 'files'>,
) {
  return showProblem(problem, files.find(file => file.path === problem.file)?.text ?? null)
}

/** The rules folder cannot be read or used. The message is for the person who starts Wren. */
export class RulesFolderError extends Error {
  override readonly name = 'RulesFolderError'
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries
      .filter(
        entry => !entry.isDirectory() && /\.(ya?ml|YA?ML)$|\.ya?ml\.txt$|^known-words\.txt$/.test(entry.name),
      )
      .map(entry => entry.name)
      .sort()
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw new RulesFolderError(
      `The rules folder ${folder} cannot be read (${code}). Name another with --rules DIR.`,
      {
        cause,
      },
    )
  }
}
