import { z } from 'zod'
import { codeSystems } from '../../attendance/attendance.ts'
import { Note } from '../../attendance/note.ts'
import { type Assertion, assertions, standings } from '../../scan/mention.ts'
import type { Scannable } from '../../scan/scanner.ts'

/** An attendance in the simple form: what `wren scan --notes`, `rules backtest` and `evaluate` read. */
export interface SimpleLine {
  readonly id: string
  /** ISO date of arrival, where the line gives one. */
  readonly day: string | null
  readonly scannable: Scannable
  /** Ids of the rules that should flag it; null where the line does not say. */
  readonly expect: readonly string[] | null
  /** The standings that its strongest mention may have; null where the line does not say. */
  readonly standing: readonly LabelledStanding[] | null
  /** Places in its sections, and how they are meant. */
  readonly meant: readonly Meant[]
}

/** `none`: nothing found is right too. */
export const labelledStandings = [...standings, 'none'] as const
export type LabelledStanding = (typeof labelledStandings)[number]

/** How a reader understood a place of a note. */
export interface Meant {
  /** Index into the line's sections. */
  readonly section: number
  /** Half-open UTF-16 offsets in that section. */
  readonly start: number
  readonly end: number
  /** Null where the words have another meaning, of which nothing is asserted. */
  readonly assertion: Assertion | null
  /** Any of these is right. */
  readonly standing: readonly LabelledStanding[]
}

export type SimpleLineRead =
  | { readonly kind: 'line'; readonly line: SimpleLine }
  | {
      readonly kind: 'unreadable'
      /** Where it could be read. */
      readonly id: string | null
      /** For a person: names the field and what was expected, never quotes a note. */
      readonly problem: string
    }

/**
 * One line, such as
 *
 *     {"id":"h1","ageYears":15,"sections":[{"section":"triage","text":"…"}]}
 *
 * and, where they are known, "day" (such as "2026-03-01"), "codes" ([{"system":"icd10","code":"X60"}]) and the labels
 * "expect" (["weapon-blade"]), "standing" (["counted"]) and "meant"
 * ([{"section":0,"start":7,"end":12,"assertion":"negated","standing":["lowered"]}]). Without an age it is read as a
 * child's. Other fields are left unread.
 */
const standing = z.array(z.enum(labelledStandings)).min(1)
const Line = z.object({
  id: z.string().min(1).max(200),
  ageYears: z.number().min(0).max(130).nullish(),
  day: z.iso.date().nullish(),
  sections: z.array(z.object({ section: z.string().max(200).default('note'), text: z.string() })),
  codes: z.array(z.object({ system: z.enum(codeSystems), code: z.string().min(1).max(40) })).default([]),
  expect: z.array(z.string().min(1).max(60)).nullish(),
  standing: standing.nullish(),
  meant: z
    .array(
      z.object({
        section: z.int().min(0),
        start: z.int().min(0),
        end: z.int().min(1),
        assertion: z.enum(assertions).nullable(),
        standing,
      }),
    )
    .default([]),
})

const expected: Readonly<Record<string, string>> = {
  id: 'a text',
  ageYears: 'a number of years, or nothing',
  day: 'a date such as "2026-03-01"',
  sections: 'a list such as [{"section":"triage","text":"…"}]',
  codes: 'a list such as [{"system":"icd10","code":"X60"}]',
  expect: 'a list of rule ids such as ["weapon-blade"]',
  standing: 'a list of counted, lowered, set-aside and none',
  meant: 'a list such as [{"section":0,"start":7,"end":12,"assertion":"negated","standing":["lowered"]}]',
}

export function readSimpleLine(text: string): SimpleLineRead {
  const json = jsonOf(text.replace(/^\uFEFF/, ''))
  if (json === undefined) return { kind: 'unreadable', id: null, problem: 'the line is not JSON' }
  const parsed = Line.safeParse(json)
  if (!parsed.success) return { kind: 'unreadable', id: idOf(json), problem: problemOf(parsed.error) }
  const { id, ageYears, day, sections, codes, expect, standing, meant } = parsed.data
  return {
    kind: 'line',
    line: {
      id,
      day: day ?? null,
      scannable: {
        ageOnArrival: ageYears === null || ageYears === undefined ? null : Math.floor(ageYears),
        notes: sections.map(({ section, text: words }) => new Note({ section, words })),
        codes: codes.map(code => ({ ...code, display: null })),
        alerts: [],
        leftBeforeSeen: false,
      },
      expect: expect ?? null,
      standing: standing ?? null,
      meant,
    },
  }
}

/** Path and expectation only: the library's own message may quote the note. */
function problemOf(error: z.ZodError): string {
  const path = error.issues[0]?.path ?? []
  const field = String(path[0] ?? '')
  if (path.length === 0) return 'the line is not an object such as {"id":"h1","sections":[…]}'
  return `\`${path.join('.')}\` cannot be read: \`${field}\` must be ${expected[field] ?? 'as documented'}`
}

function idOf(json: unknown): string | null {
  const id = typeof json === 'object' && json !== null && 'id' in json ? json.id : null
  return typeof id === 'string' && id !== '' && id.length <= 200 ? id : null
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
