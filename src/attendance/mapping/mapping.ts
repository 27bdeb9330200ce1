import { z } from 'zod'
import { attendanceKinds, codeSystems } from '../attendance.ts'
import { sourceForm } from '../json-schema.ts'
import { sexes } from '../patient.ts'
import { badPaths } from './check-paths.ts'
import { compileDateForm } from './date-form.ts'

/**
 * A mapping says which column of a CSV extract, or which path of an engine's JSON, holds which field of an
 * attendance; docs/feeds.md is its manual. Every `error` completes "expected …".
 */

export const timeFields = ['arrivedAt', 'departedAt', 'recordedAt'] as const
export const plainFields = [
  ...['attendanceId', 'trust', 'kind', 'site', 'department', 'disposal', 'leftBeforeSeen'],
  ...['nhsNumber', 'localId', 'family', 'given', 'sex', 'postcode', 'address', 'gpPractice', 'school'],
] as const

const name = z.string({ error: 'a name in quotes' }).trim().min(1, { error: 'a name' }).max(200)
const names = z.preprocess(
  value => (typeof value === 'string' ? [value] : value),
  z.array(name, { error: 'a name, or a list of names of which one is there' }).min(1).max(20),
)
const scalar = z
  .union([z.string(), z.number(), z.boolean()], { error: 'a text' })
  .transform(value => String(value).trim())
const form = z.string({ error: 'a form in quotes, such as "dd/MM/yyyy"' }).superRefine((text, context) => {
  const compiled = compileDateForm(text)
  if (typeof compiled !== 'function') context.addIssue({ code: 'custom', message: compiled.problem })
})
const forms = z.preprocess(
  value => (typeof value === 'string' ? [value] : value),
  z.array(form).min(1).max(10),
)

/** Where a value comes from: `Name`, `[Name, Other name]` or the long form. */
function take(values: z.ZodType<string> = scalar) {
  return z.preprocess(
    value => (typeof value === 'string' || Array.isArray(value) ? { from: value } : value),
    z
      .strictObject(
        {
          /** Columns or paths of which the first that is there counts. */
          from: names.optional(),
          /** Columns or paths whose values are put together, such as a date and a time. */
          join: z.array(name).min(2).max(10).optional(),
          /** The same for every attendance. */
          is: scalar.optional(),
          /** What the values of the source mean; "*" is all others. */
          values: z.record(z.string(), values).optional(),
          format: forms.optional(),
          /** The column may be missing from the header. */
          optional: z.boolean({ error: 'true or false' }).optional(),
        },
        { error: 'a column or path, a list of them, or from, join or is' },
      )
      .refine(({ from, join, is }) => [from, join, is].filter(each => each !== undefined).length === 1, {
        error: 'one of from, join and is',
      }),
  )
}
const taken = take()
export type Take = z.output<typeof taken>

const oneOf = (words: readonly string[]) => z.enum(words, { error: `one of ${words.join(', ')}` })
const ods = scalar.pipe(
  z.string().regex(/^[A-Z0-9]{2,12}$/, { error: 'an ODS code in capitals, such as RWP' }),
)
const yesNo = z.union([z.boolean(), z.literal('yes'), z.literal('no')], { error: 'yes or no' })

const fieldTakes = {
  ...Object.fromEntries([...plainFields, ...timeFields, 'birthDate'].map(field => [field, taken.optional()])),
  attendanceId: taken,
  sex: take(oneOf(sexes)).optional(),
  kind: take(oneOf(attendanceKinds)).optional(),
  site: take(ods).optional(),
  trust: take(ods).optional(),
  leftBeforeSeen: take(
    yesNo.transform(value => (value === true || value === 'yes' ? 'yes' : 'no')),
  ).optional(),
}

export const mappingSchema = z
  .strictObject(
    {
      wren: z.literal(1, { error: 'the number 1, the version of mappings that this program reads' }),
      format: z.enum(['csv', 'json'], { error: 'csv or json' }),
      source: z.string().regex(sourceForm, { error: 'a name such as ed-nightly' }),
      rows: z.enum(['attendance', 'note'], { error: 'attendance or note' }).default('attendance'),
      delimiter: z
        .string({ error: 'one character' })
        .regex(/^[^\w\s"]$|^\t$/, { error: 'one character that is no letter, such as "," ";" "|" or "\\t"' })
        .default(','),
      /** Names of the columns, for a file without a header. */
      header: z.array(name).min(1).max(1_000).optional(),
      character_set: z
        .enum(['auto', 'utf-8', 'windows-1252'], { error: 'auto, utf-8 or windows-1252' })
        .default('auto'),
      dates: forms.default(['iso']),
      times: forms.default(['iso']),
      /** What the source writes for nothing, such as NULL. */
      blanks: z
        .array(z.preprocess(value => (value === null ? 'null' : value), scalar))
        .max(50)
        .default([]),
      fields: z.strictObject(fieldTakes),
      notes: z
        .array(
          z.strictObject({
            each: name.optional(),
            section: z.preprocess(value => (typeof value === 'string' ? { is: value } : value), taken),
            text: taken,
            writtenAt: taken.optional(),
          }),
          { error: 'a list of notes, each with section and text' },
        )
        .min(1, { error: 'at least one note: without free text no child is found' })
        .max(50),
      codes: z
        .array(
          z.strictObject({
            each: name.optional(),
            system: z.enum(codeSystems, { error: codeSystems.join(' or ') }),
            code: taken,
            display: taken.optional(),
          }),
        )
        .max(50)
        .default([]),
    },
    { error: 'settings such as "wren: 1"' },
  )
  .superRefine((mapping, context) => {
    if (mapping.format === 'csv') {
      for (const list of ['notes', 'codes'] as const) {
        for (const [index, { each }] of mapping[list].entries()) {
          if (each !== undefined)
            context.addIssue({
              code: 'custom',
              path: [list, index, 'each'],
              message: 'it in JSON only: CSV has no lists',
            })
        }
      }
      return
    }
    for (const path of badPaths(mapping)) {
      context.addIssue({ code: 'custom', path: [...path], message: 'a path such as visit.notes[0].text' })
    }
    if (mapping.header !== undefined) {
      context.addIssue({ code: 'custom', path: ['header'], message: 'it in CSV only: JSON names its fields' })
    } else if (mapping.rows === 'note') {
      context.addIssue({
        code: 'custom',
        path: ['rows'],
        message: '"attendance": one JSON object is one attendance',
      })
    }
  })

export type Mapping = Omit<z.output<typeof mappingSchema>, 'fields'> & {
  readonly fields: Readonly<Partial<Record<MappedField, Take | undefined>>>
}
export type MappedField =
  | (typeof timeFields)[number]
  | 'birthDate'
  | 'attendanceId'
  | 'trust'
  | 'kind'
  | 'site'
  | 'department'
  | 'disposal'
  | 'leftBeforeSeen'
  | 'nhsNumber'
  | 'localId'
  | 'family'
  | 'given'
  | 'sex'
  | 'postcode'
  | 'address'
  | 'gpPractice'
  | 'school'

/** Every column or path that the mapping names, with whether it may be missing. */
export function takesOf(mapping: Mapping): readonly Take[] {
  return [
    ...Object.values(mapping.fields),
    ...mapping.notes.flatMap(({ section, text, writtenAt }) => [section, text, writtenAt]),
    ...mapping.codes.flatMap(({ code, display }) => [code, display]),
  ].filter(each => each !== undefined)
}
