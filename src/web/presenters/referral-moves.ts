import { type EvidenceName, evidenceNames, isPathway, pathways } from '../../referral/referral-evidence.ts'
import type { ReferralMove } from '../../referral/referral-state.ts'
import { fieldsOfMove, movesByHand } from '../../services/record-move.ts'
import type { RecordedMove, ReferralStatus } from '../../services/referral-port.ts'
import { day, dayAndTime } from './dates.ts'

export interface MoveWords {
  readonly did: string
  readonly who: string
  readonly at: string
  readonly said: readonly { readonly key: string; readonly value: string }[]
}

/** Every move of a referral, newest first, with who made it and what was said. */
export function presentMoves(
  moves: readonly RecordedMove[],
  people: ReadonlyMap<string, string>,
): readonly MoveWords[] {
  return moves.toReversed().map(move => ({
    did: didWords[move.move],
    who: whoWords(move, people),
    at: dayAndTime(move.at),
    said: Object.entries(evidenceNames)
      .map(([name, words]) => ({ name, words, text: evidenceOf(move, name) }))
      .filter(({ name, text }) => !hashes.has(name) && text !== '')
      .map(({ name, words, text }) => ({ key: capital(words), value: valueWords(name, text) })),
  }))
}

/** Kept as evidence, and no words for a nurse. */
const hashes: ReadonlySet<string> = new Set<EvidenceName>(['bodySha256', 'messageSha256'])

export interface HandForm {
  readonly moves: readonly { readonly value: ReferralMove; readonly label: string; readonly fields: string }[]
  readonly fields: readonly HandField[]
  readonly chosen: string
}

export interface HandField {
  readonly name: EvidenceName
  readonly label: string
  readonly kind: 'words' | 'line' | 'day' | 'pathway'
  readonly value: string
  /** The moves that ask for it. */
  readonly moves: string
}

/** What a nurse can record now, with the fields each answer asks for. */
export function presentHandForm(
  { state }: ReferralStatus,
  typed: Readonly<Record<string, string>>,
): HandForm | null {
  const moves = movesByHand(state)
  if (moves.length === 0) return null
  const names = fieldOrder.filter(name => moves.some(move => fieldsOfMove(move).includes(name)))
  return {
    chosen: typed.move ?? '',
    moves: moves.map(move => ({
      value: move,
      label: choiceWords[move] ?? didWords[move],
      fields: fieldsOfMove(move).join(' '),
    })),
    fields: names.map(name => ({
      name,
      label: fieldLabels[name] ?? capital(evidenceNames[name]),
      kind: kinds[name] ?? 'line',
      value: typed[name] ?? '',
      moves: moves.filter(move => fieldsOfMove(move).includes(name)).join(' '),
    })),
  }
}

const fieldOrder: readonly EvidenceName[] = [
  ...(['reference', 'receipt', 'told', 'pathway', 'meetingDay', 'reason'] as const),
  ...(['owner', 'linkWorker', 'plan', 'nextReview'] as const),
]

const kinds: Partial<Record<EvidenceName, HandField['kind']>> = {
  reason: 'words',
  meetingDay: 'day',
  nextReview: 'day',
  pathway: 'pathway',
}

const fieldLabels: Partial<Record<EvidenceName, string>> = {
  reference: 'Their reference',
  receipt: 'How was it handed over, and to whom?',
  told: 'Who told you, and how?',
  reason: 'Reason',
  meetingDay: 'Day of the meeting',
  owner: 'Who leads (optional)',
  linkWorker: 'Link Worker (optional)',
  plan: 'Intervention plan (optional)',
  nextReview: 'Next review (optional)',
}

const choiceWords: Partial<Record<ReferralMove, string>> = {
  deliver: 'It was handed over, and not yet acknowledged',
  acknowledge: 'They acknowledged it, with a reference',
  accept: 'They accepted it',
  decline: 'They declined it',
  setPathway: 'The meeting set a pathway',
  stepDown: 'The partnership stepped it down',
  retry: 'Send it again',
  cancel: 'Cancel it',
}

const didWords: Readonly<Record<ReferralMove, string>> = {
  authorise: 'Authorised',
  queue: 'Put in line to be sent',
  send: 'An attempt to send it began',
  tryLater: 'Not sent yet: tried again later',
  handOver: 'To be entered by hand',
  deliver: 'Delivered',
  acknowledge: 'Acknowledged',
  accept: 'Accepted',
  decline: 'Declined',
  setPathway: 'Pathway set by the meeting',
  stepDown: 'Stepped down',
  fail: 'Refused',
  park: 'Set aside for a person',
  retry: 'Asked to be sent again',
  cancel: 'Cancelled',
  supersede: 'Replaced by a later referral',
}

export const savedWords: Partial<Record<ReferralMove, string>> = {
  ...choiceWords,
  retry: 'Wren is sending it again',
  cancel: 'Cancelled',
}

function whoWords({ by, who }: RecordedMove, people: ReadonlyMap<string, string>): string {
  if (by === 'nurse') return people.get(who) ?? who
  if (by === 'receiver') return who
  return who === 'wren' ? 'Wren' : `Wren, ${who}`
}

function evidenceOf({ evidence }: RecordedMove, name: string): string {
  return Object.entries(evidence).find(([each]) => each === name)?.[1] ?? ''
}

function valueWords(name: string, text: string): string {
  if (name === 'pathway' && isPathway(text)) return pathways[text]
  if (name === 'decidedAt') return dayAndTime(text)
  return name === 'meetingDay' || name === 'nextReview' ? day(text) : text
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
