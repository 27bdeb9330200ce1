import {
  askForExport,
  type Exported,
  findExport,
  giveExport,
  type Wanted,
} from '../../services/export-list.ts'
import type { ExportRecord } from '../../services/export-port.ts'
import { type AskedExport, type ReadExport, readExportForm } from '../../services/export-purpose.ts'
import { namePeople } from '../../services/name-people.ts'
import { writeCsv } from '../exports/csv.ts'
import type { Sheet } from '../exports/sheet.ts'
import { writeXlsx } from '../exports/xlsx.ts'
import type { Fields } from '../fields.ts'
import { longDay } from '../presenters/dates.ts'
import { daySheet, daySheetSummary, daySheetTitle, presentDayRow } from '../presenters/day-sheet.ts'
import { presentAbout } from '../presenters/export.ts'
import { meetingSheet, meetingTitle, presentMeetingRow, suggestionNote } from '../presenters/meeting-pack.ts'
import type { Answer, Visit } from '../visit.ts'

/** What was typed into the form that asks for a purpose, for when it is shown again. */
export function typedExport(form: Fields | null) {
  const text = (name: string): string => form?.text(name) ?? ''
  return { purpose: text('purpose'), purposeWords: text('purposeWords'), format: text('format') }
}

export function readExport(form: Fields): ReadExport {
  return readExportForm(typedExport(form))
}

/** Keeps who asks and what for; then gives the file, or leads to the page made for paper. */
export async function startExport(
  visit: Visit,
  { asked, ...wanted }: Omit<Wanted, 'id'> & { asked: AskedExport },
): Promise<Answer> {
  const { actor, wren } = visit
  const id = wren.newId()
  const record = await askForExport(wren.ports, { actor, wanted: { id, ...wanted }, asked })
  if (record.format === 'print') return { kind: 'redirect', to: `/exports/${id}` }
  const exported = await give(visit, record)
  const sheet = await sheetOf(visit, exported)
  const name = `${fileNames[record.kind]}-${record.day}.${record.format}`
  return record.format === 'csv'
    ? { kind: 'file', name, type: 'text/csv; charset=utf-8', bytes: writeCsv(sheet) }
    : { kind: 'file', name, type: xlsxType, bytes: await writeXlsx(sheet) }
}

/** A list made for paper. Every look at it is recorded as the first one was. */
export async function showExport(visit: Visit): Promise<Answer> {
  const { actor, params, wren } = visit
  const record = await findExport(wren.ports, { actor, id: params.text('export') })
  if (record === null) return { kind: 'not-found' }
  const exported = await give(visit, record)
  const look = await lookOf(visit, exported)
  const shared = { about: look.about, dayWords: longDay(record.day), day: record.day }
  if (exported.kind === 'day-sheet') {
    return {
      kind: 'page',
      view: 'printed-day-sheet.njk',
      title: daySheetTitle(record.day),
      context: {
        ...shared,
        summary: daySheetSummary(exported.rows),
        rows: exported.rows.map(row => presentDayRow(row, look)),
      },
    }
  }
  return {
    kind: 'page',
    view: 'printed-meeting-pack.njk',
    title: meetingTitle(record.day),
    context: {
      ...shared,
      suggestionNote,
      rows: exported.rows.map(row => presentMeetingRow(row, look)),
    },
  }
}

async function give({ actor, wren }: Visit, record: ExportRecord): Promise<Exported> {
  const exported = await giveExport(wren.ports, { actor, record, sampleSize: wren.settings.sampleSize })
  wren.hooks.onExport(record.format)
  return exported
}

async function sheetOf(visit: Visit, exported: Exported): Promise<Sheet> {
  const look = await lookOf(visit, exported)
  return exported.kind === 'day-sheet'
    ? daySheet(exported.rows, { look, about: look.about, day: look.day })
    : meetingSheet(exported.rows, { look, about: look.about })
}

async function lookOf({ wren }: Visit, { about }: Exported) {
  const { ports, settings } = wren
  const people = await namePeople(ports.accounts)
  return {
    people,
    siteNames: settings.siteNames,
    areas: ports.partnership.areas,
    now: about.now,
    day: about.record.day,
    about: presentAbout(about, { people, marking: settings.marking }),
  }
}

/** With the day, and nothing of a child. */
const fileNames = { 'day-sheet': 'wren-day-sheet', 'meeting-pack': 'wren-meeting' } as const
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
