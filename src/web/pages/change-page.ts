import { wrongMatchKey } from '../../review/decision-form.ts'
import { openFlag } from '../../services/open-flag.ts'
import type { FlagFile, Saved } from '../../services/ports.ts'
import { changeDecision, standingDecision, undoDecision } from '../../services/take-back.ts'
import type { Answer, Visit } from '../visit.ts'
import { flagView } from './flag-page.ts'

/** Takes back what the nurse has just saved, within ten minutes. The banner and the page offer it. */
export async function undo({ actor, params, wren }: Visit): Promise<Answer> {
  const file = await openFlag(wren.ports, { actor, flagId: params.text('id') })
  if (file === null) return { kind: 'not-found' }
  const saved = await undoDecision(wren.ports, { actor, file, version: file.flag.version })
  if (saved !== 'saved') return notTaken(file, saved)
  await putBack({ actor, wren }, file)
  return takenBack(file)
}

/** Takes back an outcome with a reason, at any time. */
export async function change(visit: Visit): Promise<Answer> {
  const { actor, params, form, wren } = visit
  const file = await openFlag(wren.ports, { actor, flagId: params.text('id') })
  if (file === null) return { kind: 'not-found' }
  const why = form.text('changeWhy').trim()
  if (why === '') {
    const problems = [{ field: 'changeWhy', message: 'Enter why the outcome changes' }]
    return flagView(visit, { file, problems })
  }
  const version = form.number('version', 0)
  const saved = await changeDecision(wren.ports, { actor, file, version, why })
  return saved === 'saved' ? takenBack(file) : notTaken(file, saved)
}

/** The form is again as it was saved, for the nurse to go on from there. */
async function putBack({ actor, wren }: Pick<Visit, 'actor' | 'wren'>, file: FlagFile): Promise<void> {
  const decision = standingDecision(file)
  if (decision === null) return
  const { outcome, reason, noAction, deferUntil, wrongMatch } = decision
  const fields = {
    outcome,
    reason,
    noAction: noAction ?? '',
    deferUntil: deferUntil ?? '',
    wrongMatch: wrongMatch === null ? '' : wrongMatchKey(wrongMatch),
  }
  const savedAt = wren.ports.clock.now().toString()
  await wren.ports.drafts.save({ flagId: file.flag.id, username: actor.username, fields, savedAt })
}

/** A referral that was authorised is on its way: undoing the outcome does not call it back. */
function takenBack(file: FlagFile): Answer {
  const flagId = file.flag.id
  const wasReferral = standingDecision(file)?.outcome === 'refer'
  const latest = file.referrals.at(-1)
  const href =
    latest === undefined ? `/flags/${flagId}#referrals` : `/flags/${flagId}/referrals/${latest.id}#record`
  return {
    kind: 'redirect',
    to: `/flags/${flagId}#review`,
    notice: wasReferral
      ? {
          tone: 'information',
          text: 'The outcome is taken back. The referral is not: it was authorised and is sent. Cancel it there, or ring the partnership.',
          link: { href, text: 'Go to the referral to cancel it' },
        }
      : { tone: 'success', text: 'Taken back. You are reviewing it again; choose an outcome.' },
  }
}

function notTaken({ flag }: FlagFile, saved: Exclude<Saved, 'saved'>): Answer {
  return {
    kind: 'redirect',
    to: `/flags/${flag.id}#review`,
    notice: {
      tone: 'information',
      text:
        saved === 'stale'
          ? 'Somebody changed this attendance first. This is how it stands now.'
          : 'It can be undone for ten minutes, by whoever saved it. Change the outcome here, with a reason.',
    },
  }
}
