import type { z } from 'zod'
import { knownKeys } from './json-schema.ts'
import { nearKey } from './near-key.ts'

const problemsShownMax = 3

/**
 * What is wrong with a message, for the engineer who sends it. Values are never quoted, and neither is an
 * unknown key unless it is nearly a known one: a broken sender may put a patient's name there.
 */
export function describeIssues(issues: readonly z.core.$ZodIssue[], message: unknown): string {
  const problems = issues
    .toSorted((a, b) => Number(isUnknownKey(b)) - Number(isUnknownKey(a))) // it explains what else is missing
    .slice(0, problemsShownMax)
    .map(issue => describeIssue(issue, message))
  const more = issues.length - problems.length
  return `${problems.join('; ')}${more > 0 ? `; and ${more} more` : ''}`
}

/** Such as notes[0].text; only ever called with keys of the schema. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) =>
      typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${String(step)}`,
    )
    .join('')
}

function describeIssue(issue: z.core.$ZodIssue, message: unknown): string {
  const where = issue.path.length === 0 ? 'the message' : formatPath(issue.path)
  if (issue.code === 'unrecognized_keys') return describeUnknownKey(issue.path, issue.keys)
  return isMissing(issue.path, message)
    ? `${where} is missing: expected ${issue.message}`
    : `${where}: expected ${issue.message}`
}

function isUnknownKey(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'unrecognized_keys'
}

function describeUnknownKey(path: readonly PropertyKey[], keys: readonly string[]): string {
  const where = path.length === 0 ? 'the message' : formatPath(path)
  const known = knownAt(path)
  for (const key of keys) {
    const near = nearKey(key, known)
    if (near !== null) return `${where} has the unknown key "${key}"; did you mean "${near}"?`
  }
  const count = keys.length === 1 ? 'a key' : `${keys.length} keys`
  return `${where} has ${count} that this format does not know; it takes ${known.join(', ')}`
}

function knownAt(path: readonly PropertyKey[]): readonly string[] {
  const [first] = path
  return first === 'patient' || first === 'notes' || first === 'codes' ? knownKeys[first] : knownKeys.message
}

function isMissing(path: readonly PropertyKey[], message: unknown): boolean {
  let value = message
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return true
    value = Reflect.get(value, step)
  }
  return false
}
