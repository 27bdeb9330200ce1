import type { DeliveryOutcome, LookUp } from '../../referral/delivery.ts'
import type { ReceiverReport } from '../../referral/receiver-report.ts'
import type { Exchange } from './exchange.ts'
import { failureMeaningOf, meaningOf } from './portal-answer.ts'
import { readReason, readReports, readRetryAfterMs, readTaken, type Taken } from './portal-words.ts'

/** What a portal promises; docs/portal-api.md says what follows from each. */
export interface PortalProfile {
  /** The same key never makes a second referral. Without it an outcome that is not known waits for a person. */
  readonly honoursKeys: boolean
  /** `GET <url>/by-key/<key>` tells whether it has a referral. */
  readonly answersByKey: boolean
  readonly conflictMeans: 'received-already' | 'in-progress'
}

/** How the bodies of a portal's answers are read: its language. */
export interface AnswerWords {
  readonly readTaken: (body: string | null, key: string) => Taken | null
  readonly readReports: (body: string | null, key: string) => readonly ReceiverReport[]
  readonly readReason: (body: string | null) => string | null
}

interface Expected {
  readonly id: string
  readonly profile: PortalProfile
  readonly words?: AnswerWords
}

const plainJson: AnswerWords = { readTaken, readReports, readReason }

/** What came back after a referral was sent. */
export function readAnswer(came: Exchange, { id, profile, words = plainJson }: Expected): DeliveryOutcome {
  if (came.kind !== 'answered') return readFailure(came)
  const { status, body } = came
  const retryAfterMs = readRetryAfterMs(came)
  const meaning = meaningOf(status)
  switch (meaning) {
    case 'received': {
      const problem = `The portal answered ${status} without a reference.`
      return words.readTaken(body, id) ?? { kind: 'unknown', problem, retryAfterMs }
    }
    case 'conflict':
      return readConflict(came, { id, profile, words })
    case 'parked':
      return { kind: 'parked', problem: inPortalWords(came, words) }
    case 'turned-away':
      return {
        kind: words.readReason(body) === null ? 'parked' : 'refused',
        problem: inPortalWords(came, words),
      }
    case 'credentials':
      return {
        kind: 'credentials',
        problem: `The portal answered ${status}: it does not accept our credentials.`,
      }
    case 'later':
      return { kind: 'later', problem: `The portal answered ${status}: not now.`, retryAfterMs }
    case 'unknown':
      return { kind: 'unknown', problem: `The portal answered ${status}.`, retryAfterMs }
    default:
      throw new Error(`no answer for ${meaning satisfies never}`)
  }
}

function readConflict(
  came: Exchange & { readonly kind: 'answered' },
  { id, profile, words }: Required<Expected>,
): DeliveryOutcome {
  const retryAfterMs = readRetryAfterMs(came)
  if (profile.conflictMeans === 'in-progress') {
    return { kind: 'later', problem: 'The portal is still working on this referral.', retryAfterMs }
  }
  const taken = words.readTaken(came.body, id)
  if (taken !== null) return taken
  if (profile.answersByKey) {
    return { kind: 'unknown', problem: 'The portal has this referral already.', retryAfterMs }
  }
  return { kind: 'parked', problem: 'The portal has this referral already. Telephone for its reference.' }
}

function readFailure(came: Exclude<Exchange, { kind: 'answered' }>): DeliveryOutcome {
  if (came.kind === 'timed-out') {
    return { kind: 'unknown', problem: 'The portal did not answer in time.', retryAfterMs: null }
  }
  const named = came.code === null ? '' : ` (${came.code})`
  const meaning = failureMeaningOf(came.code)
  switch (meaning) {
    case 'not-sent':
      return { kind: 'later', problem: `The portal cannot be reached${named}.`, retryAfterMs: null }
    case 'tls':
      return {
        kind: 'configuration',
        problem: `No secure connection to the portal${named}: check its certificate.`,
      }
    case 'proxy':
      return { kind: 'configuration', problem: `The proxy does not let us through${named}.` }
    case 'unknown':
      return { kind: 'unknown', problem: `The connection to the portal broke${named}.`, retryAfterMs: null }
    default:
      throw new Error(`no answer for failure ${meaning satisfies never}`)
  }
}

/** What came back after the portal was asked for a key. */
export function readLookup(came: Exchange, { id, profile, words = plainJson }: Expected): LookUp {
  if (came.kind !== 'answered') {
    const failure = readFailure(came)
    if (failure.kind === 'configuration') return failure
    return {
      kind: 'later',
      problem: 'The portal did not say whether it has this referral.',
      retryAfterMs: null,
    }
  }
  const meaning = meaningOf(came.status)
  if (came.status === 404) return { kind: 'absent' }
  // It cannot be asked after all. One that honours keys may be sent it again all the same.
  if (meaning === 'turned-away' && profile.honoursKeys) return { kind: 'absent' }
  if (meaning === 'turned-away') {
    return { kind: 'parked', problem: 'The portal does not tell whether it has this referral: telephone.' }
  }
  if (meaning === 'credentials') {
    return {
      kind: 'credentials',
      problem: `The portal answered ${came.status}: it does not accept our credentials.`,
    }
  }
  const taken = meaning === 'received' ? words.readTaken(came.body, id) : null
  if (taken !== null) return { ...taken, reports: words.readReports(came.body, id) }
  return {
    kind: 'later',
    problem: `The portal answered ${came.status} when asked whether it has this referral.`,
    retryAfterMs: readRetryAfterMs(came),
  }
}

function inPortalWords(
  { status, body }: Exchange & { readonly kind: 'answered' },
  { readReason: reasonIn }: AnswerWords,
): string {
  const reason = reasonIn(body)
  return reason === null ? `The portal answered ${status} and gave no reason.` : `The portal says: ${reason}`
}
