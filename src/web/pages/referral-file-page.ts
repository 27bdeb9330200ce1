import { dueOf } from '../../referral/clocks.ts'
import type { FieldProblem } from '../../review/decision-form.ts'
import { clockWorldOf, phoneNow } from '../../services/list-referrals.ts'
import { namePeople } from '../../services/name-people.ts'
import { openFlag } from '../../services/open-flag.ts'
import { recordMove } from '../../services/record-move.ts'
import { presentOutcome } from '../presenters/meeting-outcome.ts'
import { presentPerson } from '../presenters/person.ts'
import { dueWords } from '../presenters/referral-list.ts'
import { presentHandForm, presentMoves, savedWords } from '../presenters/referral-moves.ts'
import { presentReferrals } from '../presenters/referrals.ts'
import type { Answer, Visit } from '../visit.ts'

/** One referral: where it is, every move it made, and what a nurse can record. */
export async function showReferralFile(visit: Visit): Promise<Answer> {
  return referralFile(visit, { typed: {}, problems: [] })
}

/** A nurse records what happened outside Wren: an answer by telephone, a pathway from the meeting, a cancellation. */
export async function recordByHand(visit: Visit): Promise<Answer> {
  const { actor, params, form, wren } = visit
  const referralId = params.text('referral')
  const typed = form.all()
  const recorded = await recordMove(wren.ports, { actor, referralId, fields: typed })
  const to = `/flags/${params.text('id')}/referrals/${referralId}`
  switch (recorded.kind) {
    case 'saved':
      return {
        kind: 'redirect',
        to,
        notice: { tone: 'success', text: `Recorded: ${savedWords[recorded.move] ?? 'it moved on'}.` },
      }
    case 'refused':
      return {
        kind: 'redirect',
        to,
        notice: { tone: 'information', text: 'It was moved on meanwhile. This is how it stands now.' },
      }
    case 'invalid':
      return referralFile(visit, { typed, problems: recorded.problems })
    case 'not-found':
      return { kind: 'not-found' }
    default:
      throw new Error(`no page for ${recorded satisfies never}`)
  }
}

async function referralFile(
  { actor, params, wren }: Visit,
  { typed, problems }: { typed: Readonly<Record<string, string>>; problems: readonly FieldProblem[] },
): Promise<Answer> {
  const { ports, settings } = wren
  const file = await openFlag(ports, { actor, flagId: params.text('id') })
  const status = file?.referrals.find(({ id }) => id === params.text('referral'))
  if (file === null || status === undefined) return { kind: 'not-found' }
  const [people, moves] = await Promise.all([namePeople(ports.accounts), ports.referrals.moves(status.id)])
  const [referral] = presentReferrals([status], people)
  const outcome = presentOutcome(moves)
  const due = dueOf(status, clockWorldOf(ports))
  return {
    kind: 'page',
    view: 'referral-file.njk',
    title: 'Referral',
    status: problems.length > 0 ? 422 : 200,
    context: {
      flag: { id: file.flag.id },
      person: presentPerson(file.attendance),
      referral,
      rows: (referral?.rows ?? []).filter(({ key }) => outcome === null || !isOfOutcome(key)),
      due: due === null ? null : dueWords(due),
      isOverdue: due !== null && due.what !== 'nurse' && due.standing !== 'in-time',
      outcome,
      moves: presentMoves(moves, people),
      form: presentHandForm(status, typed),
      mayHaveArrived: status.attempts > 0 && status.acknowledgedAt === null,
      phone: settings.phoneFallback ?? phoneNow(ports),
      problems,
    },
  }
}

/** What stands under "What the meeting decided" is not said twice. */
function isOfOutcome(key: string): boolean {
  return key === 'Pathway' || key === 'Next review'
}
