import type { DeliveryOutcome, LookUp } from '../../../referral/delivery.ts'
import type { Exchange } from '../exchange.ts'
import { type AnswerWords, type PortalProfile, readAnswer, readLookup } from '../read-exchange.ts'
import {
  isPlainSuccess,
  ourRequest,
  readMessage,
  readMessageReason,
  readMessageReports,
  readMessageTaken,
  responseCode,
} from './read-message.ts'

const fhirWords: AnswerWords = {
  readTaken: readMessageTaken,
  readReports: readMessageReports,
  readReason: readMessageReason,
}

interface Expected {
  readonly id: string
  readonly profile: PortalProfile
}

/** The receiver took this message on an earlier attempt: it holds the referral once. */
export interface Duplicate {
  readonly kind: 'duplicate'
}

/** What came back after a message was sent. */
export function readMessageAnswer(came: Exchange, { id, profile }: Expected): DeliveryOutcome | Duplicate {
  if (came.kind === 'answered') {
    const told = readMessage(came.body)
    const isDuplicate = came.status === 409 && told?.issues.some(({ code }) => code === 'duplicate')
    if (isDuplicate) return { kind: 'duplicate' }
    const refusal = isSuccess(came.status) ? readRefusal(came.body, id) : null
    if (refusal !== null) return refusal
    // No answer to a question: there it would say that nothing was found.
    const isTaken = isSuccess(came.status) && told !== null && isPlainSuccess(told)
    if (isTaken) return { kind: 'delivered', receipt: 'taken by $process-message' }
  }
  return readAnswer(came, { id, profile, words: fhirWords })
}

/**
 * What came back after the receiver was asked for a key. One that cannot be searched, or answers with others, knows
 * its duplicates all the same: the message may be sent again.
 */
export function readMessageLookup(came: Exchange, { id, profile }: Expected): LookUp {
  if (came.kind === 'answered' && came.status === 501) return { kind: 'absent' }
  const told = came.kind === 'answered' && isSuccess(came.status) ? readMessage(came.body) : null
  if (told !== null && ourRequest(told, id) === null) return { kind: 'absent' }
  return readLookup(came, { id, profile, words: fhirWords })
}

/** FHIR R4, messaging: a message that arrived well may still be answered with an error. */
function readRefusal(body: string | null, id: string): DeliveryOutcome | null {
  const code = responseCode(body, id)
  if (code === 'transient-error') {
    const problem = 'The portal cannot work on this message now (transient-error).'
    return { kind: 'later', problem, retryAfterMs: null }
  }
  if (code !== 'fatal-error') return null
  const reason = readMessageReason(body)
  return reason === null
    ? { kind: 'parked', problem: 'The portal refused this message and gave no reason.' }
    : { kind: 'refused', problem: `The portal says: ${reason}` }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}
