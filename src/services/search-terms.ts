import { isDay } from '../attendance/instant.ts'
import { type NhsNumber, parseNhsNumber } from '../attendance/nhs-number.ts'

/** What a search text may mean: it is looked up as everything that it can be. */
export interface SearchTerms {
  readonly nhsNumber: NhsNumber | null
  /** Ten digits that are no NHS number: one of them is wrong. */
  readonly looksLikeNhsNumber: boolean
  /** An ISO day. */
  readonly birthDate: string | null
  /** A date that no calendar has, such as 31 February. */
  readonly looksLikeDate: boolean
  /** An attendance number, or the hospital's own number of a patient. */
  readonly number: string | null
  /** First and last word of a name; the same where there is one word only. */
  readonly name: { readonly first: string; readonly last: string } | null
}

export const searchLengthMax = 100

/** Shorter beginnings of a name find half of the register. */
const nameLengthMin = 2

export function readSearch(text: string): SearchTerms {
  const words = text
    .trim()
    .split(/\s+/u)
    .filter(word => word !== '')
  const digits = text.replaceAll(/[\s-]/gu, '')
  const isTenDigits = /^\d{10}$/.test(digits)
  const nhsNumber = isTenDigits ? parseNhsNumber(digits) : null
  const date = readDate(words.join(' '))
  const hasDigit = /\d/.test(text)
  return {
    nhsNumber,
    looksLikeNhsNumber: isTenDigits && nhsNumber === null,
    birthDate: date === 'impossible' ? null : date,
    looksLikeDate: date === 'impossible',
    number: words.length === 1 && hasDigit ? text.trim() : null,
    name: hasDigit ? null : readName(words),
  }
}

function readName(words: readonly string[]): SearchTerms['name'] {
  const [first, last] = [words[0], words.at(-1)]
  if (first === undefined || last === undefined) return null
  return [first, last].some(word => word.length < nameLengthMin) ? null : { first, last }
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** 30/5/2011, 30.05.2011, 2011-05-30 or 30 May 2011. Null where the text is no date. */
function readDate(text: string): string | 'impossible' | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  if (iso !== null) return dayFrom(iso[1], iso[2], iso[3])
  const british = /^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})$/.exec(text)
  if (british !== null) return dayFrom(british[3], british[2], british[1])
  const named = /^(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9}),? (\d{4})$/i.exec(text)
  const month = months.indexOf((named?.[2] ?? '').slice(0, 3).toLowerCase()) + 1
  return named === null || month === 0 ? null : dayFrom(named[3], String(month), named[1])
}

function dayFrom(year = '', month = '', day = ''): string {
  const isoDay = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(isoDay) ? isoDay : 'impossible'
}
