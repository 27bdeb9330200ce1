import { describe, expect, test } from 'vitest'
import type { Attendance } from '../../../src/attendance/attendance.ts'
import { decodeFhir } from '../../../src/attendance/fhir/decode-fhir.ts'
import {
  div,
  encounterUrl,
  kit,
  makeBundle,
  nhsNumberSystem,
  patientUrl,
  subject,
  toXml,
} from './make-bundle.ts'

const options = {
  defaultTrust: 'RWP',
  receivedAt: '2026-03-01T10:00:00Z',
  readPdf: () => ({ text: 'text of the PDF', because: null }),
}
const ellie = {
  resourceType: 'Patient',
  identifier: [{ system: nhsNumberSystem, value: '9990000026' }],
  name: [{ family: 'Elsewhere', given: ['Ellie'] }],
  birthDate: '2013-01-02',
}
const otherUrl = 'urn:uuid:0f0e7f6a-0000-4000-8000-000000000009'
const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64')

const forms = [
  ['JSON', (bundle: Record<string, unknown>) => JSON.stringify(bundle)],
  ['XML', toXml],
] as const

describe.each(forms)('in %s', (_form, write) => {
  const decode = (wishes: Parameters<typeof makeBundle>[0]) =>
    decodeFhir(Buffer.from(write(makeBundle(wishes))), options)
  const read = (
    wishes: Parameters<typeof makeBundle>[0],
  ): Attendance & { words: string[]; writtenAt: (string | null)[] } => {
    const decoded = decode(wishes)
    if (decoded.kind === 'unreadable') throw new Error(decoded.problem)
    return Object.assign(decoded.attendance, {
      words: decoded.attendance.notes.map(note => `${note.section}: ${note.words}`),
      writtenAt: decoded.attendance.notes.map(note => note.writtenAt),
    })
  }
  const problem = (wishes: Parameters<typeof makeBundle>[0]): string => {
    const decoded = decode(wishes)
    return decoded.kind === 'unreadable' ? decoded.problem : 'was read'
  }

  test('a document tells who came, when and what was written', () => {
    expect(read({})).toMatchObject({
      source: 'fhir',
      trust: 'RWP',
      attendanceId: 'E2604117',
      kind: 'new',
      recordedAt: '2026-03-01T09:41:00Z',
      arrivedAt: '2026-03-01T09:30:00Z',
      ageOnArrival: 14,
      patient: {
        nhsNumber: '9990000018',
        localId: 'W104411',
        family: 'Ashdown',
        given: 'Kit',
        birthDate: '2011-05-30',
        sex: 'male',
        postcode: 'WR5 1CV',
        address: '4 Mill Lane, Worcester',
      },
      words: ['Triage: 14M lac L forearm'],
      partsUnread: [],
    })
  })

  const condition = (members: Record<string, unknown>) => ({
    resource: { resourceType: 'Condition', subject, ...members },
  })
  const document = (attachment: Record<string, unknown>, members: Record<string, unknown> = {}) => ({
    resource: { resourceType: 'DocumentReference', subject, content: [{ attachment }], ...members },
  })
  const s51 = {
    coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'S51.8', display: 'Open wound of forearm' }],
  }

  test.each([
    [
      'sections nest, each a note named with those around it',
      { composition: { section: [{ title: 'Clinical', section: [{ title: 'Plan', text: div('home') }] }] } },
      { words: ['Clinical / Plan: home'] },
    ],
    [
      'a section without a title is named by its code',
      { composition: { section: [{ code: { text: 'History' }, text: div('fell') }] } },
      { words: ['History: fell'] },
    ],
    [
      'a section whose narrative was generated is read all the same',
      { composition: { section: [{ title: 'Plan', text: div('<b>kni</b>fe', 'generated') }] } },
      { words: ['Plan: knife'] },
    ],
    [
      'a reason in R4',
      { composition: null, encounter: { reasonCode: [{ text: 'stab wound' }] } },
      { words: ['presenting complaint: stab wound'] },
    ],
    [
      'a reason in STU3, several of them',
      { composition: null, encounter: { reason: [{ text: 'stab wound' }, { text: 'intoxicated' }] } },
      { words: ['presenting complaint: stab wound\nintoxicated'] },
    ],
    [
      'a reason that is only coded is read as it is shown',
      {
        composition: null,
        encounter: {
          reasonCode: [
            { coding: [{ system: 'http://snomed.info/sct', code: '283545005', display: 'Gunshot wound' }] },
          ],
        },
      },
      {
        words: ['presenting complaint: Gunshot wound'],
        codes: [{ system: 'snomed', code: '283545005', display: 'Gunshot wound' }],
      },
    ],
    [
      'a condition gives its code, and its note is text',
      { composition: null, more: [condition({ code: s51, note: [{ text: 'on a gate' }] })] },
      {
        words: ['diagnosis: Open wound of forearm\non a gate'],
        codes: [{ system: 'icd10', code: 'S51.8', display: 'Open wound of forearm' }],
      },
    ],
    [
      'a condition that was refuted keeps its words and loses its code (R4)',
      {
        composition: null,
        more: [condition({ code: s51, verificationStatus: { coding: [{ code: 'refuted' }] } })],
      },
      { words: ['diagnosis: Open wound of forearm'], codes: [] },
    ],
    [
      'a condition that was entered in error keeps its words and loses its code (STU3)',
      { composition: null, more: [condition({ code: s51, verificationStatus: 'entered-in-error' })] },
      { words: ['diagnosis (withdrawn by the sender): Open wound of forearm'], codes: [] },
    ],
    [
      'a condition that was entered in error is said to be (R4)',
      {
        composition: null,
        more: [condition({ code: s51, verificationStatus: { coding: [{ code: 'entered-in-error' }] } })],
      },
      { words: ['diagnosis (withdrawn by the sender): Open wound of forearm'], codes: [] },
    ],
    [
      'a document that was entered in error keeps its words, and is said to be',
      {
        composition: null,
        more: [
          document({ contentType: 'text/plain', data: base64('knife') }, { status: 'entered-in-error' }),
        ],
      },
      { words: ['document (withdrawn by the sender): knife'], kind: 'new' },
    ],
    [
      'a Composition that was entered in error, too',
      { composition: { status: 'entered-in-error' } },
      { words: ['Triage (withdrawn by the sender): 14M lac L forearm'], kind: 'new' },
    ],
    [
      'a modifierExtension may turn words round: they are read, and it is said',
      {
        composition: null,
        more: [condition({ code: { text: 'cut' }, modifierExtension: [{ url: 'urn:x' }] })],
      },
      {
        words: ['diagnosis: cut'],
        partsUnread: ['1 part with a modifierExtension that Wren does not know: read as if it were without'],
      },
    ],
    [
      'a Condition of STU3 names its Encounter as context, of R4 as encounter',
      {
        composition: null,
        more: [
          condition({
            code: { text: 'one' },
            context: { reference: encounterUrl },
            clinicalStatus: 'active',
          }),
          condition({
            code: { text: 'two' },
            encounter: { reference: encounterUrl },
            clinicalStatus: { coding: [{ code: 'active' }] },
          }),
        ],
      },
      { words: ['diagnosis: one', 'diagnosis: two'] },
    ],
    [
      'a DocumentReference has its date as indexed in STU3, and one context or several',
      {
        composition: null,
        more: [
          document(
            { contentType: 'text/plain', data: base64('one') },
            { indexed: '2026-03-01T09:50:00Z', context: { encounter: { reference: encounterUrl } } },
          ),
          document(
            { contentType: 'text/plain', data: base64('two') },
            { date: '2026-03-01T09:55:00Z', context: { encounter: [{ reference: encounterUrl }] } },
          ),
        ],
      },
      {
        writtenAt: ['2026-03-01T09:50:00Z', '2026-03-01T09:55:00Z'],
        words: ['document: one', 'document: two'],
      },
    ],
    [
      'a message of R4 names its event as a coding, one of STU3 as event',
      {
        type: 'message',
        more: [
          {
            resource: {
              resourceType: 'MessageHeader',
              event: { code: 'ITK008M' },
              eventCoding: { code: 'x' },
              source: { name: 'ED Worcester' },
            },
          },
        ],
      },
      { source: 'ED-Worcester', words: ['Triage: 14M lac L forearm'] },
    ],
    [
      'a form is read with its questions and its answers, however deep',
      {
        composition: null,
        more: [
          {
            resource: {
              resourceType: 'QuestionnaireResponse',
              subject,
              item: [
                {
                  text: 'Safeguarding',
                  item: [
                    { text: 'Weapon?', answer: [{ valueString: 'states knife in bag' }] },
                    { text: 'Gang?', answer: [{ valueBoolean: false }] },
                    { text: 'Who with?', answer: [{ valueCoding: { display: 'Older friends' } }] },
                  ],
                },
              ],
            },
          },
        ],
      },
      {
        words: [
          'questionnaire response: Safeguarding\nWeapon? states knife in bag\nGang? no\nWho with? Older friends',
        ],
      },
    ],
    [
      'a report gives its conclusion and the letter that presents it',
      {
        composition: null,
        more: [
          {
            resource: {
              resourceType: 'DiagnosticReport',
              subject,
              conclusion: 'No fracture',
              presentedForm: [{ contentType: 'text/plain', data: base64('Stab wound') }],
            },
          },
        ],
      },
      { words: ['diagnostic report: No fracture', 'diagnostic report: Stab wound'] },
    ],
    [
      'what people wrote to each other, and what they attached',
      {
        composition: null,
        more: [
          {
            resource: {
              resourceType: 'Communication',
              subject,
              payload: [
                { contentString: 'Mum rang' },
                { contentAttachment: { contentType: 'image/png', data: base64('x'), title: 'Photo' } },
              ],
            },
          },
        ],
      },
      { words: ['communication: Mum rang'], partsUnread: ['1 picture not read: Photo'] },
    ],
    [
      'the parts of a finding',
      {
        composition: null,
        more: [
          {
            resource: {
              resourceType: 'Observation',
              subject,
              component: [{ code: { text: 'Mechanism' }, valueString: 'machete' }],
            },
          },
        ],
      },
      { words: ['observation: Mechanism\nmachete'] },
    ],
    [
      'a finding of yes or no stands with what it answers',
      {
        composition: null,
        more: [
          {
            resource: {
              resourceType: 'Observation',
              subject,
              code: { text: 'Weapon seen' },
              valueBoolean: false,
            },
          },
        ],
      },
      { words: ['observation: Weapon seen: no'] },
    ],
    [
      'an hour that came twice is the first, and it is said',
      { encounter: { period: { start: '2025-10-26T01:30:00' } } },
      {
        arrivedAt: '2025-10-26T00:30:00Z',
        partsUnread: ['arrival not certain: its hour came twice that night, and the first is shown'],
      },
    ],
    [
      'a code of another system is no code',
      {
        composition: null,
        more: [condition({ code: { coding: [{ system: 'http://read.info', code: 'XE1' }], text: 'cut' } })],
      },
      { words: ['diagnosis: cut'], codes: [] },
    ],
    [
      'plain text attached is read',
      { composition: null, more: [document({ contentType: 'text/plain', data: base64('knife\nin bag') })] },
      { words: ['document: knife\nin bag'] },
    ],
    [
      'plain text attached in Windows-1252 is read, whatever it says it is',
      {
        composition: null,
        more: [
          document({
            contentType: 'text/plain; charset=utf-8',
            data: base64(Uint8Array.of(0x5a, 0x6f, 0xeb, 0x92, 0x73)),
          }),
        ],
      },
      { words: ['document: Zoë’s'] },
    ],
    [
      'HTML attached is read, named by its type',
      {
        composition: null,
        more: [
          document(
            { contentType: 'text/html', data: base64('<p>a</p><p>b</p>') },
            { type: { text: 'ED letter' } },
          ),
        ],
      },
      { words: ['ED letter: a\nb'] },
    ],
    [
      'a PDF is read',
      {
        composition: null,
        more: [
          document(
            { contentType: 'application/pdf', data: base64('%PDF-1.4') },
            { type: { text: 'Letter' } },
          ),
        ],
      },
      { words: ['Letter: text of the PDF'], partsUnread: [] },
    ],
    [
      'RTF is read',
      {
        composition: null,
        more: [document({ contentType: 'text/rtf', data: base64('{\\rtf1 kn{\\b i}fe}') })],
      },
      { words: ['document: knife'], partsUnread: [] },
    ],
    [
      'what is not read is named by its title',
      {
        composition: null,
        more: [document({ contentType: 'image/jpeg', title: 'Photo of the hand', data: base64('x') })],
      },
      { words: [], partsUnread: ['1 picture not read: Photo of the hand'] },
    ],
    [
      'what calls itself a PDF and is none is counted',
      { composition: null, more: [document({ contentType: 'application/pdf', data: base64('%PDF') })] },
      { words: [], partsUnread: ['1 PDF document not read'] },
    ],
    [
      'two PDFs are counted together',
      {
        composition: null,
        more: [1, 2].map(() => document({ contentType: 'application/pdf', data: base64('%PDF') })),
      },
      { partsUnread: ['2 PDF documents not read'] },
    ],
    [
      'text that is only pointed at is counted',
      { composition: null, more: [document({ contentType: 'text/plain', url: 'https://store.example/1' })] },
      { words: [], partsUnread: ['1 document only pointed at, not read'] },
    ],
    [
      'text in a Binary of the Bundle is read (R4)',
      {
        composition: null,
        more: [
          document({ contentType: 'text/plain', url: 'urn:uuid:b' }),
          {
            fullUrl: 'urn:uuid:b',
            resource: { resourceType: 'Binary', contentType: 'text/plain', data: base64('knife') },
          },
        ],
      },
      { words: ['document: knife'] },
    ],
    [
      'text in a Binary of the Bundle is read (STU3)',
      {
        composition: null,
        more: [
          document({ url: 'urn:uuid:b' }),
          {
            fullUrl: 'urn:uuid:b',
            resource: { resourceType: 'Binary', contentType: 'text/plain', content: base64('knife') },
          },
        ],
      },
      { words: ['document: knife'] },
    ],
    [
      'an attachment that was cut short is counted, not half read',
      { composition: null, more: [document({ contentType: 'text/plain', data: 'a25pZmUgaW4gYm' })] },
      { words: [], partsUnread: ['1 document not read (broken Base64)'] },
    ],
    [
      'a finding is read, with its narrative',
      {
        composition: null,
        more: [
          {
            resource: {
              resourceType: 'Observation',
              subject,
              code: { text: 'Safeguarding' },
              valueString: 'gang',
              text: div('older brother'),
            },
          },
        ],
      },
      { words: ['observation: Safeguarding\ngang', 'observation: older brother'] },
    ],
    [
      'words in an extension of the Encounter are read',
      {
        composition: null,
        encounter: { extension: [{ url: 'https://x.example/injury', valueString: 'hit with bat' }] },
      },
      { words: ['presenting complaint: hit with bat'] },
    ],
    [
      'broken markup is shown as it came, and said',
      { composition: null, more: [document({ contentType: 'text/html', data: base64('a <knife b') })] },
      {
        words: ['document: a <knife b'],
        partsUnread: ['1 web document with broken markup shown as it came'],
      },
    ],
    [
      'an NHS number is known by its system',
      { patient: { identifier: [{ system: 'urn:x', value: '9990000018' }] } },
      { patient: { nhsNumber: null, localId: '9990000018' } },
    ],
    [
      'a spaced NHS number is one',
      { patient: { identifier: [{ system: nhsNumberSystem, value: '999 000 0018' }] } },
      { patient: { nhsNumber: '9990000018' } },
    ],
    [
      'a number that fails its check is shown and never matched on',
      { patient: { identifier: [{ system: nhsNumberSystem, value: '9999999999' }] } },
      { patient: { nhsNumber: null, nhsNumberRefused: '9999999999' } },
    ],
    [
      'two NHS numbers that differ are none',
      {
        patient: {
          identifier: [
            { system: nhsNumberSystem, value: '9990000018' },
            { system: nhsNumberSystem, value: '9990000026' },
          ],
        },
      },
      {
        patient: { nhsNumber: null, nhsNumberRefused: null },
        partsUnread: ['2 NHS numbers that differ: none is used'],
      },
    ],
    [
      'a child without a number is read',
      { patient: { identifier: [] } },
      { patient: { nhsNumber: null, localId: null } },
    ],
    [
      'the official name goes before an old one',
      {
        patient: {
          name: [
            { use: 'old', family: 'Before' },
            { use: 'official', family: 'Now', given: ['Kit', 'Lee'] },
          ],
        },
      },
      { patient: { family: 'Now', given: 'Kit Lee' } },
    ],
    [
      'a name in one text is kept',
      { patient: { name: [{ text: 'Kit Ashdown' }] } },
      { patient: { family: 'Kit Ashdown', given: null } },
    ],
    [
      'no birth date is an unknown age',
      { patient: { birthDate: undefined } },
      { ageOnArrival: null, patient: { birthDate: null } },
    ],
    [
      'a birth date of 1 January 1900 is an unknown age, and no old person',
      { patient: { birthDate: '1900-01-01' } },
      { ageOnArrival: null, patient: { birthDate: null } },
    ],
    [
      'a birth date without a day is an unknown age, and said',
      { patient: { birthDate: '2011-05' } },
      { ageOnArrival: null, partsUnread: ['birth date not read: it has no day'] },
    ],
    [
      'a time with an offset',
      { encounter: { period: { start: '2026-03-01T10:30:00+01:00' } } },
      { arrivedAt: '2026-03-01T09:30:00Z' },
    ],
    [
      'a time without a zone is London’s',
      { encounter: { period: { start: '2025-07-01T10:30:00' } } },
      { arrivedAt: '2025-07-01T09:30:00Z' },
    ],
    [
      'a day alone is its first minute',
      { encounter: { period: { start: '2025-07-01' } } },
      { arrivedAt: '2025-06-30T23:00:00Z' },
    ],
    ['an Encounter that was cancelled', { encounter: { status: 'cancelled' } }, { kind: 'cancel' }],
    ['an Encounter entered in error', { encounter: { status: 'entered-in-error' } }, { kind: 'cancel' }],
    [
      'STU3 has its time and its sender in the MessageHeader',
      {
        type: 'message',
        composition: null,
        bundle: { timestamp: undefined },
        more: [
          {
            resource: {
              resourceType: 'MessageHeader',
              timestamp: '2026-03-01T09:45:00Z',
              source: { name: 'ED System' },
            },
          },
        ],
      },
      { source: 'ED-System', recordedAt: '2026-03-01T09:45:00Z' },
    ],
    [
      'the trust and the site are those of the organisations that are named',
      {
        encounter: {
          serviceProvider: { reference: 'urn:uuid:o' },
          location: [{ location: { display: 'Minors' } }],
        },
        more: [
          {
            fullUrl: 'urn:uuid:o',
            resource: {
              resourceType: 'Organization',
              identifier: [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'RXX50' }],
            },
          },
        ],
      },
      { trust: 'RXX', site: 'RXX50', department: 'Minors' },
    ],
    [
      'a practice is found by a reference to what the Patient contains',
      {
        patient: {
          generalPractitioner: [{ reference: '#gp' }],
          contained: [{ resourceType: 'Organization', id: 'gp', name: 'Foregate Mill' }],
        },
      },
      { patient: { gpPractice: 'Foregate Mill' } },
    ],
  ])('%s', (_claim, wishes, expected) => {
    expect(read(wishes)).toMatchObject(expected)
  })

  const twoPatients = { fullUrl: otherUrl, resource: ellie }
  test.each([
    [
      'the Encounter’s subject decides',
      { more: [twoPatients] },
      { patient: { family: 'Ashdown', nhsNumber: '9990000018', birthDate: '2011-05-30' } },
    ],
    [
      'what names the other child is left out and counted',
      {
        more: [
          twoPatients,
          { resource: { resourceType: 'Condition', subject: { reference: otherUrl }, code: s51 } },
        ],
      },
      {
        codes: [],
        words: ['Triage: 14M lac L forearm'],
        partsUnread: ['1 part left out: it names another patient, or none of several'],
      },
    ],
    [
      'what names neither child is left out and counted',
      { more: [twoPatients, { resource: { resourceType: 'Condition', code: s51 } }] },
      { codes: [], partsUnread: ['1 part left out: it names another patient, or none of several'] },
    ],
    [
      'a patient that is not in the message is nobody, and the text is scanned',
      { patient: null, more: [] },
      {
        ageOnArrival: null,
        patient: { family: null, nhsNumber: null },
        words: ['Triage: 14M lac L forearm'],
        partsUnread: ['patient not read: not in the message'],
      },
    ],
    [
      'a lone Patient who is not the Encounter’s subject is not taken for it',
      { encounter: { subject: { reference: 'urn:uuid:who' } }, composition: null },
      { patient: { family: null }, partsUnread: ['patient not read: not in the message'] },
    ],
    [
      'a subject named by an identifier alone',
      {
        encounter: { subject: { identifier: { system: nhsNumberSystem, value: '9990000018' } } },
        more: [twoPatients],
      },
      { patient: { family: 'Ashdown' } },
    ],
    [
      'a relative reference means its own server',
      {
        patient: null,
        composition: null,
        encounter: { subject: { reference: 'Patient/1' }, id: '5' },
        more: [{ fullUrl: 'https://a.example/fhir/Patient/1', resource: { ...kit, id: '1' } }],
      },
      { patient: { family: 'Ashdown' } },
    ],
  ])('two children are never mixed: %s', (_claim, wishes, expected) => {
    expect(read(wishes)).toMatchObject(expected)
  })

  test.each([
    [
      'no subject, two Patients',
      { encounter: { subject: undefined }, composition: null, more: [twoPatients] },
      /2 Patients, and Encounter.subject does not say/,
    ],
    [
      'a subject who is neither',
      { encounter: { subject: { reference: 'urn:uuid:who' } }, composition: null, more: [twoPatients] },
      /2 Patients/,
    ],
    ['two Patients at one address', { more: [{ fullUrl: patientUrl, resource: ellie }] }, /2 Patients/],
    [
      'a document of another child',
      { composition: { subject: { reference: otherUrl } }, more: [twoPatients] },
      /Composition.subject is not the patient/,
    ],
    [
      'two Encounters',
      {
        more: [
          {
            fullUrl: otherUrl,
            resource: { resourceType: 'Encounter', subject, identifier: [{ value: 'E9' }] },
          },
        ],
      },
      /2 Encounters/,
    ],
    ['no attendance id', { encounter: { identifier: [], id: undefined } }, /Encounter.identifier is missing/],
    [
      'an id that is no ASCII',
      { encounter: { identifier: [{ value: 'É1' }] } },
      /Encounter.identifier: expected printable ASCII/,
    ],
    [
      'a Bundle of search results',
      { type: 'searchset' },
      /Bundle.type: expected message, document or collection/,
    ],
    [
      'an arrival in the future',
      { encounter: { period: { start: '2031-03-01T09:30:00Z' } } },
      /Encounter.period.start lies in the future/,
    ],
    [
      'an arrival that is no time',
      { encounter: { period: { start: 'about nine' } } },
      /Encounter.period.start is no date and time/,
    ],
    ['a birth date of two digits', { patient: { birthDate: '11-05-30' } }, /Patient.birthDate is no day/],
    [
      'a birth after the arrival',
      { patient: { birthDate: '2026-03-02' } },
      /Patient.birthDate lies in the future/,
    ],
    [
      'a trust that is no code',
      {
        encounter: {
          serviceProvider: {
            identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: '??' },
          },
        },
      },
      /Encounter.serviceProvider: expected an ODS code/,
    ],
  ])('%s is unreadable, and said', (_what, wishes, words) => {
    expect(problem(wishes)).toMatch(words)
  })

  test('which of two Encounters is meant, a document may say', () => {
    const history = {
      fullUrl: otherUrl,
      resource: { resourceType: 'Encounter', subject, identifier: [{ value: 'E9' }] },
    }
    expect(
      read({ composition: { encounter: { reference: encounterUrl } }, more: [history] }).attendanceId,
    ).toBe('E2604117')
  })
})

describe('what only one form can break', () => {
  const problemOf = (text: string | Uint8Array): string => {
    const decoded = decodeFhir(Buffer.from(text), options)
    return decoded.kind === 'unreadable' ? decoded.problem : 'was read'
  }
  const xml = toXml(makeBundle())
  const json = JSON.stringify(makeBundle())

  test.each([
    ['nothing', '', /empty/],
    ['half a message', json.slice(0, -20), /not JSON/],
    ['a list', '[]', /no FHIR resource/],
    ['a resource alone', JSON.stringify(kit), /no Bundle/],
    ['a key twice', json.replace('"type":"document"', '"type":"message","type":"document"'), /twice/],
    ['brackets only', '['.repeat(100_000), /nested more than/],
    [
      'a document type',
      xml.replace('<Bundle', '<!DOCTYPE Bundle SYSTEM "https://evil.example/x.dtd"><Bundle'),
      /document type/,
    ],
    [
      'an entity that grows',
      xml.replace('<Bundle', '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Bundle'),
      /document type/,
    ],
    ['an entity that nobody knows', xml.replace('14M', '&wren;'), /no well-formed XML: broken at line/],
    ['a tag that is not closed', xml.replace('</Patient>', ''), /no well-formed XML/],
    ['XML that is not FHIR', '<html xmlns="http://www.w3.org/TR"><p/></html>', /not FHIR/],
    ['XML nested too deep', `<Bundle xmlns="http://hl7.org/fhir">${'<a>'.repeat(100)}`, /nested more than/],
    ['narrative nested too deep', xml.replace('<p>', '<b>'.repeat(1_000)), /nested more than/],
    [
      'two resources in one place',
      xml.replace('<resource><Patient>', '<resource><Patient></Patient><Patient>'),
      /two resources/,
    ],
    ['NUL in a text', json.replace('14M', '\\u0000'), /NUL or half of a surrogate pair/],
    ['too large', new Uint8Array(10 * 1024 * 1024 + 1), /at most 10485760 are read/],
  ])('%s', (_what, text, words) => {
    expect(problemOf(text)).toMatch(words)
    expect(problemOf(text)).not.toMatch(/Ashdown|forearm|9990000018/)
  })

  test.each([
    ['entities of HTML in XML', xml.replace('14M', 'caf&eacute;&nbsp;'), 'café\u00a0 lac L forearm'],
    [
      'a narrative with a prefix',
      xml
        .replace(/<div xmlns="[^"]+"><p>/, '<h:div xmlns:h="http://www.w3.org/1999/xhtml"><h:p>')
        .replace('</p></div>', '</h:p></h:div>'),
      '14M lac L forearm',
    ],
    ['CDATA in a narrative', xml.replace('14M', '<![CDATA[14M <16]]>'), '14M <16 lac L forearm'],
    ['XML in Windows-1252', Buffer.from(xml.replace('14M', 'Zo\u00eb'), 'latin1'), 'Zoë lac L forearm'],
    ['a byte-order mark', `\ufeff${xml}`, '14M lac L forearm'],
    ['a byte-order mark before JSON', `\ufeff${json}`, '14M lac L forearm'],
  ])('%s', (_what, text, words) => {
    const decoded = decodeFhir(Buffer.from(text), options)
    expect(decoded.kind === 'attendance' && decoded.attendance.notes.map(note => note.words)).toEqual([words])
  })
})
