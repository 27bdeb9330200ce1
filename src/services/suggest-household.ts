import type { Attendance } from '../attendance/attendance.ts'
import { homePostcode } from '../attendance/postcode.ts'
import { type Likeness, likenesses, likenessOf } from '../review/household.ts'
import type { Neighbour, TimelineStore } from './timeline-port.ts'

/** Another child who may live with this one, or be this one under other numbers. A suggestion, and never more. */
export interface Suggested {
  readonly likeness: Likeness
  /** Held attendances of that child, the latest first. */
  readonly attendances: readonly [Neighbour, ...Neighbour[]]
}

export type Household =
  | { readonly kind: 'suggested'; readonly children: readonly Suggested[]; readonly hasMore: boolean }
  /** No postcode tells where the child lives. */
  | { readonly kind: 'no-postcode' }

/** A home for children or a hostel may have many: the latest are read, and the page says that there are more. */
const neighboursMax = 200
const childrenMax = 10

/** Who else may live there, the most alike first. Of clear attendances Wren keeps no address, and so suggests none. */
export async function suggestHousehold(
  timelines: Pick<TimelineStore, 'neighbours'>,
  { trust, attendanceId, patient }: Attendance,
): Promise<Household> {
  const postcode = homePostcode(patient.postcode)
  if (postcode === null) return { kind: 'no-postcode' }
  const neighbours = await timelines.neighbours({ postcode, trust, attendanceId, limit: neighboursMax })
  const alike = groupChildren(neighbours).flatMap(attendances => {
    const likeness = likenessOf(patient, attendances[0].patient)
    return likeness === null ? [] : [{ likeness, attendances }]
  })
  const order = Object.keys(likenesses)
  const children = alike.toSorted((a, b) => order.indexOf(a.likeness) - order.indexOf(b.likeness))
  return {
    kind: 'suggested',
    children: children.slice(0, childrenMax),
    hasMore: children.length > childrenMax || neighbours.length === neighboursMax,
  }
}

/** By the children's numbers, in the order of each child's latest attendance. */
function groupChildren(neighbours: readonly Neighbour[]): readonly Suggested['attendances'][] {
  const children = new Map<string, [Neighbour, ...Neighbour[]]>()
  for (const neighbour of neighbours) {
    const keys = keysOf(neighbour)
    const known = keys.map(key => children.get(key)).find(child => child !== undefined)
    if (known !== undefined) known.push(neighbour)
    const child = known ?? [neighbour]
    for (const key of keys) if (!children.has(key)) children.set(key, child)
  }
  return [...new Set(children.values())]
}

/** An attendance without any number is a child of its own. */
function keysOf({ trust, attendanceId, patient, mergedGroup }: Neighbour): readonly string[] {
  const keys = [
    patient.nhsNumber === null ? null : `NHS ${patient.nhsNumber}`,
    patient.localId === null ? null : `local ${trust} ${patient.localId}`,
    mergedGroup === null ? null : `merged ${mergedGroup}`,
  ].filter(key => key !== null)
  return keys.length > 0 ? keys : [`attendance ${trust} ${attendanceId}`]
}
