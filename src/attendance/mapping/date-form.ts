import { isDay, parseInstant } from '../instant.ts'

/** Reads one way of writing dates: the day or day and time in ISO 8601, or null where a text is not written so. */
export type ReadDate = (text: string) => string | null

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** What each letter group of a form takes. The longer ones stand first. */
const groups: Readonly<Record<string, { readonly part: string; readonly takes: string }>> = {
  yyyy: { part: 'year', takes: '\\d{4}' },
  MMMM: { part: 'monthName', takes: '[A-Za-z]{3,9}' },
  MMM: { part: 'monthName', takes: '[A-Za-z]{3}' },
  MM: { part: 'month', takes: '\\d{2}' },
  dd: { part: 'day', takes: '\\d{2}' },
  HH: { part: 'hour', takes: '\\d{2}' },
  mm: { part: 'minute', takes: '\\d{2}' },
  ss: { part: 'second', takes: '\\d{2}' },
  M: { part: 'month', takes: '\\d{1,2}' },
  d: { part: 'day', takes: '\\d{1,2}' },
  H: { part: 'hour', takes: '\\d{1,2}' },
}

/**
 * A form such as "dd/MM/yyyy HH:mm", made of the letter groups above and of anything else as itself; "iso" takes what
 * ISO 8601 does, with a zone or without. A year always has four digits: of "01/02/11" nobody can tell a child of 2011
 * from a person of 1911.
 */
export function compileDateForm(form: string): ReadDate | { readonly problem: string } {
  if (form === 'iso') return text => (isDay(text) || parseInstant(text) !== null ? text : null)
  const parts = form.match(/([A-Za-z])\1*|[^A-Za-z]+/g) ?? []
  const named = parts.flatMap(part => (Object.hasOwn(groups, part) ? [groups[part]?.part ?? ''] : []))
  const stray = parts.find(part => /^[A-Za-z]/.test(part) && part !== 'T' && !Object.hasOwn(groups, part))
  if (stray === 'yy')
    return { problem: 'four digits of the year (yyyy): of two nobody can tell 1911 from 2011' }
  if (stray !== undefined) {
    return { problem: `a form made of ${Object.keys(groups).join(', ')}: here is "${stray}"` }
  }
  if (new Set(named).size !== named.length) return { problem: 'each part of the date once' }
  const has = (part: string): boolean => named.includes(part)
  if (!has('year') || !has('day') || has('month') === has('monthName')) {
    return { problem: 'a year, a month and a day, such as dd/MM/yyyy' }
  }
  if (has('hour') !== has('minute')) return { problem: 'hours with minutes, such as HH:mm' }
  const pattern = parts.map(part =>
    Object.hasOwn(groups, part) ? `(?<${groups[part]?.part}>${groups[part]?.takes})` : RegExp.escape(part),
  )
  return readerOf(new RegExp(`^${pattern.join('')}$`))
}

function readerOf(pattern: RegExp): ReadDate {
  return text => {
    const found = pattern.exec(text)?.groups
    if (found === undefined) return null
    const { year, monthName, day = '', hour, minute, second = '00' } = found
    const month = monthName === undefined ? (found.month ?? '') : monthOf(monthName)
    const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
    if (!isDay(date)) return null
    if (hour === undefined) return date
    const time = `${date}T${hour.padStart(2, '0')}:${minute}:${second}`
    return parseInstant(time) === null ? null : time
  }
}

/** "" where it is no month, which no calendar takes. */
function monthOf(name: string): string {
  const index = months.indexOf(name.slice(0, 3).toLowerCase())
  return index < 0 ? '' : String(index + 1)
}
