import { type Actor, auditEntryOf } from './actor.ts'
import type { PatientHash } from './patient-hash.ts'
import type { AuditStore } from './people.ts'
import type { Clock } from './ports.ts'
import type { FoundAttendance, SearchStore } from './search-port.ts'
import { readSearch, type SearchTerms } from './search-terms.ts'

export interface SearchPorts {
  readonly searches: SearchStore
  readonly audit: AuditStore
  readonly clock: Clock
  readonly patientHash: PatientHash
}

/** As long as a session can last: after that nobody can come back to the answer. */
const keptHours = 12

/** Keeps the text under a new id. The id goes into the address; the text never does. */
export async function beginSearch(
  { searches, clock }: Pick<SearchPorts, 'searches' | 'clock'>,
  { actor, id, text }: { actor: Actor; id: string; text: string },
): Promise<void> {
  const now = clock.now()
  const before = now.subtract({ hours: keptHours }).toString()
  await searches.saveSearch({ id, who: actor.username, at: now.toString(), text, before })
}

export interface SearchAnswer {
  readonly text: string
  readonly terms: SearchTerms
  readonly found: readonly FoundAttendance[]
  /** More were found than are listed. */
  readonly hasMore: boolean
}

export const foundMax = 50

/** What a search finds now. Null where this person has no such search. */
export async function answerSearch(
  { searches, audit, clock, patientHash }: SearchPorts,
  { actor, id }: { actor: Actor; id: string },
): Promise<SearchAnswer | null> {
  const since = clock.now().subtract({ hours: keptHours }).toString()
  const text = await searches.searchText({ id, who: actor.username, since })
  if (text === null) return null
  const terms = readSearch(text)
  await audit.append(auditEntryOf(clock, { actor, did: `searched ${kindOf(terms)}`, what: `search ${id}` }))
  const found = await searches.find(
    {
      patientHashes: await hashesOf({ searches, patientHash }, terms),
      ...{ number: terms.number, birthDate: terms.birthDate, name: terms.name },
    },
    foundMax + 1,
  )
  return { text, terms, found: found.slice(0, foundMax), hasMore: found.length > foundMax }
}

async function hashesOf(
  { searches, patientHash }: Pick<SearchPorts, 'searches' | 'patientHash'>,
  { nhsNumber, number }: SearchTerms,
): Promise<readonly string[]> {
  const trusts = number === null ? [] : await searches.trusts()
  return [
    ...(nhsNumber === null ? [] : [patientHash.ofNhsNumber(nhsNumber)]),
    ...trusts.flatMap(trust => (number === null ? [] : [patientHash.ofLocalId({ trust, localId: number })])),
  ]
}

function kindOf({ nhsNumber, birthDate, name }: SearchTerms): string {
  if (nhsNumber !== null) return 'by NHS number'
  if (birthDate !== null) return 'by date of birth'
  return name === null ? 'by attendance number' : 'by name'
}
