import { z } from 'zod'
import type { HeldAttendance } from '../../review/flag.ts'
import { priorities } from '../../rules/rule.ts'
import { readAttendance, readMentions, writeAttendance, writeMentions } from './attendance-row.ts'
import type { HeldVersion } from './later-version.ts'

const PartRows = z.array(
  z.object({
    attendance: z.unknown(),
    mentions: z.unknown(),
    outcome: z.enum(['flagged', 'clear']),
    priority: z.enum(priorities).nullable(),
    because: z.array(z.string()),
    rulesetVersion: z.string(),
  }),
)

/** Null where the whole record is the one part: then it is what is shown, and is not kept twice. */
export function writeParts({ parts }: HeldVersion): string | null {
  if (parts.every(({ attendance }) => attendance.document === null)) return null
  return JSON.stringify(
    parts.map(({ attendance, mentions, ...part }) => ({
      attendance: JSON.parse(writeAttendance(attendance)),
      mentions: JSON.parse(writeMentions(mentions)),
      outcome: part.outcome,
      priority: part.priority,
      because: [...part.because],
      rulesetVersion: part.rulesetVersion,
    })) satisfies z.input<typeof PartRows>,
  )
}

export function readParts(rows: unknown): readonly HeldAttendance[] | null {
  if (rows === null) return null
  const parsed = PartRows.safeParse(rows)
  if (!parsed.success) {
    const [first] = parsed.error.issues
    throw new Error(`the parts of a record do not read back: ${first?.path.join('.')} (${first?.code})`)
  }
  return parsed.data.map(({ attendance, mentions, ...part }) => ({
    ...part,
    attendance: readAttendance(attendance),
    mentions: readMentions(mentions),
  }))
}
