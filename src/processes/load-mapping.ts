import { readFile } from 'node:fs/promises'
import type { Mapping } from '../attendance/mapping/mapping.ts'
import { readMapping } from '../attendance/mapping/read-mapping.ts'
import { showProblem } from '../rules/show-problem.ts'

/** The mapping file cannot be used. The message is for the person who wrote it. */
export class MappingError extends Error {
  override readonly name = 'MappingError'
}

/** Reads a mapping file; a broken one is told with the line and a caret, as rules are. */
export async function loadMapping(path: string): Promise<Mapping> {
  const text = await readText(path)
  const read = readMapping({ path, text })
  if ('mapping' in read) return read.mapping
  const { length } = read.problems
  throw new MappingError(
    [
      ...read.problems.map(problem => showProblem(problem, text)),
      `The mapping ${path} cannot be used: ${length} ${length === 1 ? 'problem' : 'problems'}.`,
    ].join('\n\n'),
  )
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw new MappingError(`${path} cannot be read (${code}): name a mapping file`, { cause })
  }
}
