import { describe, expect, test } from 'vitest'
import { base64, documentOf, forms, readerOf } from './in-both-forms.ts'
import { div, encounterUrl, subject } from './make-bundle.ts'

describe.each(forms)('in %s', (_form, write) => {
  const { read } = readerOf(write)

  const condition = (members: Record<string, unknown>) => ({
    resource: { resourceType: 'Condition', subject, ...members },
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
          documentOf({ contentType: 'text/plain', data: base64('knife') }, { status: 'entered-in-error' }),
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
          documentOf(
            { contentType: 'text/plain', data: base64('one') },
            { indexed: '2026-03-01T09:50:00Z', context: { encounter: { reference: encounterUrl } } },
          ),
          documentOf(
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
      { composition: null, more: [documentOf({ contentType: 'text/html', data: base64('a <knife b') })] },
      {
        words: ['document: a <knife b'],
        partsUnread: ['1 web document with broken markup shown as it came'],
      },
    ],
  ])('%s', (_claim, wishes, expected) => {
    expect(read(wishes)).toMatchObject(expected)
  })
})
