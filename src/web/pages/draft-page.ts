import type { Actor } from '../../services/actor.ts'
import type { Fields } from '../fields.ts'
import type { Answer, Visit } from '../visit.ts'

/** Longest draft kept, in characters of all its fields. */
const draftLengthMax = 200_000
/** Of the form, not of what was typed. */
const notTyped = new Set(['_csrf', 'goTo', 'phrase', 'takeOver', 'from', 'version', 'for'])

/**
 * Keeps what is typed into a review, as it is typed, for the same nurse only. A page that somebody else left open on
 * this computer says for whom it was made: her words are not kept as another's.
 */
export async function keepTyped({ actor, params, form, wren }: Visit): Promise<Answer> {
  const isOwn = form.text('for') === '' || form.text('for') === actor.username
  if (!isOwn) return { kind: 'not-found' }
  const fields = typedFields(form)
  const length = Object.values(fields).reduce((sum, text) => sum + text.length, 0)
  if (length > draftLengthMax) return { kind: 'not-found' }
  await saveTyped(wren.ports, { actor, flagId: params.text('id'), fields })
  return { kind: 'done' }
}

/** The last that was typed stands; where nothing is typed there is no draft. Typing is a sign of life. */
export async function saveTyped(
  { drafts, work, clock }: Visit['wren']['ports'],
  typed: {
    readonly actor: Actor
    readonly flagId: string
    readonly fields: Readonly<Record<string, string>>
  },
): Promise<void> {
  const { actor, flagId, fields } = typed
  const username = actor.username
  const savedAt = clock.now().toString()
  if (Object.keys(fields).length === 0) await drafts.discard({ flagId, username })
  else await drafts.save({ flagId, username, fields, savedAt })
  await work.touch({ who: username, at: savedAt })
}

export async function discardTyped({ actor, params, wren }: Visit): Promise<Answer> {
  const flagId = params.text('id')
  await wren.ports.drafts.discard({ flagId, username: actor.username })
  return {
    kind: 'redirect',
    to: `/flags/${flagId}#review`,
    notice: { tone: 'success', text: 'What you had typed and not saved is discarded.' },
  }
}

/** What somebody typed, without what the page itself put into the form. */
function typedFields(form: Fields): Readonly<Record<string, string>> {
  const typed = Object.entries(form.all()).filter(([name, text]) => !notTyped.has(name) && text !== '')
  return Object.fromEntries(typed)
}
