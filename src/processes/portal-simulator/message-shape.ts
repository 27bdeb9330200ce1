import { z } from 'zod'

/** The parts of FHIR R4 resources in which a referral travels: docs/fhir.md. Others are passed over. */

const Reference = z.object({ reference: z.string() })
const Text = z.string().optional()
const Identifier = z.object({ system: Text, value: z.string() })
const Coding = z.object({ system: Text, code: z.string(), display: Text })

export const Item = z.object({
  linkId: z.string(),
  text: Text,
  get item() {
    return z.array(Item).default([])
  },
  get answer() {
    return z.array(Answer).default([])
  },
})
export type Item = z.infer<typeof Item>

const Answer = z.object({
  valueString: Text,
  valueInteger: z.int().optional(),
  valueBoolean: z.boolean().optional(),
  valueCoding: Coding.optional(),
  get item() {
    return z.array(Item).default([])
  },
})

const MessageHeader = z.object({
  resourceType: z.literal('MessageHeader'),
  id: z.string(),
  eventCoding: z.object({ code: z.literal('servicerequest-request') }),
  focus: z.tuple([Reference]),
})
const ServiceRequest = z.object({
  resourceType: z.literal('ServiceRequest'),
  identifier: z.array(Identifier).min(1),
  replaces: z.array(z.object({ identifier: Identifier })).default([]),
  code: z.object({ coding: z.array(Coding).min(1) }),
  subject: Reference,
  encounter: Reference,
  authoredOn: z.string(),
  requester: Reference,
  reasonCode: z.array(z.object({ text: z.string() })).default([]),
  supportingInfo: z.array(Reference).min(1),
})
const Patient = z.object({
  resourceType: z.literal('Patient'),
  identifier: z.array(Identifier).default([]),
  name: z.array(z.object({ family: Text, given: z.array(z.string()).default([]) })).default([]),
  gender: z.string(),
  birthDate: Text,
  address: z.array(z.object({ text: Text, postalCode: Text })).default([]),
})
const Encounter = z.object({
  resourceType: z.literal('Encounter'),
  identifier: z.array(Identifier).min(1),
  period: z.object({ start: Text }).optional(),
  location: z.array(z.object({ location: Reference })).default([]),
  serviceProvider: Reference,
})
const Location = z.object({
  resourceType: z.literal('Location'),
  identifier: z.array(Identifier).default([]),
  name: Text,
})
const PractitionerRole = z.object({ resourceType: z.literal('PractitionerRole'), practitioner: Reference })
const Practitioner = z.object({
  resourceType: z.literal('Practitioner'),
  name: z.array(z.object({ text: z.string() })).min(1),
})
const Organization = z.object({
  resourceType: z.literal('Organization'),
  identifier: z.array(Identifier).default([]),
})
const QuestionnaireResponse = z.object({
  resourceType: z.literal('QuestionnaireResponse'),
  item: z.array(Item),
})
const Consent = z.object({ resourceType: z.literal('Consent') })

const AnyResource = z.discriminatedUnion('resourceType', [
  MessageHeader,
  ServiceRequest,
  Patient,
  Encounter,
  Location,
  PractitionerRole,
  Practitioner,
  Organization,
  QuestionnaireResponse,
  Consent,
])
export type AnyResource = z.infer<typeof AnyResource>

/** FHIR R4, messaging: the first entry of a message is its header. */
export const Message = z.object({
  resourceType: z.literal('Bundle'),
  type: z.literal('message'),
  entry: z.tuple(
    [z.object({ fullUrl: z.string(), resource: MessageHeader })],
    z.object({ fullUrl: z.string(), resource: AnyResource }),
  ),
})
export type Message = z.infer<typeof Message>
