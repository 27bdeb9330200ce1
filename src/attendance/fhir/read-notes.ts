import { nameUnread } from '../documents/count-unread.ts'
import { readMarkup } from '../documents/markup.ts'
import type { ReadPdf } from '../documents/read-document.ts'
import type { DraftNote } from '../draft.ts'
import type { Bundle, Entry } from './bundle.ts'
import { allOf, type FhirNode, oneOf, textOf, textsOf, typeOf } from './fhir-tree.ts'
import { type AttachmentPlace, readAttachment } from './read-attachment.ts'
import { wordsOf } from './read-codes.ts'

/** Free text of a Bundle, and what of it could not be read, each in a few words. */
export interface ReadNotes {
  readonly notes: readonly DraftNote[]
  readonly unread: readonly string[]
}

interface Found {
  readonly notes: DraftNote[]
  readonly unread: string[]
}

/** Who they are is read elsewhere; their narrative repeats it. */
const people = new Set(['Patient', 'RelatedPerson', 'Practitioner', 'PractitionerRole', 'Organization'])
const frames = new Set(['MessageHeader', 'Bundle', 'Binary', 'Location', 'HealthcareService', 'Endpoint'])
/** Where resources hold words: notes of STU3 and R4, comments of STU3, values of findings. */
const noteMembers = ['note'] as const
const textMembers = [
  ...['comment', 'description', 'conclusion', 'valueString', 'contentString', 'patientInstruction'],
] as const
const conceptMembers = ['code', 'valueCodeableConcept', 'valueCoding', 'reasonCode', 'reason'] as const
/** Parts that hold words of their own, beside the items of forms. */
const partMembers = ['component', 'payload', 'reaction'] as const
const attachmentMembers = ['presentedForm', 'contentAttachment', 'valueAttachment', 'content'] as const

/** The words of one resource of the patient. Without `readPdf` PDFs are counted. */
export function readNotes(
  entry: Entry,
  { bundle, readPdf }: { readonly bundle: Bundle; readonly readPdf: ReadPdf | null },
): ReadNotes {
  const found: Found = { notes: [], unread: [] }
  const type = typeOf(entry.resource) ?? ''
  if (people.has(type) || frames.has(type)) return found
  if (type === 'Composition') readComposition(entry.resource, found)
  else if (type === 'DocumentReference') readDocuments({ entry, bundle, readPdf, found })
  else readOther({ entry, bundle, readPdf, found }, sectionOf(type))
  return isWithdrawn(entry.resource) ? { ...found, notes: found.notes.map(asWithdrawn) } : found
}

export function holdsWords({ notes, unread }: ReadNotes): boolean {
  return notes.length + unread.length > 0
}

/** Taken back by the sender: the words are kept and read, and the nurse sees that they were. */
function isWithdrawn(resource: FhirNode): boolean {
  const states = ['status', 'docStatus', 'verificationStatus'].map(name => textOf(resource, name))
  const coded = allOf(oneOf(resource, 'verificationStatus'), 'coding').map(coding => textOf(coding, 'code'))
  return typeOf(resource) !== 'Encounter' && [...states, ...coded].includes('entered-in-error')
}

function asWithdrawn(note: DraftNote): DraftNote {
  return { ...note, section: `${note.section} (withdrawn by the sender)` }
}

/** Sections nest: each is a note of its own, named with the sections around it. */
function readComposition(composition: FhirNode, found: Found): void {
  const writtenAt = textOf(composition, 'date')
  readNarrative(composition, { section: 'document', found, writtenAt })
  for (const section of allOf(composition, 'section')) {
    readSection(section, { around: [], found, writtenAt })
  }
}

function readSection(
  section: FhirNode,
  place: { readonly around: readonly string[]; readonly found: Found; readonly writtenAt: string | null },
): void {
  const { around, found, writtenAt } = place
  const name = textOf(section, 'title') ?? wordsOf(oneOf(section, 'code'))[0] ?? 'section'
  const path = [...around, name]
  // What a person wrote in a section is its narrative, however its status calls it.
  addMarkup(textOf(oneOf(section, 'text'), 'div'), { section: path.join(' / '), found, writtenAt })
  for (const inner of allOf(section, 'section')) readSection(inner, { around: path, found, writtenAt })
}

function readDocuments({ found, ...place }: AttachmentPlace & { readonly found: Found }): void {
  const { resource } = place.entry
  // STU3 calls the date of a document "indexed".
  const writtenAt = textOf(resource, 'date') ?? textOf(resource, 'indexed')
  const section = wordsOf(oneOf(resource, 'type'))[0] ?? 'document'
  for (const words of textsOf(resource, 'description')) found.notes.push({ section, words, writtenAt })
  for (const content of allOf(resource, 'content')) {
    const attachment = oneOf(content, 'attachment')
    if (attachment === null) continue
    const { text, unread } = readAttachment(attachment, place)
    if (unread !== null) found.unread.push(nameUnread(unread, textOf(attachment, 'title') ?? section))
    if (text !== '') found.notes.push({ section, words: text, writtenAt })
  }
}

function readOther({ found, ...place }: AttachmentPlace & { readonly found: Found }, section: string): void {
  const { resource } = place.entry
  const writtenAt = textOf(resource, 'recordedDate') ?? textOf(resource, 'assertedDate')
  const words = [...wordsOfPart(resource), ...extensionWords(resource)]
  if (words.length > 0) found.notes.push({ section, words: words.join('\n'), writtenAt })
  readNarrative(resource, { section, found, writtenAt })
  for (const attachment of attachmentsOf(resource)) {
    const { text, unread } = readAttachment(attachment, place)
    if (unread !== null) found.unread.push(nameUnread(unread, textOf(attachment, 'title') ?? section))
    if (text !== '') found.notes.push({ section, words: text, writtenAt })
  }
}

/** The words of a resource or of a part of one, in the order in which forms ask and people answer. */
function wordsOfPart(part: FhirNode): readonly string[] {
  const concepts = conceptMembers.flatMap(name => allOf(part, name).flatMap(wordsOf))
  const answers = textsOf(part, 'valueBoolean').map(value => (value === 'true' ? 'yes' : 'no'))
  return [
    // "no" stands with what it denies: on a line of its own it would deny nothing.
    ...(answers.length > 0 ? [[...concepts, ...answers].join(': ')] : concepts),
    ...textMembers.flatMap(name => textsOf(part, name)),
    ...noteMembers.flatMap(name => allOf(part, name).flatMap(note => textsOf(note, 'text'))),
    ...partMembers.flatMap(name => allOf(part, name).flatMap(wordsOfPart)),
    ...allOf(part, 'item').flatMap(wordsOfItem),
  ]
}

/** A question of a form with its answers on one line, then the questions inside it. */
function wordsOfItem(item: FhirNode): readonly string[] {
  const answers = allOf(item, 'answer')
  const line = [...textsOf(item, 'text'), ...answers.flatMap(answer => wordsOfPart({ ...answer, item: [] }))]
  const inside = [item, ...answers].flatMap(part => allOf(part, 'item'))
  return [...(line.length > 0 ? [line.join(' ')] : []), ...inside.flatMap(wordsOfItem)]
}

function attachmentsOf(part: FhirNode): readonly FhirNode[] {
  return [
    ...attachmentMembers.flatMap(name => allOf(part, name)).filter(isAttachment),
    ...[...partMembers, 'item', 'answer'].flatMap(name => allOf(part, name).flatMap(attachmentsOf)),
  ]
}

function isAttachment(node: FhirNode): boolean {
  return ['contentType', 'data', 'url'].some(name => textOf(node, name) !== null)
}

/** A generated narrative repeats the resource, which is read itself. Any other may say more. */
function readNarrative(
  resource: FhirNode,
  place: { readonly section: string; readonly found: Found; readonly writtenAt: string | null },
): void {
  const narrative = oneOf(resource, 'text')
  if (textOf(narrative, 'status') === 'generated' && isReadWhole(resource)) return
  addMarkup(textOf(narrative, 'div'), place)
}

function isReadWhole(resource: FhirNode): boolean {
  return ['Composition', 'Condition', 'Encounter'].includes(typeOf(resource) ?? '')
}

function addMarkup(
  markup: string | null,
  { section, found, writtenAt }: { section: string; found: Found; writtenAt: string | null },
): void {
  if (markup === null) return
  const { text, isBroken } = readMarkup(markup)
  if (text !== '') found.notes.push({ section, words: text, writtenAt })
  if (isBroken) found.unread.push('section with broken markup shown as it came')
}

/** Words in extensions, which the UK profiles use: only of the resource itself, one level of nesting included. */
function extensionWords(resource: FhirNode): readonly string[] {
  return allOf(resource, 'extension').flatMap(extension =>
    [extension, ...allOf(extension, 'extension')].flatMap(each => [
      ...textsOf(each, 'valueString'),
      ...textsOf(each, 'valueMarkdown'),
      ...allOf(each, 'valueCodeableConcept').flatMap(concept => textsOf(concept, 'text')),
    ]),
  )
}

/** "presenting complaint" and "diagnosis" as wards call them; others by their type in words. */
function sectionOf(type: string): string {
  if (type === 'Encounter') return 'presenting complaint'
  if (type === 'Condition') return 'diagnosis'
  return type.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
}
