import type { Attendance } from '../attendance/attendance.ts'
import { ageAt } from '../attendance/cohort.ts'
import { londonDayOf } from '../attendance/instant.ts'
import { handOverDay } from '../review/turning-eighteen.ts'
import { type Areas, type Home, homeOf, nextMeeting } from './areas.ts'

/** Who may receive a referral. */
export const destinations = {
  'get-safe': 'GET SAFE',
  'get-there': 'GET THERE',
  carm: 'CARM',
  'home-authority': 'the home authority',
} as const
export type Destination = keyof typeof destinations

/** Where a referral of this person may go. `because` and `alerts` are for the nurse. */
export interface Route {
  /**
   * `refer`: the first destination is meant, the others may be chosen. `person-decides`: age or address do not
   * tell; the nurse chooses. `none`: nowhere by Wren.
   */
  readonly kind: 'refer' | 'person-decides' | 'none'
  readonly destinations: readonly Destination[]
  /** Whom to tell as well. */
  readonly alsoFor: readonly 'get-there'[]
  readonly because: string
  /** What changes soon, such as a birthday before the meeting. */
  readonly alerts: readonly string[]
  readonly home: Home
}

type Age = 'under-16' | 'young' | 'adult-cohort' | 'over' | 'unknown'
type Place = Home['kind']
type Row = Pick<Route, 'kind' | 'destinations' | 'alsoFor' | 'because'>

/** Ages at arrival in whole years, both ends included. GET SAFE is for children; the adults' services end at 25. */
const ages: readonly { readonly age: Age; readonly from: number; readonly to: number }[] = [
  { age: 'under-16', from: 0, to: 15 },
  { age: 'young', from: 16, to: 17 },
  { age: 'adult-cohort', from: 18, to: 25 },
  { age: 'over', from: 26, to: 150 },
]

/** The whole of routing: by age at arrival, never by clinic, and by where the home is. */
const table: Readonly<Record<Age, Readonly<Record<Place, Row>>>> = {
  'under-16': {
    own: to('Under 16: GET SAFE.', 'get-safe'),
    elsewhere: to('Under 16, and lives outside the county: the home authority.', 'home-authority'),
    shared: ask('Under 16. The postcode does not tell the county: read the address.', children),
    unknown: ask('Under 16. No home address to tell the county: ask where the child lives.', children),
  },
  young: {
    own: withGetThere(to('Aged 16 or 17: GET SAFE, and information for GET THERE.', 'get-safe')),
    elsewhere: to('Aged 16 or 17, and lives outside the county: the home authority.', 'home-authority'),
    shared: withGetThere(
      ask('Aged 16 or 17. The postcode does not tell the county: read the address.', children),
    ),
    unknown: withGetThere(
      ask('Aged 16 or 17. No home address to tell the county: ask where the child lives.', children),
    ),
  },
  'adult-cohort': {
    own: to('Aged 18 to 25: GET THERE, or CARM where needs are complex. Not GET SAFE.', 'get-there', 'carm'),
    elsewhere: to('Aged 18 to 25, and lives outside the county: the home authority.', 'home-authority'),
    shared: ask('Aged 18 to 25. The postcode does not tell the county: read the address.', adults),
    unknown: ask('Aged 18 to 25. No home address to tell the county: ask where they live.', adults),
  },
  over: everywhere({
    kind: 'none',
    destinations: [],
    alsoFor: [],
    because: 'Aged 26 or over: none of these services. Ask adult social care.',
  }),
  unknown: {
    own: ask('The age at arrival is not known. Check the birth date before you refer.', anybody),
    elsewhere: ask(
      'The age at arrival is not known, and the home is outside the county. Check the birth date.',
      () => ['home-authority'],
    ),
    shared: ask('Neither age nor county are certain. Check both before you refer.', everybody),
    unknown: ask('Neither age nor address are known. Check both before you refer.', everybody),
  },
}

export interface Routing {
  readonly areas: Areas
  /** ISO day of Europe/London on which the referral is written. */
  readonly today: string
}

export function routeReferral(
  {
    ageOnArrival,
    arrivedAt,
    patient,
  }: Pick<Attendance, 'ageOnArrival' | 'arrivedAt'> & {
    readonly patient: Pick<Attendance['patient'], 'birthDate' | 'postcode'>
  },
  { areas, today }: Routing,
): Route {
  const home = homeOf(patient.postcode, areas)
  const age =
    ages.find(({ from, to }) => ageOnArrival !== null && from <= ageOnArrival && ageOnArrival <= to)?.age ??
    'unknown'
  const row = table[age][home.kind]
  const isChild = age === 'under-16' || age === 'young'
  const { birthDate } = patient
  const arrivedOn = arrivedAt === null ? today : londonDayOf(arrivedAt)
  const alerts = isChild && birthDate !== null ? handOverAlerts({ birthDate, arrivedOn, today }, areas) : []
  return { ...row, because: `${row.because}${authorityWords(home)}`, alerts, home }
}

/** A meeting speaks of who the person is then: 17 on arrival may be 18 on the day. */
function handOverAlerts(
  { birthDate, arrivedOn, today }: { birthDate: string; arrivedOn: string; today: string },
  { meeting }: Areas,
): readonly string[] {
  const meetingDay = nextMeeting(today, meeting)
  if (ageOn(birthDate, today) >= 18) {
    return ['Has turned 18 since arriving. The route stays that of the arrival; tell GET THERE and CARM too.']
  }
  if (ageOn(birthDate, meetingDay) >= 18) {
    return [
      `Turns 18 before the meeting on ${longDay(meetingDay)}. Hand over to GET THERE and CARM with the referral.`,
    ]
  }
  const handOver = handOverDay(birthDate)
  return arrivedOn >= handOver || today >= handOver
    ? ['Over 17 and a half: plan the hand-over with GET SAFE, GET THERE and CARM together.']
    : []
}

function ageOn(birthDate: string, day: string): number {
  return ageAt(birthDate, `${day}T12:00:00Z`)
}

function authorityWords(home: Home): string {
  if (home.kind === 'own' || home.kind === 'unknown') return ''
  const { postcodeDistrict, authorities } = home
  const [only, ...more] = authorities
  if (only === undefined) {
    return ` Wren does not know the authority of ${postcodeDistrict}: find it at gov.uk/report-child-abuse-to-local-council.`
  }
  if (more.length === 0 && home.kind === 'elsewhere') return ` ${only.name}: ${only.contact}.`
  const names = authorities.map(({ name, contact }) => `${name} (${contact})`).join(', or ')
  return ` ${postcodeDistrict} may be ${names}.`
}

function to(because: string, ...meant: readonly Destination[]): Row {
  return { kind: 'refer', destinations: meant, alsoFor: [], because }
}

function ask(because: string, whom: () => readonly Destination[]): Row {
  return { kind: 'person-decides', destinations: whom(), alsoFor: [], because }
}

function withGetThere(row: Row): Row {
  return { ...row, alsoFor: ['get-there'] }
}

function everywhere(row: Row): Readonly<Record<Place, Row>> {
  return { own: row, elsewhere: row, shared: row, unknown: row }
}

function children(): readonly Destination[] {
  return ['get-safe', 'home-authority']
}

function adults(): readonly Destination[] {
  return ['get-there', 'carm', 'home-authority']
}

function anybody(): readonly Destination[] {
  return ['get-safe', 'get-there', 'carm']
}

function everybody(): readonly Destination[] {
  return ['get-safe', 'get-there', 'carm', 'home-authority']
}

function longDay(isoDay: string): string {
  return Temporal.PlainDate.from(isoDay).toLocaleString('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  })
}
