import type { Code } from '../attendance/attendance.ts'
import type { Rule } from '../rules/rule.ts'
import { onTrial } from './apply-cues.ts'
import type { Mention } from './mention.ts'

/** Codes are a signal of their own: an attendance coded X99 is flagged whatever its notes say. */
export function mentionsOfCodes(codes: readonly Code[], rules: readonly Rule[]): readonly Mention[] {
  return codes.flatMap(code =>
    rules
      .filter(rule => isListed(code, rule))
      .map(rule => ({
        rule: rule.id,
        ruleName: rule.name,
        theme: rule.theme,
        term: code.code,
        section: null,
        start: 0,
        end: 0,
        text: code.code,
        edits: 0,
        assertion: 'affirmed' as const,
        ...onTrial(rule.status, {
          standing: 'counted' as const,
          because: `coded ${code.code} by the hospital`,
        }),
      })),
  )
}

/** An ICD-10 code covers all below it, with or without its dot; a SNOMED code is itself alone. */
function isListed({ system, code }: Code, { codes }: Rule): boolean {
  if (system === 'snomed') return codes.snomed.some(({ id }) => id === code.trim())
  const plain = plainIcd10(code)
  return codes.icd10.some(listed => plain.startsWith(plainIcd10(listed)))
}

function plainIcd10(code: string): string {
  return code.replace(/[\s.]/g, '').toUpperCase()
}
