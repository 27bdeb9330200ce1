import type { Attendance } from '../../../src/attendance/attendance.ts'
import { decodeFhir } from '../../../src/attendance/fhir/decode-fhir.ts'
import { makeBundle, nhsNumberSystem, subject, toXml } from './make-bundle.ts'

export type Wishes = Parameters<typeof makeBundle>[0]

export const options = {
  defaultTrust: 'RWP',
  receivedAt: '2026-03-01T10:00:00Z',
  readPdf: () => ({ text: 'text of the PDF', because: null }),
}

/** Every Bundle is written in both forms, and must be read alike. */
export const forms = [
  ['JSON', (bundle: Record<string, unknown>) => JSON.stringify(bundle)],
  ['XML', toXml],
] as const

/** Another child than the one of `makeBundle`. */
export const ellie = {
  resourceType: 'Patient',
  identifier: [{ system: nhsNumberSystem, value: '9990000026' }],
  name: [{ family: 'Elsewhere', given: ['Ellie'] }],
  birthDate: '2013-01-02',
}
export const otherUrl = 'urn:uuid:0f0e7f6a-0000-4000-8000-000000000009'

export function base64(text: string | Uint8Array): string {
  return Buffer.from(text).toString('base64')
}

export function documentOf(attachment: Record<string, unknown>, members: Record<string, unknown> = {}) {
  return { resource: { resourceType: 'DocumentReference', subject, content: [{ attachment }], ...members } }
}

interface ReadBundle extends Attendance {
  readonly words: readonly string[]
  readonly writtenAt: readonly (string | null)[]
}

/** Reads what is written in one of the forms. */
export function readerOf(write: (bundle: Record<string, unknown>) => string) {
  const decode = (wishes: Wishes) => decodeFhir(Buffer.from(write(makeBundle(wishes))), options)
  return {
    read: (wishes: Wishes): ReadBundle => {
      const decoded = decode(wishes)
      if (decoded.kind === 'unreadable') throw new Error(decoded.problem)
      const { notes } = decoded.attendance
      return Object.assign(decoded.attendance, {
        words: notes.map(note => `${note.section}: ${note.words}`),
        writtenAt: notes.map(note => note.writtenAt),
      })
    },
    problem: (wishes: Wishes): string => {
      const decoded = decode(wishes)
      return decoded.kind === 'unreadable' ? decoded.problem : 'was read'
    },
  }
}
