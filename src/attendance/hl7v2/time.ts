/**
 * A time as HL7 v2 writes it, in ISO 8601; null where it is empty or all zeros, which means that it is not known:
 *
 *     YYYY[MM[DD[HH[MM[SS[.S…]]]]]][+ZZZZ|-ZZZZ]
 *
 * What has another form comes back as it is, for the check of all times to refuse it. Of a month or a year alone no
 * instant is made.
 */
export function isoTimeOf(text: string): string | null {
  const written = text.trim()
  if (/^0*$/.test(written)) return null
  const parts = timeForm.exec(written)
  if (parts === null) return written
  const [, year = '', month = '', day = '', hours, minutes = '00', seconds, fraction, zone = ''] = parts
  const date = `${year}-${month}-${day}`
  if (hours === undefined) return date
  return `${date}T${hours}:${minutes}:${seconds ?? '00'}${fraction === undefined ? '' : `.${fraction}`}${zone}`
}

const timeForm = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:\.(\d{1,9}))?)?)?)?([+-]\d{4})?$/

export interface BirthDate {
  /** ISO day; or the text as it came where it is none, to be refused; null where it is not known. */
  readonly day: string | null
  /** For a nurse: why the age is not known although a birth date came. */
  readonly unread: string | null
}

/** Many systems write this day where they know none. Taken at its word it would make a child an adult. */
const dayThatMeansUnknown = '1900-01-01'

/** A year, or a year and month, is no age: the nurse decides, as where no birth date came. */
export function birthDateOf(text: string): BirthDate {
  const partial = /^(\d{4})(\d\d)?$/.exec(text.trim())
  if (partial !== null && !/^0*$/.test(text.trim())) {
    const [, year = '', month = '01'] = partial
    const isSane = Number(year) >= 1900 && Number(month) >= 1 && Number(month) <= 12
    return isSane
      ? { day: null, unread: 'the birth date, of which the day was not sent: age not known' }
      : { day: text.trim(), unread: null }
  }
  const day = isoTimeOf(text)?.split('T', 1)[0] ?? null
  return day === dayThatMeansUnknown
    ? { day: null, unread: 'the birth date, sent as 1 January 1900: age not known' }
    : { day, unread: null }
}
