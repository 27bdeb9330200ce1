import type { FieldProblem } from '../review/decision-form.ts'
import { type Actor, auditEntryOf } from './actor.ts'
import type { Account, AccountStore, Role } from './people.ts'
import type { Clock, Saved } from './ports.ts'
import type { HeldFlag, ReviewWorkStore } from './review-work-port.ts'

/** Whose work flags are: only they can be handed one. */
const clinicalRoles: readonly Role[] = ['nurse', 'lead']
const noteLengthMax = 1_000

export interface Recipients {
  readonly people: readonly Pick<Account, 'username' | 'name' | 'role'>[]
  readonly teams: readonly Role[]
}

/** What a nurse typed into the form. */
export interface HandOverForm {
  readonly to: string
  readonly note: string
}

/** Everybody to whom this nurse can hand a flag: a colleague by name, or whoever is next of a team. */
export async function listRecipients(accounts: AccountStore, actor: Actor): Promise<Recipients> {
  const all = await accounts.list()
  const people = all.filter(
    ({ username, role, disabled }) =>
      !disabled && username !== actor.username && clinicalRoles.includes(role),
  )
  return { people, teams: clinicalRoles }
}

/** A team as it is written in `to`: no user name has a colon. */
export function teamKey(role: Role): string {
  return `team:${role}`
}

export function checkHandOver(form: HandOverForm, { people, teams }: Recipients): readonly FieldProblem[] {
  const isKnown =
    people.some(({ username }) => username === form.to) || teams.some(role => teamKey(role) === form.to)
  const note = form.note.trim()
  return [
    ...(isKnown ? [] : [{ field: 'to', message: 'Select who takes it over' }]),
    ...(note === '' ? [{ field: 'note', message: 'Enter what they need to know' }] : []),
    ...(note.length > noteLengthMax
      ? [
          {
            field: 'note',
            message: `Note must be ${noteLengthMax.toLocaleString('en-GB')} characters or fewer`,
          },
        ]
      : []),
  ]
}

interface HandOverPorts {
  readonly work: ReviewWorkStore
  readonly clock: Clock
}

/** Gives one flag to a person or a team. It waits for review there, with the note. */
export async function handOver(
  { work, clock }: HandOverPorts,
  { actor, flag, form }: { actor: Actor; flag: HeldFlag; form: HandOverForm },
): Promise<Saved> {
  const note = form.note.trim()
  const audit = auditEntryOf(clock, { actor, did: 'handed over flag', what: flag.flagId, why: note })
  return work.handOver({ ...flag, at: audit.at, audit, to: form.to, note })
}

/** Hands over all that a nurse has claimed. Answers how many went; one that changed meanwhile stays. */
export async function handOverAll(
  ports: HandOverPorts,
  { actor, form }: { actor: Actor; form: HandOverForm },
): Promise<number> {
  const held = await ports.work.heldBy(actor.username)
  let handed = 0
  for (const flag of held) if ((await handOver(ports, { actor, flag, form })) === 'saved') handed++
  return handed
}
