import type { Mapping } from '../../../src/attendance/mapping/mapping.ts'
import { readMapping } from '../../../src/attendance/mapping/read-mapping.ts'

/** A mapping that a test knows to be right. */
export function readMappingText(text: string): Mapping {
  const read = readMapping({ path: 'mapping.yaml', text })
  if ('mapping' in read) return read.mapping
  throw new Error(
    read.problems.map(problem => `${problem.line}:${problem.column} ${problem.message}`).join('; '),
  )
}
