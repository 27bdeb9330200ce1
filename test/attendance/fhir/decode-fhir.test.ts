import { describe, expect, test } from 'vitest'
import { decodeFhir } from '../../../src/attendance/fhir/decode-fhir.ts'
import { ellie, forms, options, otherUrl, readerOf } from './in-both-forms.ts'
import { encounterUrl, kit, makeBundle, nhsNumberSystem, patientUrl, subject, toXml } from './make-bundle.ts'

describe.each(forms)('in %s', (_form, write) => {
  const { read, problem } = readerOf(write)

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

  const s51 = {
    coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'S51.8', display: 'Open wound of forearm' }],
  }

  test.each([
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
