import type { Code } from '../attendance.ts'
import { allOf, type FhirNode, textOf } from './fhir-tree.ts'

/** The codes of a CodeableConcept in the systems that rules know. */
export function codesOf(concept: FhirNode | null): readonly Code[] {
  return allOf(concept, 'coding').flatMap(coding => {
    const system = systemOf(textOf(coding, 'system') ?? '')
    const code = textOf(coding, 'code')
    return system === null || code === null ? [] : [{ system, code, display: textOf(coding, 'display') }]
  })
}

/** The words of a CodeableConcept: its text, else how its codes are shown. */
export function wordsOf(concept: FhirNode | null): readonly string[] {
  const text = textOf(concept, 'text')
  if (text !== null) return [text]
  // A Coding shows itself as a concept of one.
  const shown = [
    textOf(concept, 'display'),
    ...allOf(concept, 'coding').map(coding => textOf(coding, 'display')),
  ]
  return [...new Set(shown.filter(display => display !== null))]
}

/** SNOMED CT and ICD-10, the latter under the names that HL7 and the NHS gave it. */
function systemOf(system: string): Code['system'] | null {
  if (system === 'http://snomed.info/sct') return 'snomed'
  return /\bicd-10\b/i.test(system) ? 'icd10' : null
}
