import { outcomes, type ReviewOutcome } from '../../review/decision.ts'
import type { AuditEntry } from '../../services/people.ts'
import { views } from '../../services/views.ts'
import { dayAndTime } from './dates.ts'
import { capital } from './mentions.ts'
import { roleNames } from './role.ts'

export interface HistoryLine {
  readonly at: string
  readonly who: string
  readonly did: string
  readonly why: string | null
}

export interface HistoryWords {
  /** Newest first. */
  readonly acts: readonly HistoryLine[]
  /** Each person who looked, with the last time. */
  readonly viewers: readonly { readonly who: string; readonly last: string }[]
}

const looks = new Set<string>(views)

/** What was done with a flag, and apart from it who has looked. */
export function presentHistory(
  history: readonly AuditEntry[],
  people: ReadonlyMap<string, string>,
): HistoryWords {
  const newestFirst = history.toSorted((a, b) => (a.at < b.at ? 1 : -1))
  const looked = Map.groupBy(
    newestFirst.filter(entry => looks.has(entry.did)),
    entry => entry.who,
  )
  return {
    acts: newestFirst
      .filter(entry => !looks.has(entry.did))
      .map(entry => ({
        at: dayAndTime(entry.at),
        who: whoWords(entry, people),
        did: didWords(entry.did),
        why: entry.why,
      })),
    viewers: [...looked.values()]
      .flatMap(entries => entries.slice(0, 1))
      .map(entry => ({ who: whoWords(entry, people), last: dayAndTime(entry.at) })),
  }
}

/** "decided: defer" as "Decided: Defer"; other acts as they are written. */
export function didWords(did: string): string {
  const outcome = /^decided: (.+)$/.exec(did)?.[1]
  if (outcome !== undefined && isOutcome(outcome)) return `Decided: ${outcomes[outcome].label}`
  return capital(acts[did] ?? did)
}

const acts: Readonly<Record<string, string>> = {
  'claimed flag': 'started the review',
  'took over flag': 'took over the review',
  'released flag': 'gave it back to the list',
  'released flag: signed out': 'signed out: it went back to the list',
  'claim lapsed': 'put it back on the list: nothing was done with it for 20 minutes',
  'skipped flag': 'skipped it for now',
  'handed over flag': 'handed it over',
  'recorded actions': 'saved the checklist',
  'undid decision': 'undid the outcome',
  'changed outcome': 'took the outcome back',
  'reopened flag': 'reopened it',
  'put in queue': 'put it in the queue',
  'raised flag': 'raised the flag',
  'withdrawn at source': 'marked it withdrawn at source: the hospital cancelled the attendance',
  'document withdrawn at source': 'marked a document withdrawn at source: the hospital cancelled it',
  'merged patients': 'joined the records of two hospital numbers: the hospital merged them',
  'raised flag: found late': 'read history again and raised the flag',
  'reopened flag: found late': 'read history again and put it back to review',
  'updated flag: found late': 'read history again and found more',
  'updated flag: text changed': 'changed text arrived from the hospital',
  'reopened flag: a mention was added': 'put it back to review: new text adds a mention',
  'returned flag to the queue: its day came': 'put it back to review: the day it was deferred to has come',
  'asked to send again': 'asked for the referral to be sent again',
  'exported in day sheet: print': 'opened it in a day sheet made for paper',
  'exported in day sheet: xlsx': 'took it out of Wren in a day sheet, as a spreadsheet',
  'exported in day sheet: csv': 'took it out of Wren in a day sheet, as CSV',
  'exported in meeting pack: print': 'opened it in the papers for a meeting',
  'exported in meeting pack: xlsx': 'took it out of Wren in the papers for a meeting, as a spreadsheet',
  'exported in meeting pack: csv': 'took it out of Wren in the papers for a meeting, as CSV',
}

function whoWords({ who, role }: AuditEntry, people: ReadonlyMap<string, string>): string {
  if (role === 'system') return 'Wren'
  const name = people.get(who) ?? who
  return `${name}, ${roleNames[role].toLowerCase()}`
}

function isOutcome(text: string): text is ReviewOutcome {
  return Object.hasOwn(outcomes, text)
}
