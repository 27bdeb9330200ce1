import { idWithin, keyIdentifier, ownSystems, systems, urn } from '../../adapters/portal/fhir/fhir-element.ts'
import type { ReceiverReport } from '../../referral/receiver-report.ts'
import { destinations } from '../../referral/routing.ts'
import { type ReceivedReferral, toldReports } from './received-referral.ts'

/** One thing that is wrong: FHIR's own code for it, the standard's, and words for a person. */
export interface Issue {
  readonly code: string
  readonly coding: string
  readonly diagnostics: string
}

const errorSystem = 'https://fhir.nhs.uk/CodeSystem/http-error-codes'
/** Names of the simulator's own references, drawn at random once. */
const referenceSystem = 'urn:uuid:c0d2ba75-fa83-490d-aabf-12f0bd7720b1'
const endpoint = 'urn:uuid:f44c03fa-a283-4bcf-a097-e8f085d0219a'

export function outcomeOf({ code, coding, diagnostics }: Issue): object {
  return {
    resourceType: 'OperationOutcome',
    issue: [
      {
        severity: 'error',
        code,
        details: { coding: [{ system: errorSystem, code: coding }] },
        diagnostics,
      },
    ],
  }
}

/** A referral that the portal holds, as it stands by now. */
export interface Held {
  readonly received: ReceivedReferral
  readonly now: Temporal.Instant
}

/** The answer to a message: it was taken, and under which reference. */
export function heldMessage(held: Held, messageId: string): object {
  const { key, receivedAt } = held.received
  const request = requestOf(held)
  const headerId = idWithin(key, 'response')
  return {
    resourceType: 'Bundle',
    id: idWithin(key, 'response Bundle'),
    type: 'message',
    timestamp: receivedAt,
    entry: [
      {
        fullUrl: urn(headerId),
        resource: {
          resourceType: 'MessageHeader',
          id: headerId,
          eventCoding: {
            system: systems.messageEvent,
            code: 'servicerequest-response',
            display: 'Service Request - Response',
          },
          source: { name: 'Portal simulator', endpoint },
          response: { identifier: messageId, code: 'ok' },
          focus: [{ reference: urn(request.id) }],
        },
      },
      { fullUrl: urn(request.id), resource: request },
    ],
  }
}

/** What a search for one referral finds: it, or nothing. */
export function searchset(held: Held | null, self: string): object {
  const link = [{ relation: 'self', url: self }]
  if (held === null) return { resourceType: 'Bundle', type: 'searchset', total: 0, link }
  const request = requestOf(held)
  const decided = toldReports(held.received, held.now).map(taskOf)
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: 1,
    link,
    entry: [
      { fullUrl: urn(request.id), resource: request, search: { mode: 'match' } },
      ...decided.map(task => ({ fullUrl: urn(task.id), resource: task, search: { mode: 'include' } })),
    ],
  }
}

/** Without its reference as long as it is not acknowledged. */
function requestOf({ received, now }: Held) {
  const { key, reference, referral } = received
  const references =
    toldReports(received, now).length > 0 ? [{ system: referenceSystem, value: reference }] : []
  return {
    resourceType: 'ServiceRequest',
    id: key,
    identifier: [keyIdentifier(key), ...references],
    status: 'active',
    intent: 'order',
    code: {
      coding: [{ system: ownSystems.destination, code: referral.to, display: destinations[referral.to] }],
    },
    // Who the child is stays out of answers: whoever asks knows.
    subject: { display: 'The child of this referral' },
  }
}

const taskStatus: Readonly<Record<ReceiverReport['status'], string>> = {
  acknowledged: 'received',
  accepted: 'accepted',
  declined: 'rejected',
  'pathway-set': 'in-progress',
  'stepped-down': 'completed',
}

/** What a report says beside its status, and FHIR has no element for. */
const outputs = {
  meetingDay: 'valueDate',
  nextReview: 'valueDate',
  owner: 'valueString',
  linkWorker: 'valueString',
  plan: 'valueString',
} as const

/** A decision, as far as the referral is then. */
function taskOf(report: ReceiverReport) {
  const said = new Map(Object.entries(report))
  const output = Object.entries(outputs).flatMap(([name, value]) => {
    const told = said.get(name)
    const type = { coding: [{ system: ownSystems.decision, code: name }] }
    return told ? [{ type, [value]: told }] : []
  })
  return {
    resourceType: 'Task',
    id: idWithin(report.key, `Task ${report.id}`),
    identifier: [{ system: referenceSystem, value: report.id }],
    status: taskStatus[report.status],
    statusReason: 'reason' in report ? { text: report.reason } : undefined,
    businessStatus:
      'pathway' in report ? { coding: [{ system: ownSystems.pathway, code: report.pathway }] } : undefined,
    intent: 'order',
    focus: { reference: urn(report.key) },
    lastModified: report.at,
    output: output.length === 0 ? undefined : output,
  }
}
