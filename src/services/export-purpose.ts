import type { FieldProblem } from '../review/decision-form.ts'
import { type ExportFormat, exportFormats } from './export-port.ts'

/** What a list is taken out of Wren for, as it is kept in the audit. */
export const exportPurposes = {
  meeting: 'The weekly meeting, or another safeguarding meeting',
  'hand-over': 'Hand-over to a colleague who works without Wren',
  downtime: 'To work on while Wren cannot be reached',
  audit: 'Audit, inspection or supervision',
} as const

/** The choice beside those that asks for words. */
export const otherPurpose = 'other'
export const purposeLengthMax = 300

export interface AskedExport {
  readonly format: ExportFormat
  /** In words. */
  readonly purpose: string
}

export type ReadExport =
  | { readonly kind: 'asked'; readonly asked: AskedExport }
  | { readonly kind: 'invalid'; readonly problems: readonly FieldProblem[] }

/** Reads what somebody filled in. Without a purpose nothing leaves Wren. */
export function readExportForm(form: {
  readonly purpose: string
  readonly purposeWords: string
  readonly format: string
}): ReadExport {
  const purpose = form.purpose === otherPurpose ? form.purposeWords.trim() : purposeOf(form.purpose)
  const format = exportFormats.find(each => each === form.format)
  if (format !== undefined && purpose !== '' && purpose.length <= purposeLengthMax)
    return { kind: 'asked', asked: { format, purpose } }
  return {
    kind: 'invalid',
    problems: [
      ...purposeProblems(form.purpose, purpose),
      ...(format === undefined ? [{ field: 'format', message: 'Select paper, XLSX or CSV' }] : []),
    ],
  }
}

function purposeOf(name: string): string {
  return Object.entries(exportPurposes).find(([each]) => each === name)?.[1] ?? ''
}

function purposeProblems(chosen: string, purpose: string): readonly FieldProblem[] {
  const isOther = chosen === otherPurpose
  if (purpose.length > purposeLengthMax)
    return [{ field: 'purposeWords', message: `Purpose must be ${purposeLengthMax} characters or fewer` }]
  if (purpose !== '') return []
  return isOther
    ? [{ field: 'purposeWords', message: 'Enter what it is for' }]
    : [{ field: 'purpose', message: 'Select what it is for' }]
}
