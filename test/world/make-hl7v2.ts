/** A message from its segments, as a hospital's engine sends it. Each name stands for a whole segment. */
export interface MessageWishes {
  readonly msh?: Readonly<Record<number, string>>
  readonly evn?: Readonly<Record<number, string>>
  readonly pid?: Readonly<Record<number, string>>
  readonly pv1?: Readonly<Record<number, string>>
  /** Segments after PV1, as they stand. */
  readonly more?: readonly string[]
  readonly lineEnd?: string
}

/** ADT A04 of an invented child; any field may be wished otherwise. */
export function makeHl7v2({ msh, evn, pid, pv1, more = [], lineEnd = '\r' }: MessageWishes = {}): string {
  const header = segmentOf('MSH', {
    ...{ 2: '^~\\&', 3: 'ed-worcester', 4: 'RWP', 5: 'WREN', 6: 'RWP', 7: '20261120214000', 9: 'ADT^A04' },
    ...{ 10: 'M0001', 11: 'P', 12: '2.4' },
    ...msh,
  })
  return [
    // The first delimiter is field 1 of MSH itself.
    header.replace('MSH||', 'MSH|'),
    segmentOf('EVN', { 2: '20261120213900', ...evn }),
    segmentOf('PID', {
      3: '9990000018^^^NHS^NH~W104411^^^RWP^MR',
      5: 'Ashdown^Kit^^^^^L',
      7: '20110302',
      8: 'M',
      11: '4 Mill Lane^^Worcester^^WR5 1CV^^H',
      ...pid,
    }),
    segmentOf('PV1', { 2: 'E', 3: 'ED^^^RWP50', 19: 'E2604117', 44: '20261120213500', ...pv1 }),
    ...more,
  ].join(lineEnd)
}

/** A segment by its field numbers. */
export function segmentOf(name: string, fields: Readonly<Record<number, string>>): string {
  const last = Math.max(0, ...Object.keys(fields).map(Number))
  return [name, ...Array.from({ length: last }, (_, index) => fields[index + 1] ?? '')].join('|')
}

/** A line of a note. */
export function textSegment(words: string, wishes: Readonly<Record<number, string>> = {}): string {
  return segmentOf('OBX', { 1: '1', 2: 'TX', 3: 'TRIAGE^Triage note', 5: words, ...wishes })
}
