import { systems } from '../../adapters/portal/fhir/fhir-element.ts'
import { ReferralPayload } from '../../referral/referral-schema.ts'
import { type AnyResource, type Item, Message } from './message-shape.ts'

export type ReferralRead =
  | { readonly kind: 'referral'; readonly referral: ReferralPayload; readonly messageId: string }
  | { readonly kind: 'unreadable'; readonly problems: readonly string[] }

/**
 * A FHIR message read back into the referral it was made of, by its own way and not by the writer's: that both agree
 * shows that nothing is lost between them.
 */
export function readReferralMessage(json: unknown): ReferralRead {
  const message = Message.safeParse(json)
  if (!message.success) return unreadable(message.error.issues)
  const referral = ReferralPayload.safeParse(payloadOf(message.data))
  if (!referral.success) return unreadable(referral.error.issues)
  return { kind: 'referral', referral: referral.data, messageId: message.data.entry[0].resource.id }
}

function unreadable(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): ReferralRead {
  const problems = issues
    .slice(0, 20)
    .map(({ path, message }) => `${path.map(String).join('.') || 'body'}: ${message}`)
  return { kind: 'unreadable', problems }
}

/** Not yet checked: what cannot be found is undefined or null, and the schema says what is missing. */
function payloadOf({ entry }: Message): unknown {
  const [{ resource: header }] = entry
  const find = finder(entry)
  const request = find('ServiceRequest', header.focus[0])
  const encounter = find('Encounter', request?.encounter)
  const trust = find('Organization', encounter?.serviceProvider)
  const place = find('Location', encounter?.location[0]?.location)
  const nurse = find('Practitioner', find('PractitionerRole', request?.requester)?.practitioner)
  const items = request?.supportingInfo.flatMap(each => find('QuestionnaireResponse', each)?.item ?? []) ?? []
  return {
    version: 'wren.referral.v2',
    id: keyIn(request?.identifier.find(({ system }) => system === systems.uri)?.value),
    supersedes: keyIn(request?.replaces[0]?.identifier.value) ?? null,
    to: request?.code.coding[0]?.code,
    authorised: { by: nurse?.name[0]?.text, at: request?.authoredOn },
    concerns: request?.reasonCode[0]?.text,
    child: childOf(find('Patient', request?.subject), items),
    attendance: {
      trust: trust?.identifier[0]?.value,
      id: encounter?.identifier[0]?.value,
      site: place?.identifier[0]?.value ?? null,
      department: place?.name ?? null,
      arrivedAt: encounter?.period?.start ?? null,
    },
    ...formOf(items),
  }
}

function childOf(patient: Extract<AnyResource, { resourceType: 'Patient' }> | null, items: readonly Item[]) {
  const nhsNumber = patient?.identifier.find(({ system }) => system === systems.nhsNumber)
  return {
    family: patient?.name[0]?.family ?? null,
    given: patient?.name[0]?.given[0] ?? null,
    birthDate: patient?.birthDate ?? null,
    ageOnArrival: answerIn(items, 'child.ageOnArrival')?.valueInteger ?? null,
    sex: patient?.gender,
    nhsNumber: nhsNumber?.value ?? null,
    address: patient?.address[0]?.text ?? null,
    postcode: patient?.address[0]?.postalCode ?? null,
    school: answerIn(items, 'child.school')?.valueString ?? null,
  }
}

function formOf(items: readonly Item[]) {
  const sections = items.filter(({ linkId }) => linkId.startsWith('assessment.sections.'))
  const consent = answerIn(items, 'consent')
  const parents = answerIn(items, 'parents')
  const capacity = answerIn(items, 'capacity')
  return {
    revision: answerIn(items, 'revision')?.valueInteger,
    alsoFor: within(items, 'alsoFor').map(({ answer }) => answer[0]?.valueCoding?.code),
    flaggedFor: within(items, 'flaggedFor').map(({ text, answer }) => ({
      theme: answer[0]?.valueCoding?.code,
      name: text,
    })),
    assessment: {
      form: {
        title: answerIn(items, 'assessment.form.title')?.valueString,
        version: answerIn(items, 'assessment.form.version')?.valueString,
      },
      overall: choiceIn(answerIn(items, 'assessment.overall')),
      sections: sections.map(({ linkId, text, item }) => ({
        id: linkId.slice('assessment.sections.'.length),
        title: text,
        answers: item.map(each => payloadAnswer(each, linkId)),
      })),
    },
    duties: within(items, 'duties').map(each => payloadAnswer(each, 'duties')),
    services: within(items, 'services').map(({ linkId, text }) => ({
      id: linkId.slice('services.'.length),
      name: text,
    })),
    consent: {
      asked: consent?.valueCoding?.code,
      reason: answerIn(consent?.item, 'consent.reason')?.valueString ?? '',
      lawfulBasis: choiceIn(answerIn(consent?.item, 'consent.lawfulBasis')),
    },
    parents: {
      informed: parents?.valueBoolean,
      reason: answerIn(parents?.item, 'parents.reason')?.valueString ?? '',
    },
    capacity: {
      considered: capacity?.valueBoolean,
      note: answerIn(capacity?.item, 'capacity.note')?.valueString ?? '',
    },
  }
}

/** Words alone, or a choice with words beneath it. */
function payloadAnswer({ linkId, text, answer: [answer] }: Item, group: string) {
  const chosen = choiceIn(answer)
  const words = chosen === null ? answer?.valueString : answerIn(answer?.item, `${linkId}.words`)?.valueString
  return { id: linkId.slice(group.length + 1), question: text, chosen, words: words ?? '' }
}

function answerIn(items: readonly Item[] | undefined, linkId: string): Item['answer'][number] | undefined {
  return items?.find(item => item.linkId === linkId)?.answer[0]
}

function within(items: readonly Item[], linkId: string): readonly Item[] {
  return items.find(item => item.linkId === linkId)?.item ?? []
}

function choiceIn(answer: Item['answer'][number] | undefined) {
  const coding = answer?.valueCoding
  return coding === undefined ? null : { value: coding.code, label: coding.display }
}

function keyIn(uri: string | undefined): string | undefined {
  return uri?.startsWith('urn:uuid:') ? uri.slice('urn:uuid:'.length) : uri
}

type ResourceOf<Type> = Extract<AnyResource, { resourceType: Type }>

/** The resource that a reference names, where it is of the type it should be; else null. */
function finder(entry: Message['entry']) {
  return <Type extends AnyResource['resourceType']>(
    type: Type,
    named: { readonly reference: string } | undefined,
  ): ResourceOf<Type> | null => {
    const found = entry.find(({ fullUrl }) => fullUrl === named?.reference)?.resource
    return found !== undefined && isOf(found, type) ? found : null
  }
}

function isOf<Type extends AnyResource['resourceType']>(
  resource: AnyResource,
  type: Type,
): resource is ResourceOf<Type> {
  return resource.resourceType === type
}
