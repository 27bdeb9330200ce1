import type { DocumentPart } from '../attendance.ts'
import { firstOf, type Message } from './message.ts'

/**
 * MDM and ORU messages tell one document of a record, and leave the rest of it as it was:
 *
 *     MDM   TXA-12 names it, also where it is edited (T07, T08) or cancelled (T11);
 *           TXA-13 names the document that it replaces (T09, T10) or adds to (T05, T06)
 *     ORU   OBR-3 (else OBR-2) of its first order names it: a corrected result comes under the same
 *
 * One without a name is a document of its own, under the message's own id: nothing is ever put in its place. Only to
 * cancel a document it must be named.
 */
export function readDocumentPart(
  { header, segments, escapes }: Message,
  { type, event }: { readonly type: string; readonly event: string },
): DocumentPart | null | { readonly problem: string } {
  const at = (name: string, field: number): string =>
    firstOf(
      segments.find(segment => segment.name === name),
      { field },
      escapes,
    ).slice(0, idLengthMax)
  const unnamed = `message ${firstOf(header, { field: 10 }, escapes)}`.slice(0, idLengthMax)
  switch (type) {
    case 'MDM': {
      const parent = at('TXA', 13)
      const named = at('TXA', 12)
      if (event === 'T11' && named === '' && parent === '') {
        return { problem: 'TXA-12 is missing: it names the document that is cancelled' }
      }
      const id = named || (event === 'T11' ? parent : unnamed)
      return { id, replaces: replacing.has(event) && parent !== '' && parent !== id ? parent : null }
    }
    case 'ORU':
      return { id: at('OBR', 3) || at('OBR', 2) || unnamed, replaces: null }
    default:
      return null
  }
}

/** HL7 table 0003: a new document in the place of its parent, without and with its content. */
const replacing: ReadonlySet<string> = new Set(['T09', 'T10'])
/** EI.1 has 199 characters at most. */
const idLengthMax = 199
