import { namePeople } from '../../services/name-people.ts'
import type { FlagFile } from '../../services/ports.ts'
import { recentTime } from '../presenters/dates.ts'
import { didWords } from '../presenters/history.ts'
import type { Visit } from '../visit.ts'

/** Who did what since the nurse opened the form. */
export async function conflictWords({ actor, wren }: Visit, file: FlagFile): Promise<string> {
  const people = await namePeople(wren.ports.accounts)
  const last = file.history.find(entry => entry.who !== actor.username && !entry.did.startsWith('opened'))
  if (last === undefined) return 'It was changed in another window of yours.'
  const who = last.role === 'system' ? 'Wren' : (people.get(last.who) ?? last.who)
  const now = wren.ports.clock.now().toString()
  return `${who}, ${recentTime(last.at, now)}: ${didWords(last.did)}${last.why === null ? '' : ` – ${last.why}`}`
}
