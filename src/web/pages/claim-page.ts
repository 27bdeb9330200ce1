import { claimFlag, releaseFlag, reopenFlag } from '../../services/claim-flag.ts'
import { namePeople } from '../../services/name-people.ts'
import { openFlag } from '../../services/open-flag.ts'
import type { Saved } from '../../services/ports.ts'
import { skipFlag } from '../../services/skip-flag.ts'
import { startReview } from '../../services/start-review.ts'
import type { Answer, Notice, Visit } from '../visit.ts'
import { flagView } from './flag-page.ts'
import { nextFlag } from './go-on.ts'

/** Takes a flag, from the list or from a colleague whom the nurse saw holding it. */
export async function claim({ actor, params, form, wren }: Visit): Promise<Answer> {
  const flagId = params.text('id')
  const from = form.text('from')
  const claiming = { actor, flagId, version: form.number('version', 0), from: from === '' ? null : from }
  const saved = await claimFlag(wren.ports, claiming)
  if (saved === 'saved') return { kind: 'redirect', to: `/flags/${flagId}#review` }
  return back(flagId, await changedNotice({ actor, params, wren }, saved))
}

export async function release({ actor, params, form, wren }: Visit): Promise<Answer> {
  const flagId = params.text('id')
  const saved = await releaseFlag(wren.ports, { actor, flagId, version: form.number('version', 0) })
  if (saved !== 'saved') return back(flagId, await changedNotice({ actor, params, wren }, saved))
  return {
    kind: 'redirect',
    to: '/',
    notice: {
      tone: 'success',
      text: 'Given back without an outcome. Anybody can review it now.',
      link: { href: `/flags/${flagId}`, text: 'See it again' },
    },
  }
}

/** Puts a closed flag back to review: this is how an outcome is undone, and why stays in the history. */
export async function reopen(visit: Visit): Promise<Answer> {
  const { actor, params, form, wren } = visit
  const flagId = params.text('id')
  const why = form.text('why').trim()
  if (why === '') {
    const file = await openFlag(wren.ports, { actor, flagId })
    if (file === null) return { kind: 'not-found' }
    const problems = [{ field: 'why', message: 'Enter why it is reopened' }]
    return flagView(visit, { file, problems })
  }
  const saved = await reopenFlag(wren.ports, { actor, flagId, version: form.number('version', 0), why })
  if (saved !== 'saved') return back(flagId, await changedNotice({ actor, params, wren }, saved))
  return back(flagId, { tone: 'success', text: 'Reopened. It is on the list to review again.' })
}

/** Puts a flag off for now and opens the next; where no other waits, back to the list. */
export async function skip({ actor, params, form, wren }: Visit): Promise<Answer> {
  const flagId = params.text('id')
  const saved = await skipFlag(wren.ports, { actor, flagId, version: form.number('version', 0) })
  if (saved !== 'saved') return back(flagId, await changedNotice({ actor, params, wren }, saved))
  const next = await startReview(wren.ports, actor)
  const text = 'Skipped for now. It is offered again after the others, and sign-off waits for it.'
  const link = { href: `/flags/${flagId}`, text: 'See it again' }
  return next === null || next === flagId
    ? { kind: 'redirect', to: next === null ? '/' : nextFlag(next), notice: onlyOne }
    : { kind: 'redirect', to: nextFlag(next), notice: { tone: 'success', text, link, keepsFocus: true } }
}

const onlyOne: Notice = { tone: 'information', text: 'Skipped, and no other waits: this is the last one.' }

function back(flagId: string, notice: Notice): Answer {
  return { kind: 'redirect', to: `/flags/${flagId}`, notice }
}

/** Says who was first, where somebody was. */
async function changedNotice(
  { actor, params, wren }: Pick<Visit, 'actor' | 'params' | 'wren'>,
  saved: Exclude<Saved, 'saved'>,
): Promise<Notice> {
  const file = await openFlag(wren.ports, { actor, flagId: params.text('id') })
  const holder = file?.flag.claimedBy ?? null
  if (holder !== null && holder !== actor.username) {
    const people = await namePeople(wren.ports.accounts)
    return { tone: 'information', text: `${people.get(holder) ?? holder} is reviewing this already.` }
  }
  return {
    tone: 'information',
    text:
      saved === 'stale'
        ? 'This attendance changed while you were reading it. This is how it stands now.'
        : 'That cannot be done with it any more. This is how it stands now.',
  }
}
