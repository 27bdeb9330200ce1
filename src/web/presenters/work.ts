import type { Recipients } from '../../services/hand-over.ts'
import { teamKey } from '../../services/hand-over.ts'
import type { Role } from '../../services/people.ts'
import type { FlagFile } from '../../services/ports.ts'
import type { HandOver, Skip } from '../../services/review-work-port.ts'
import { recentTime, timeSince } from './dates.ts'
import { roleNames } from './role.ts'
import { shown } from './shown-text.ts'

interface Look {
  readonly people: ReadonlyMap<string, string>
  readonly me: string
  readonly now: string
}

export interface HandOverWords {
  readonly text: string
  readonly note: string
}

/** "Handed to you by Asha Patel, today at 9:30am", with her note. */
export function presentHandOver(handOver: HandOver | null, look: Look): HandOverWords | null {
  if (handOver === null) return null
  const by = look.people.get(handOver.by) ?? handOver.by
  return {
    text: `Handed to ${recipientWords(handOver.to, look)} by ${by}, ${recentTime(handOver.at, look.now)}`,
    note: shown(handOver.note),
  }
}

export function presentSkip(skipped: Skip | null, { people, me, now }: Look): string | null {
  if (skipped === null) return null
  const by = skipped.by === me ? 'you' : (people.get(skipped.by) ?? skipped.by)
  return `Skipped by ${by}, ${recentTime(skipped.at, now)}`
}

/** "Beth Rowley is viewing this, opened 2 minutes ago" */
export function presentViewers(
  viewers: readonly { readonly who: string; readonly at: string }[],
  { people, now }: Look,
): readonly string[] {
  return viewers.map(
    ({ who, at }) => `${people.get(who) ?? who} is viewing this, opened ${timeSince(at, now)} ago`,
  )
}

export function presentRecipients({ people, teams }: Recipients) {
  return [
    ...people.map(({ username, name, role }) => ({
      value: username,
      text: `${name}, ${roleNames[role].toLowerCase()}`,
    })),
    ...teams.map(role => ({ value: teamKey(role), text: `Any ${roleNames[role].toLowerCase()}` })),
  ]
}

function recipientWords(to: string, { people, me }: Look): string {
  if (to === me) return 'you'
  const team = teamOf(to)
  return team === null ? (people.get(to) ?? to) : `any ${roleNames[team].toLowerCase()}`
}

function teamOf(to: string): Role | null {
  return (['nurse', 'lead'] as const).find(role => teamKey(role) === to) ?? null
}

/** What a flag page says of the work on it. */
export function presentWork(file: FlagFile, look: Look) {
  return { handOver: presentHandOver(file.handOver, look), skipped: presentSkip(file.skipped, look) }
}
