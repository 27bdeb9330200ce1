import { nhsNumberSystem, toXml } from '../attendance/fhir/make-bundle.ts'

/** One story of one child, as six kinds of feed tell it. */
const complaint = 'Assault'
const triage = '14M lac L forearm, states caught on gate.\nFriend says kinfe, denies gang.'
export const wrenJson = JSON.stringify({
  source: 'ed-worcester',
  attendanceId: 'E2604117',
  trust: 'RWP',
  site: 'RWP50',
  department: 'Minors',
  recordedAt: '2026-03-01T09:41:00Z',
  arrivedAt: '2026-03-01T09:30:00Z',
  patient: {
    nhsNumber: '999 000 0018',
    localId: 'W104411',
    family: 'Ashdown',
    given: 'Kit',
    birthDate: '2011-05-30',
    sex: 'male',
    postcode: 'WR5 1CV',
    address: '4 Mill Lane, Worcester',
  },
  notes: [
    { section: 'presenting complaint', text: complaint },
    { section: 'triage', text: triage },
    { section: 'diagnosis', text: 'Open wound of forearm' },
  ],
  codes: [{ system: 'icd10', code: 'S51.8', display: 'Open wound of forearm' }],
})

export const hl7v2 = [
  'MSH|^~\\&|ed-worcester|RWP|WREN|RWP|20260301094100||ADT^A04^ADT_A01|M1|P|2.4|||AL|NE||UNICODE UTF-8',
  'EVN|A04|20260301094100',
  'PID|1||999 000 0018^^^NHS^NH~W104411^^^RWP^MR||Ashdown^Kit^^^^^L||20110530|M|||4 Mill Lane^^Worcester^^WR5 1CV^^H',
  `PV1|1|E|Minors^^^RWP50||||||||||||||||E2604117${'|'.repeat(25)}20260301093000`,
  `PV2|||^${complaint}`,
  `OBX|1|FT|TRIAGE^triage||${triage.replace('\n', '\\.br\\')}||||||F`,
  'DG1|1||S51.8^Open wound of forearm^I10',
].join('\r')

const patientUrl = 'urn:uuid:0f0e7f6a-0000-4000-8000-000000000001'
const subject = { reference: patientUrl }
const div = (inner: string) => `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>`
const diagnosis = {
  coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'S51.8', display: 'Open wound of forearm' }],
}

function bundle(version: {
  readonly timestamp: Record<string, string>
  readonly header: Record<string, unknown>
  readonly condition: Record<string, unknown>
}): Record<string, unknown> {
  return {
    resourceType: 'Bundle',
    type: 'message',
    ...version.timestamp,
    entry: [
      {
        resource: {
          resourceType: 'MessageHeader',
          source: { name: 'ed-worcester', endpoint: 'urn:x' },
          ...version.header,
        },
      },
      {
        resource: {
          resourceType: 'Composition',
          subject,
          section: [
            { title: 'presenting complaint', text: { div: div(`<p>${complaint}</p>`) } },
            {
              title: 'triage',
              text: { div: div(triage.replace('\n', '<br/>').replace('kinfe', '<b>kin</b>fe')) },
            },
          ],
        },
      },
      {
        fullUrl: 'urn:uuid:0f0e7f6a-0000-4000-8000-000000000002',
        resource: {
          resourceType: 'Encounter',
          identifier: [{ value: 'E2604117' }],
          status: 'in-progress',
          subject,
          period: { start: '2026-03-01T09:30:00+00:00' },
          serviceProvider: {
            identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'RWP50' },
          },
          location: [{ location: { display: 'Minors' } }],
        },
      },
      {
        fullUrl: patientUrl,
        resource: {
          resourceType: 'Patient',
          identifier: [
            { system: nhsNumberSystem, value: '9990000018' },
            { system: 'https://worcester.example/Id/hospital-number', value: 'W104411' },
          ],
          name: [{ use: 'official', family: 'Ashdown', given: ['Kit'] }],
          gender: 'male',
          birthDate: '2011-05-30',
          address: [{ use: 'home', line: ['4 Mill Lane'], city: 'Worcester', postalCode: 'WR5 1CV' }],
        },
      },
      { resource: { resourceType: 'Condition', subject, code: diagnosis, ...version.condition } },
    ],
  }
}
const r4Bundle = bundle({
  timestamp: { timestamp: '2026-03-01T09:41:00Z' },
  header: { eventCoding: { code: 'discharge-details' } },
  condition: { verificationStatus: { coding: [{ code: 'confirmed' }] } },
})
const stu3Bundle = bundle({
  timestamp: {},
  header: { event: { code: 'ITK008M' }, timestamp: '2026-03-01T09:41:00Z' },
  condition: { verificationStatus: 'confirmed' },
})

export const csvMapping = `
wren: 1
format: csv
source: ed-worcester
dates: dd/MM/yyyy
times: dd/MM/yyyy HH:mm
fields:
  { attendanceId: Att No, trust: { is: RWP }, site: Site, department: Area, recordedAt: Recorded, arrivedAt: Arrival,
    nhsNumber: NHS No, localId: Hosp No, family: Surname, given: Forename, birthDate: DOB, sex: Sex,
    address: Address, postcode: Postcode }
notes:
  - { section: presenting complaint, text: Complaint }
  - { section: triage, text: Triage }
  - { section: diagnosis, text: Diagnosis }
codes: [{ system: icd10, code: ICD10, display: Diagnosis }]
`
export const csv = `Att No,Site,Area,Recorded,Arrival,NHS No,Hosp No,Surname,Forename,DOB,Sex,Address,Postcode,Complaint,Triage,ICD10,Diagnosis
E2604117,RWP50,Minors,01/03/2026 09:41,01/03/2026 09:30,9990000018,W104411,Ashdown,Kit,30/05/2011,M,"4 Mill Lane, Worcester",WR5 1CV,${complaint},"${triage}",S51.8,Open wound of forearm
`
export const jsonMapping = `
wren: 1
format: json
source: ed-worcester
fields:
  { attendanceId: visit.id, trust: { is: RWP }, site: visit.site, department: visit.area, recordedAt: visit.saved,
    arrivedAt: visit.start, nhsNumber: who.nhs, localId: who.mrn, family: who.last, given: who.first,
    birthDate: who.born, sex: who.sex, address: who.address, postcode: who.postcode }
notes: [{ each: "visit.texts[*]", section: { from: kind }, text: said }]
codes: [{ each: "visit.codes[*]", system: icd10, code: c, display: d }]
`
export const engineJson = JSON.stringify({
  visit: {
    ...{
      id: 'E2604117',
      site: 'RWP50',
      area: 'Minors',
      saved: '2026-03-01T09:41:00',
      start: '2026-03-01T09:30:00',
    },
    texts: [
      { kind: 'presenting complaint', said: complaint },
      { kind: 'triage', said: triage },
      { kind: 'diagnosis', said: 'Open wound of forearm' },
    ],
    codes: [{ c: 'S51.8', d: 'Open wound of forearm' }],
  },
  who: {
    ...{ nhs: '9990000018', mrn: 'W104411', last: 'Ashdown', first: 'Kit', born: '2011-05-30', sex: 'M' },
    ...{ address: '4 Mill Lane, Worcester', postcode: 'WR5 1CV' },
  },
})

export const fhirR4 = { json: JSON.stringify(r4Bundle), xml: toXml(r4Bundle) }
export const fhirStu3 = { json: JSON.stringify(stu3Bundle), xml: toXml(stu3Bundle) }
