import type { About } from '../../services/export-list.ts'
import type { ExportFormat } from '../../services/export-port.ts'
import { exportPurposes, otherPurpose } from '../../services/export-purpose.ts'
import { dayAndTime } from './dates.ts'
import { presentGap } from './gap-words.ts'
import { shown } from './shown-text.ts'

/** The choices of the form that is asked before anything leaves Wren. */
export const exportChoices = {
  purposes: Object.entries(exportPurposes).map(([value, text]) => ({ value, text })),
  otherPurpose,
  formats: [
    { value: 'print', text: 'On paper', hint: 'A page made for A4, which a browser can also save as PDF' },
    { value: 'xlsx', text: 'As a spreadsheet (XLSX)' },
    { value: 'csv', text: 'As CSV', hint: 'For another program' },
  ] satisfies readonly { value: ExportFormat; text: string; hint?: string }[],
}

export interface AboutWords {
  readonly marking: string
  readonly purpose: string
  readonly made: string
  /** Why the list may be incomplete; empty where nothing speaks for it. */
  readonly missing: readonly string[]
}

/** How a list is to be handled, what it is for, who made it and when, and whether anything may be missing. */
export function presentAbout(
  { record, missing, now }: About,
  { people, marking }: { people: ReadonlyMap<string, string>; marking: string },
): AboutWords {
  return {
    marking,
    purpose: shown(record.purpose),
    made: `Made by ${people.get(record.who) ?? record.who}, ${dayAndTime(now)}`,
    missing: missing.map(presentGap),
  }
}

/** The same in the lines above the list in a file. */
export function aboutLines(title: string, { purpose, made, missing }: AboutWords): readonly string[] {
  return [
    `${title}. ${made}. For: ${purpose}`,
    ...(missing.length === 0 ? [] : [`${incomplete}: ${missing.join(' ')}`]),
  ]
}

export const incomplete = 'This list may be incomplete'
