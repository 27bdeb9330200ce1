import type { FieldProblem } from '../review/decision-form.ts'
import { wrongMatchKey } from '../review/decision-form.ts'
import type { Mention } from '../scan/mention.ts'
import { type Actor, auditEntryOf } from './actor.ts'
import type { AuditStore } from './people.ts'
import type { Clock, FlagFile } from './ports.ts'
import type { SuggestionStore } from './suggestion-port.ts'

const exampleLengthMax = 300

/** The mention a nurse means, by rule and term; null where the flag has none. */
export function mentionOf({ mentions }: Pick<FlagFile, 'mentions'>, key: string): Mention | null {
  return mentions.find(mention => wrongMatchKey(mention) === key) ?? null
}

/**
 * What is wrong with an invented sentence. A name or a number of the child must not stand in it: the people who keep
 * the rules may not see who attended.
 */
export function checkExample(
  example: string,
  { attendance: { patient } }: FlagFile,
): readonly FieldProblem[] {
  const words = example.toLowerCase()
  const names = [patient.family, patient.given].filter(name => name !== null && name.trim().length > 2)
  const isNamed = names.some(name => words.includes((name ?? '').toLowerCase()))
  const hasNumber = /\d{3}[ -]?\d{3}[ -]?\d{4}/.test(example)
  return [
    ...(example.trim() === '' ? [{ field: 'example', message: 'Enter a sentence that you invent' }] : []),
    ...(example.length > exampleLengthMax
      ? [{ field: 'example', message: `Sentence must be ${exampleLengthMax} characters or fewer` }]
      : []),
    ...(isNamed || hasNumber
      ? [{ field: 'example', message: 'Leave out the child’s name and numbers: invent the sentence' }]
      : []),
  ]
}

/** Proposes an invented sentence as an example of a rule. Nothing of the attendance goes with it. */
export async function tellRulesTeam(
  ports: { suggestions: SuggestionStore; audit: AuditStore; clock: Clock; newId: () => string },
  telling: { actor: Actor; file: FlagFile; mention: Mention; example: string },
): Promise<void> {
  const { actor, file, mention, example } = telling
  const entry = auditEntryOf(ports.clock, { actor, did: 'told the rules team', what: file.flag.id })
  await ports.audit.append(entry)
  await ports.suggestions.save({
    id: ports.newId(),
    rule: mention.rule,
    term: mention.term,
    flagId: file.flag.id,
    example: example.trim(),
    rulesetVersion: file.rulesetVersion,
    by: actor.username,
    at: entry.at,
  })
}
