import { nameUnread } from '../documents/count-unread.ts'
import type { ReadDocument, ReadPdf } from '../documents/read-document.ts'
import type { DraftNote } from '../draft.ts'
import { readEncapsulated } from './documents.ts'
import {
  componentOf,
  componentsOf,
  fieldOf,
  firstOf,
  type Message,
  repetitionsOf,
  type Segment,
} from './message.ts'
import { isoTimeOf } from './time.ts'
import { type Escapes, unescapeText } from './unescape.ts'

/** A field of a local segment that holds free text, such as field 3 of ZTN. */
export interface TextField {
  readonly segment: string
  readonly field: number
}

/** A note and the field it came from, such as OBX[2]-5. */
export interface FoundNote extends DraftNote {
  readonly from: string
}

export interface FreeTextOptions {
  readonly textFields?: readonly TextField[]
  /** Reads the text of embedded PDFs; without it they are counted. */
  readonly readPdf?: ReadPdf | null
}

export interface FreeText {
  readonly notes: readonly FoundNote[]
  /** What was not read of documents, one entry each: "PDF document not read: Discharge letter". */
  readonly documents: readonly string[]
}

/**
 * Every word that people typed, in the order of the message:
 *
 *     PV2-3         why the person came
 *     DG1-3, DG1-4  diagnoses
 *     NTE-3         comments; neighbours are one comment
 *     OBX-5         of types TX, FT, ST and coded text; neighbours with one OBX-3 and one OBX-4 are one note, in order
 *                   of OBX-1, since a sentence and its "no" may cross from one to the next
 *     Z…-n          as the settings name them
 */
export function readFreeText(
  { segments, escapes }: Message,
  { textFields = [], readPdf = null }: FreeTextOptions = {},
): FreeText {
  const notes: FoundNote[] = []
  const documents: string[] = []
  for (let index = 0; index < segments.length; ) {
    const run = runFrom(segments, index)
    index += run.length
    const [segment] = run
    if (segment === undefined) break
    const found = readRun(run, { escapes, textFields, readPdf })
    notes.push(...found.notes.filter(note => note.words.trim() !== ''))
    documents.push(...found.documents)
  }
  return { notes, documents }
}

/** The segment at `index` with the neighbours that continue it. */
function runFrom(segments: readonly Segment[], index: number): readonly Segment[] {
  const first = segments[index]
  let end = index + 1
  while (first !== undefined && continues(first, segments[end])) end++
  return segments.slice(index, end)
}

function continues(first: Segment, next: Segment | undefined): boolean {
  if (next?.name !== first.name) return false
  if (first.name === 'NTE') return true
  return (
    first.name === 'OBX' &&
    first.fields[3] === next.fields[3] &&
    (first.fields[4] ?? '') === (next.fields[4] ?? '')
  )
}

interface Reading extends Required<FreeTextOptions> {
  readonly escapes: Escapes
}

const nothing: FreeText = { notes: [], documents: [] }

function readRun(run: readonly Segment[], reading: Reading): FreeText {
  const { escapes, textFields } = reading
  const [first] = run
  switch (first?.name) {
    case 'PV2':
      return { ...nothing, notes: [codedNote('presenting complaint', { segment: first, field: 3 }, escapes)] }
    case 'DG1':
      return {
        ...nothing,
        notes: [3, 4].map(field => codedNote('diagnosis', { segment: first, field }, escapes)),
      }
    case 'NTE':
      return {
        ...nothing,
        notes: [joinedNote({ section: 'comment', field: 3, writtenAt: null }, run, escapes)],
      }
    case 'OBX':
      return readObservation(run, reading)
    default:
      return {
        ...nothing,
        notes: textFields
          .filter(({ segment }) => segment === first?.name)
          .map(({ segment, field }) =>
            joinedNote({ section: `${segment}-${field}`, field, writtenAt: null }, run, escapes),
          ),
      }
  }
}

/** OBX-11, HL7 table 0085: the words are kept and read, and the nurse sees that their writer took them back. */
const withdrawn = new Set(['D', 'W'])

function readObservation(run: readonly Segment[], reading: Reading): FreeText {
  const { escapes } = reading
  const ordered = inOrder(run)
  const [first] = ordered
  const name = labelOf(first, escapes)
  const lines: string[] = []
  const documents: string[] = []
  for (const segment of ordered) {
    for (const repetition of repetitionsOf(fieldOf(segment, 5), escapes)) {
      const { text, unread } = readValue(repetition, fieldOf(segment, 2), reading)
      if (unread !== null) documents.push(nameUnread(unread, name))
      if (unread === null || text !== '') lines.push(text)
    }
  }
  const isWithdrawn = ordered.some(segment => withdrawn.has(firstOf(segment, { field: 11 }, escapes)))
  return {
    documents,
    notes: [
      {
        section: isWithdrawn ? `${name} (withdrawn by the sender)` : name,
        words: lines.join('\n'),
        writtenAt: isoTimeOf(firstOf(first, { field: 14 }, escapes)),
        from: placeOf(run, 5),
      },
    ],
  }
}

function labelOf(segment: Segment | undefined, escapes: Escapes): string {
  const text = firstOf(segment, { field: 3, component: 2 }, escapes)
  const code = firstOf(segment, { field: 3 }, escapes)
  return text !== '' ? text : code !== '' ? code : 'document'
}

/** By set id, where every neighbour has one. */
function inOrder(run: readonly Segment[]): readonly Segment[] {
  const isNumbered = run.every(segment => /^\d+$/.test(segment.fields[1] ?? ''))
  return isNumbered ? run.toSorted((one, other) => Number(one.fields[1]) - Number(other.fields[1])) : run
}

/** Types of OBX-5 that hold no words of a note: numbers, times, names, addresses, identifiers. */
const wordless =
  /^(?:NM|SN|SI|DT|TM|TS|DTM|DR|CX|XPN|XCN|XAD|XON|XTN|PN|CN|AD|TN|PL|EI|HD|CP|MO|NA|MA|VR|EIP|CQ|NR)$/

function readValue(repetition: string, type: string, { escapes, readPdf }: Reading): ReadDocument {
  if (type === 'ED') return readEncapsulated(repetition, { escapes, readPdf })
  if (type === 'RP') return { text: '', unread: 'linked document not read' }
  return { text: readWords(repetition, type, escapes), unread: null }
}

function readWords(repetition: string, type: string, escapes: Escapes): string {
  if (wordless.test(type)) return ''
  if (/^(?:CE|CF|CWE|CNE)$/.test(type)) return codedText(repetition, escapes)
  // Text is one component, so a "&" or "^" that an engine forgot to escape is a letter as any other.
  return unescapeText(repetition, escapes)
}

/** The words of a coded value: text, else code, and where there is one the text of the other coding. */
function codedText(repetition: string, escapes: Escapes): string {
  if (componentsOf(repetition, escapes).length === 1) return unescapeText(repetition, escapes)
  const at = (component: number): string => componentOf(repetition, component, escapes)
  const texts = [at(2) || at(1), at(5), at(9)].filter(text => text !== '')
  return [...new Set(texts)].join('\n')
}

function codedNote(
  section: string,
  { segment, field }: { segment: Segment; field: number },
  escapes: Escapes,
): FoundNote {
  const words = repetitionsOf(fieldOf(segment, field), escapes).map(each => codedText(each, escapes))
  return { section, words: words.join('\n'), writtenAt: null, from: placeOf([segment], field) }
}

function joinedNote(
  note: { readonly section: string; readonly field: number; readonly writtenAt: string | null },
  run: readonly Segment[],
  escapes: Escapes,
): FoundNote {
  const words = inOrder(run).flatMap(segment =>
    repetitionsOf(fieldOf(segment, note.field), escapes).map(each => unescapeText(each, escapes)),
  )
  const { section, writtenAt } = note
  return { section, writtenAt, words: words.join('\n'), from: placeOf(run, note.field) }
}

function placeOf(run: readonly Segment[], field: number): string {
  const [first] = run
  const last = run.at(-1)
  if (first === undefined || last === undefined) return ''
  const numbers = first === last ? `${first.number}` : `${first.number} to ${last.number}`
  return `${first.name}[${numbers}]-${field}`
}
