import { decodeMessage } from '../../src/attendance/decode.ts'
import type { Scanned } from '../../src/scan/mention.ts'
import type { Scannable, Scanner } from '../../src/scan/scanner.ts'
import { makeScreen, type Screen } from '../../src/services/screen-attendances.ts'
import { makeMention } from './make-attendance.ts'

export const identifierKey = 'invented for tests: thirty-two characters or more'

/** For tests of how messages travel: a scanner that knows the one word "knife". The real one has tests of its own. */
export const knifeScanner: Scanner = {
  rulesetVersion: 'knife-1',
  scan({ notes }: Scannable): Scanned {
    const mentions = notes.flatMap((note, section) => {
      const start = note.words.indexOf('knife')
      return start < 0 ? [] : [makeMention({ section, start, end: start + 'knife'.length })]
    })
    const flagged = mentions.length > 0
    return {
      outcome: flagged ? 'flagged' : 'clear',
      priority: flagged ? 'high' : null,
      because: flagged ? ['Knife or blade: "knife"'] : [],
      mentions,
    }
  },
}

/** Screens as Wren does, with that scanner. */
export const knifeScreen: Screen = makeScreen({
  scanner: knifeScanner,
  decode: (bytes, options) => decodeMessage(bytes, { ...options, defaultTrust: 'RWP' }),
  identifierKey,
})

/** A message as a hospital sends it, in Wren's own JSON. */
export function attendanceMessage({
  attendanceId,
  words,
  nhsNumber = null,
  family = null,
}: {
  readonly attendanceId: string
  readonly words: string
  readonly nhsNumber?: string | null
  readonly family?: string | null
}): string {
  return JSON.stringify({
    source: 'ed-worcester',
    attendanceId,
    arrivedAt: '2026-03-01T09:30:00Z',
    patient: { nhsNumber, family, birthDate: '2011-05-30' },
    notes: [{ section: 'triage', text: words }],
  })
}
