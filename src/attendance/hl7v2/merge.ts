import type { NumberMerge } from '../attendance.ts'
import { findBadText } from '../json-structure.ts'
import { fieldOf, type Message, type Segment } from './message.ts'
import { readNumbers } from './patient.ts'

/**
 * A merge of patients (ADT A18, A30, A34, A36, A39, A40), one group a patient:
 *
 *     PID   who is left: PID-3 the surviving numbers
 *     MRG   MRG-1 the numbers that were given up for them
 *
 * Only hospital numbers are taken: a NHS number that was given up may be another child's, and its attendances must not
 * become this one's.
 */
export function readMerges({
  segments,
  escapes,
}: Message): { readonly merges: readonly NumberMerge[] } | { readonly problem: string } {
  const merges: NumberMerge[] = []
  let pid: Segment | undefined
  for (const segment of segments) {
    if (segment.name === 'PID') pid = segment
    if (segment.name !== 'MRG') continue
    const surviving = readNumbers(fieldOf(pid, 3), escapes).localId
    const prior = readNumbers(fieldOf(segment, 1), escapes).localId
    if (surviving === null) return { problem: 'PID-3 holds no hospital number: it names who is left' }
    if (prior === null) return { problem: 'MRG-1 holds no hospital number: it names who was merged' }
    merges.push({ prior, surviving })
  }
  if (merges.length === 0) return { problem: 'there is no MRG segment: it names who was merged' }
  return findBadText(merges) === null
    ? { merges }
    : { problem: 'PID-3 or MRG-1 holds a NUL or half of a surrogate pair: send text without them' }
}
