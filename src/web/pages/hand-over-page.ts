import { checkHandOver, handOver, handOverAll, listRecipients } from '../../services/hand-over.ts'
import { namePeople } from '../../services/name-people.ts'
import { openFlag } from '../../services/open-flag.ts'
import { fullName } from '../presenters/person.ts'
import { presentRecipients } from '../presenters/work.ts'
import type { Answer, Visit } from '../visit.ts'
import { flagView } from './flag-page.ts'

/** Gives one flag to a colleague or a team, with a note. */
export async function handOverOne(visit: Visit): Promise<Answer> {
  const { actor, params, form, wren } = visit
  const file = await openFlag(wren.ports, { actor, flagId: params.text('id') })
  if (file === null) return { kind: 'not-found' }
  const typed = { to: form.text('to'), note: form.text('note') }
  const problems = checkHandOver(typed, await listRecipients(wren.ports.accounts, actor))
  if (problems.length > 0) return flagView(visit, { file, problems, kept: typed })
  const flag = { flagId: file.flag.id, version: form.number('version', 0) }
  const saved = await handOver(wren.ports, { actor, flag, form: typed })
  if (saved !== 'saved') {
    const text = 'Somebody changed this attendance first. This is how it stands now.'
    return { kind: 'redirect', to: `/flags/${flag.flagId}`, notice: { tone: 'information', text } }
  }
  return {
    kind: 'redirect',
    to: '/',
    notice: {
      tone: 'success',
      text: `Handed over to ${await recipientName(visit, typed.to)}. It waits under “To review”.`,
      link: { href: `/flags/${flag.flagId}`, text: 'See it again' },
    },
  }
}

/** All that the nurse has claimed, to be handed over in one form. */
export async function showHandOver(visit: Visit): Promise<Answer> {
  return handOverForm(visit, { typed: { to: '', note: '' }, problems: [] })
}

export async function handOverMine(visit: Visit): Promise<Answer> {
  const { actor, form, wren } = visit
  const typed = { to: form.text('to'), note: form.text('note') }
  const problems = checkHandOver(typed, await listRecipients(wren.ports.accounts, actor))
  if (problems.length > 0) return handOverForm(visit, { typed, problems })
  const handed = await handOverAll(wren.ports, { actor, form: typed })
  return {
    kind: 'redirect',
    to: '/',
    notice: {
      tone: 'success',
      text: `${handed} handed over to ${await recipientName(visit, typed.to)}.`,
    },
  }
}

async function handOverForm(
  { actor, wren }: Visit,
  shown: { typed: { to: string; note: string }; problems: readonly { field: string; message: string }[] },
): Promise<Answer> {
  const { ports } = wren
  const held = await ports.work.heldBy(actor.username)
  const files = await Promise.all(held.map(({ flagId }) => openFlag(ports, { actor, flagId })))
  return {
    kind: 'page',
    view: 'hand-over.njk',
    title: 'Hand over',
    status: shown.problems.length > 0 ? 422 : 200,
    context: {
      ...shown,
      children: files.flatMap(file =>
        file === null ? [] : [{ href: `/flags/${file.flag.id}`, name: fullName(file.attendance.patient) }],
      ),
      recipients: presentRecipients(await listRecipients(ports.accounts, actor)),
    },
  }
}

async function recipientName({ actor, wren }: Visit, to: string): Promise<string> {
  const [people, recipients] = await Promise.all([
    namePeople(wren.ports.accounts),
    listRecipients(wren.ports.accounts, actor),
  ])
  const words = presentRecipients(recipients).find(({ value }) => value === to)?.text ?? to
  return people.get(to) ?? words.charAt(0).toLowerCase() + words.slice(1)
}
