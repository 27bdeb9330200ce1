import { consents } from '../../../referral/own-questions.ts'
import type { PayloadAnswer, ReferralPayload } from '../../../referral/referral-schema.ts'
import { destinations } from '../../../referral/routing.ts'
import { idWithin, instantOf, ownSystems, type Refer, type Resource, some, textOf } from './fhir-element.ts'

interface Answer {
  readonly valueString?: string
  readonly valueInteger?: number
  readonly valueBoolean?: boolean
  readonly valueCoding?: { readonly system: string; readonly code: string; readonly display: string }
  /** What was said besides. */
  readonly item?: readonly Item[] | undefined
}

interface Item {
  readonly linkId: string
  readonly text?: string | undefined
  readonly answer?: readonly Answer[] | undefined
  readonly item?: readonly Item[] | undefined
}

/**
 * The referral form as it was asked and answered: each question in its words, under a `linkId` that is the path of
 * its field in the referral. What R4 has an element of its own for stands there and not here.
 */
export function formResponseOf(referral: ReferralPayload, refer: Refer): Resource {
  return {
    resourceType: 'QuestionnaireResponse',
    id: idWithin(referral.id, 'QuestionnaireResponse'),
    status: 'completed',
    subject: refer('Patient'),
    encounter: refer('Encounter'),
    authored: instantOf(referral.authorised.at),
    author: refer('PractitionerRole'),
    item: [
      ...aboutTheReferral(referral),
      ...assessment(referral),
      ...listed('duties', 'Harm, social care and police', referral.duties.map(answered('duties'))),
      ...listed('services', 'Services suggested', referral.services.map(suggested)),
      ...consentParentsCapacity(referral),
    ],
  }
}

function aboutTheReferral({ revision, alsoFor, child, flaggedFor }: ReferralPayload): readonly Item[] {
  const { ageOnArrival } = child
  return [
    { linkId: 'revision', text: 'Revision', answer: [{ valueInteger: revision }] },
    ...listed(
      'alsoFor',
      'Also to be told',
      alsoFor.map((to, index) => coded(`alsoFor.${index}`, destinations[to], ownSystems.destination, to)),
    ),
    ...(ageOnArrival === null
      ? []
      : [
          {
            linkId: 'child.ageOnArrival',
            text: 'Age on arrival, in years',
            answer: [{ valueInteger: ageOnArrival }],
          },
        ]),
    ...worded('child.school', 'School', child.school),
    ...listed(
      'flaggedFor',
      'Why the attendance was put before a nurse',
      flaggedFor.map(({ theme, name }, index) => coded(`flaggedFor.${index}`, name, ownSystems.theme, theme)),
    ),
  ]
}

function assessment({ assessment: { form, overall, sections } }: ReferralPayload): readonly Item[] {
  return [
    ...worded('assessment.form.title', 'Form', form.title),
    ...worded('assessment.form.version', 'Version of the form', form.version),
    { linkId: 'assessment.overall', text: 'Overall risk', answer: [chosenOf(overall)] },
    ...sections.map(({ id, title, answers }) => {
      const linkId = `assessment.sections.${id}`
      return { linkId, text: textOf(title), item: some(answers.map(answered(linkId))) }
    }),
  ]
}

function consentParentsCapacity({ consent, parents, capacity }: ReferralPayload): readonly Item[] {
  const { asked, reason, lawfulBasis } = consent
  const besides = [
    ...worded('consent.reason', 'Why it is shared all the same', reason),
    ...(lawfulBasis === null
      ? []
      : [{ linkId: 'consent.lawfulBasis', text: 'Lawful basis', answer: [chosenOf(lawfulBasis)] }]),
  ]
  return [
    {
      linkId: 'consent',
      text: 'Consent',
      answer: [{ ...chosenOf({ value: asked, label: consents[asked] }), item: some(besides) }],
    },
    yesOrNo('parents', 'Were the parents or carers told?', {
      is: parents.informed,
      besides: worded('parents.reason', 'Why not', parents.reason),
    }),
    yesOrNo('capacity', 'Was mental capacity considered?', {
      is: capacity.considered,
      besides: worded('capacity.note', 'What was found', capacity.note),
    }),
  ]
}

/** A choice, with what was said besides beneath it; or words alone; or a question that was left open. */
function answered(within: string): (answer: PayloadAnswer) => Item {
  return ({ id, question, chosen, words }) => {
    const linkId = `${within}.${id}`
    const text = textOf(question)
    if (chosen === null) {
      const said = textOf(words)
      return { linkId, text, answer: said === undefined ? undefined : [{ valueString: said }] }
    }
    const besides = some(worded(`${linkId}.words`, 'In words', words))
    return { linkId, text, answer: [{ ...chosenOf(chosen), item: besides }] }
  }
}

function suggested({ id, name }: ReferralPayload['services'][number]): Item {
  return { linkId: `services.${id}`, text: textOf(name), answer: [{ valueBoolean: true }] }
}

function yesOrNo(
  linkId: string,
  text: string,
  { is, besides }: { readonly is: boolean; readonly besides: readonly Item[] },
): Item {
  return { linkId, text, answer: [{ valueBoolean: is, item: some(besides) }] }
}

function worded(linkId: string, text: string, words: string | null): readonly Item[] {
  const said = textOf(words)
  return said === undefined ? [] : [{ linkId, text, answer: [{ valueString: said }] }]
}

function coded(linkId: string, text: string, system: string, code: string): Item {
  return { linkId, text: textOf(text), answer: [{ valueCoding: { system, code, display: text } }] }
}

/** What each code means is in the wording of the form, whose version the form names. */
function chosenOf({ value, label }: { readonly value: string; readonly label: string }): Answer {
  return { valueCoding: { system: ownSystems.answer, code: value, display: label } }
}

/** A group, where there is anything in it. */
function listed(linkId: string, text: string, items: readonly Item[]): readonly Item[] {
  return items.length === 0 ? [] : [{ linkId, text, item: items }]
}
