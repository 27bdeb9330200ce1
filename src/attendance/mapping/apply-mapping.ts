import { type AttendanceKind, attendanceKinds, type Code } from '../attendance.ts'
import { type AttendanceDraft, blankToNull, type DraftNote, emptyDraft } from '../draft.ts'
import { type Sex, sexes } from '../patient.ts'
import { compileDateForm } from './date-form.ts'
import { type MappedField, type Mapping, type Take, timeFields } from './mapping.ts'
import type { RecordReader } from './record-reader.ts'

export type Mapped = { readonly draft: AttendanceDraft } | { readonly problem: string }

/** As patient systems write them; the numbers are the NHS Data Dictionary's (PERSON STATED GENDER CODE). */
const usualSexes: Readonly<Record<string, Sex>> = {
  ...{ m: 'male', male: 'male', '1': 'male', f: 'female', female: 'female', '2': 'female' },
  ...{ o: 'other', other: 'other', i: 'other', '9': 'other' },
}
const yes = new Set(['yes', 'y', 'true', 't', '1'])

/** What a mapping makes of one record. */
export function applyMapping(mapping: Mapping, record: RecordReader): Mapped {
  const reading = new Reading(mapping)
  const text = (field: MappedField): string | null => reading.take(mapping.fields[field], { record, field })
  const draft: AttendanceDraft = {
    ...emptyDraft,
    source: mapping.source,
    trust: text('trust'),
    attendanceId: text('attendanceId'),
    kind: kindOf(text('kind')),
    site: text('site'),
    department: text('department'),
    disposal: text('disposal'),
    leftBeforeSeen: yes.has((text('leftBeforeSeen') ?? '').toLowerCase()),
    ...{
      nhsNumber: text('nhsNumber'),
      localId: text('localId'),
      family: text('family'),
      given: text('given'),
    },
    sex: sexOf(text('sex')),
    ...{ postcode: text('postcode'), address: text('address'), gpPractice: text('gpPractice') },
    school: text('school'),
    ...reading.times(record),
    notes: reading.notes(record),
    codes: reading.codes(record),
    partsUnread: reading.unread,
  }
  return reading.problem === null ? { draft } : { problem: reading.problem }
}

/** What a mapping calls the source of a field, for problems: birthDate (column "DOB"). */
export function nameInMapping(mapping: Mapping, field: string): string {
  const take = Object.entries(mapping.fields).find(([name]) => name === field)?.[1]
  const from = take === undefined ? '' : placeOfTake(mapping, take)
  return from === '' ? field : `${field} (${from})`
}

/** Where a value comes from: column "DOB"; column "Date" and "Time". Blank where the mapping itself says it. */
export function placeOfTake({ format }: Pick<Mapping, 'format'>, { from, join }: Take): string {
  const names = join ?? from
  if (names === undefined) return ''
  return `${format === 'csv' ? 'column' : 'path'} "${names.join(join === undefined ? '" or "' : '" and "')}"`
}

class Reading {
  readonly unread: string[] = []
  problem: string | null = null
  readonly #mapping: Mapping
  readonly #blanks: ReadonlySet<string>

  constructor(mapping: Mapping) {
    this.#mapping = mapping
    this.#blanks = new Set(mapping.blanks.map(blank => blank.toLowerCase()))
  }

  /** The text of a field as its source writes it, or as the mapping translates that. */
  take(take: Take | undefined, { record, field }: { record: RecordReader; field: string }): string | null {
    if (take === undefined) return null
    if (take.is !== undefined) return take.is
    const found =
      take.join === undefined
        ? ((take.from ?? []).map(name => this.#textAt(record, name)).find(text => text !== null) ?? null)
        : take.join
            .map(name => this.#textAt(record, name)?.trim())
            .filter(text => text !== undefined)
            .join(field === 'address' ? ', ' : ' ') || null
    if (found === null || take.values === undefined) return found
    const meant = meaningOf(take.values, found.trim())
    // A trust that nobody listed must not become the default one.
    if (meant !== null || field === 'trust') return meant ?? found
    if (field === 'section') return found
    this.unread.push(`${field} not read: the mapping does not list its value`)
    return null
  }

  times(record: RecordReader): Pick<AttendanceDraft, (typeof timeFields)[number] | 'birthDate'> {
    const { fields, times, dates } = this.#mapping
    const read = (field: (typeof timeFields)[number] | 'birthDate'): string | null =>
      this.#date(this.take(fields[field], { record, field }), {
        field,
        forms: fields[field]?.format ?? (field === 'birthDate' ? dates : times),
      })
    const [arrivedAt, departedAt, recordedAt] = timeFields.map(read)
    const birthDate = read('birthDate')
    return {
      ...{ arrivedAt: arrivedAt ?? null, departedAt: departedAt ?? null, recordedAt: recordedAt ?? null },
      birthDate: birthDate?.slice(0, 'yyyy-mm-dd'.length) ?? null,
    }
  }

  notes(record: RecordReader): readonly DraftNote[] {
    const { notes, times } = this.#mapping
    return notes.flatMap(({ each, section, text, writtenAt }) =>
      (each === undefined ? [record] : record.each(each)).flatMap(inner => {
        const words = this.take(text, { record: inner, field: 'text' })
        if (words === null) return []
        const written = this.take(writtenAt, { record: inner, field: 'writtenAt' })
        const forms = writtenAt?.format ?? times
        return [
          {
            section: this.take(section, { record: inner, field: 'section' }) ?? 'note',
            words,
            writtenAt: this.#date(written, { field: 'writtenAt', forms }),
            from: `${placeOfTake(this.#mapping, text)}${each === undefined ? '' : ` of each "${each}"`}`,
          },
        ]
      }),
    )
  }

  codes(record: RecordReader): readonly Code[] {
    return this.#mapping.codes.flatMap(({ each, system, code, display }) =>
      (each === undefined ? [record] : record.each(each)).flatMap(inner => {
        const found = blankToNull(this.take(code, { record: inner, field: 'code' }))
        const shown = blankToNull(this.take(display, { record: inner, field: 'display' }))
        return found === null ? [] : [{ system, code: found, display: shown }]
      }),
    )
  }

  #textAt(record: RecordReader, name: string): string | null {
    const found = record.textAt(name)
    if (found === null) return null
    if (typeof found !== 'string') {
      this.problem ??= found.problem
      return null
    }
    const trimmed = found.trim()
    return trimmed === '' || this.#blanks.has(trimmed.toLowerCase()) ? null : found
  }

  #date(text: string | null, { field, forms }: { field: string; forms: readonly string[] }): string | null {
    const trimmed = blankToNull(text)
    if (trimmed === null) return null
    for (const form of forms) {
      const read = compileDateForm(form)
      const found = typeof read === 'function' ? read(trimmed) : null
      if (found !== null) return found
    }
    this.problem ??= `${nameInMapping(this.#mapping, field)}: expected a date as ${forms.join(' or ')}`
    return null
  }
}

function meaningOf(values: Readonly<Record<string, string>>, text: string): string | null {
  const entries = Object.entries(values)
  const found =
    entries.find(([value]) => value === text) ??
    entries.find(([value]) => value.toLowerCase() === text.toLowerCase()) ??
    entries.find(([value]) => value === '*')
  return found?.[1] ?? null
}

function sexOf(text: string | null): Sex {
  const plain = (text ?? '').trim().toLowerCase()
  return (
    sexes.find(sex => sex === plain) ??
    (Object.hasOwn(usualSexes, plain) ? usualSexes[plain] : undefined) ??
    'unknown'
  )
}

function kindOf(text: string | null): AttendanceKind {
  return attendanceKinds.find(kind => kind === text) ?? 'new'
}
