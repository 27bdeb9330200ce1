/** Names other systems use for what Wren calls otherwise. */
const otherNames: Readonly<Record<string, string>> = {
  dob: 'birthDate',
  dateofbirth: 'birthDate',
  surname: 'family',
  lastname: 'family',
  familyname: 'family',
  forename: 'given',
  firstname: 'given',
  givenname: 'given',
  gender: 'sex',
  mrn: 'localId',
  hospitalnumber: 'localId',
  gp: 'gpPractice',
  diagnoses: 'codes',
  arrivaltime: 'arrivedAt',
  departuretime: 'departedAt',
  encounterid: 'attendanceId',
  visitid: 'attendanceId',
  body: 'text',
  type: 'kind',
}

/** The known key that an unknown one was probably meant to be, or null. */
export function nearKey(unknown: string, known: readonly string[]): string | null {
  if (unknown.length > 40) return null
  const plain = plainOf(unknown)
  const other = Object.hasOwn(otherNames, plain) ? otherNames[plain] : undefined
  if (other !== undefined && known.includes(other)) return other
  const near = known
    .map(key => ({ key, edits: editsBetween(plain, plainOf(key)) }))
    .filter(({ key, edits }) => edits <= (key.length <= 4 ? 1 : 2))
    .sort((a, b) => a.edits - b.edits)
  return near[0]?.key ?? null
}

function plainOf(key: string): string {
  return key.toLowerCase().replace(/[\s_-]/g, '')
}

/** Letters to add, drop or change; the plain textbook table, for two short words. */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
