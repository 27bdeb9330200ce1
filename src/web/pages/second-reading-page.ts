import { isDay } from '../../attendance/instant.ts'
import { isVerdict, verdicts } from '../../review/second-reading.ts'
import { namePeople } from '../../services/name-people.ts'
import { openSample, readAgain } from '../../services/read-again.ts'
import type { SampleRow } from '../../services/second-reading-port.ts'
import { count, dayAndTime, longDay } from '../presenters/dates.ts'
import { presentNotes } from '../presenters/notes.ts'
import { presentSetAside } from '../presenters/set-aside.ts'
import type { Answer, Visit } from '../visit.ts'

/** The random sample of what was set aside on a day: each is read in full, and agreed with or queued. */
export async function showReadings({ actor, params, wren }: Visit): Promise<Answer> {
  const day = params.text('day')
  if (!isDay(day)) return { kind: 'not-found' }
  const { ports, settings } = wren
  const sample = await openSample(ports, { actor, day, size: settings.sampleSize })
  if (sample === null) return { kind: 'not-found' }
  const people = await namePeople(ports.accounts)
  const unread = sample.rows.filter(isUnread).length
  return {
    kind: 'page',
    view: 'second-reading.njk',
    title: 'Second reading',
    context: {
      ...{ day, dayWords: longDay(day), unread },
      population: count(sample.population, 'attendance'),
      progress: `${sample.rows.length - unread} of ${sample.rows.length} read`,
      size: sample.rows.length,
      isOff: sample.rows.length === 0 && sample.population > 0,
      // What is still to be read stands on top: every answer leads back to the top of the page.
      rows: [...sample.rows.filter(isUnread), ...sample.rows.filter(row => !isUnread(row))].map(row => ({
        ...presentSetAside(row, settings.siteNames),
        notes: presentNotes(row.attendance, row.mentions),
        verdict: verdictWords(row, people),
        flagHref: row.flagId === null ? null : `/flags/${row.flagId}`,
      })),
    },
  }
}

export async function saveReading({ actor, params, form, wren }: Visit): Promise<Answer> {
  const day = params.text('day')
  const verdict = form.text('verdict')
  if (!isDay(day) || !isVerdict(verdict)) return { kind: 'not-found' }
  const [trust, attendanceId] = [form.text('trust'), form.text('attendanceId')]
  const saved = await readAgain(wren.ports, { actor, day, trust, attendanceId, verdict })
  const text =
    saved === 'saved'
      ? `Saved: ${verdicts[verdict]}.`
      : 'Somebody has read this one already. This is how it stands now.'
  const tone = saved === 'saved' ? 'success' : 'information'
  return { kind: 'redirect', to: `/set-aside/readings/${day}`, notice: { tone, text } }
}

function isUnread({ verdict }: SampleRow): boolean {
  return verdict === null
}

function verdictWords({ verdict }: SampleRow, people: ReadonlyMap<string, string>): string | null {
  if (verdict === null) return null
  return `${verdicts[verdict.is]}: ${people.get(verdict.by) ?? verdict.by}, ${dayAndTime(verdict.at)}`
}
