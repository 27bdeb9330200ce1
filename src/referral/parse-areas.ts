import { readChoice, readNumber, readText, readWords } from '../rules/read-value.ts'
import type { RuleFile } from '../rules/rule-file.ts'
import { refuse, type Value } from '../rules/settings.ts'
import type { Areas, Clocks, Contacts, Meeting, OwnDistrict } from './areas.ts'
import { fieldsOf, type Parsed, parseFile, readEntries, refuseRepeats } from './read-fields.ts'

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

/** Reads `partnership/areas.yaml`, or says everything that is wrong with it. */
export function parseAreas(file: RuleFile): Parsed<Areas> {
  const names = { required: ['meeting', 'clocks', 'contacts', 'own', 'others'], optional: ['suggests'] }
  return parseFile(file, names, ({ read }) => {
    const meeting = read('meeting', readMeeting)
    const suggests = read('suggests', readSuggests) ?? { green: [], amber: [], red: [] }
    const clocks = read('clocks', readClocks)
    const contacts = read('contacts', readContacts)
    const own = read('own', readOwn)
    const others = read('others', setting => {
      const read = readEntries(setting, { min: 0, max: 400 }, readAuthority)
      refuseRepeats(
        setting,
        (read ?? []).map(({ name }) => name),
      )
      return read
    })
    if (meeting === null || clocks === null || contacts === null) return null
    return own === null || others === null ? null : { meeting, suggests, clocks, contacts, own, others }
  })
}

function readMeeting(value: Value): Meeting | null {
  const { read } = fieldsOf(value, { required: ['weekday', 'cut_off_days'] })
  const weekday = read('weekday', setting => readChoice(setting, weekdays))
  const cutOffDays = read('cut_off_days', setting => readNumber(setting, { min: 0, max: 6 }))
  return weekday === null || cutOffDays === null
    ? null
    : { weekday: weekdays.indexOf(weekday) + 1, cutOffDays }
}

/** An answer that stands under two pathways would suggest both. */
function readSuggests(value: Value): Areas['suggests'] | null {
  const { read } = fieldsOf(value, { required: [], optional: ['green', 'amber', 'red'] })
  const answers = (name: string) => read(name, setting => readWords(setting, { min: 1, max: 12 })) ?? []
  const suggests = { green: answers('green'), amber: answers('amber'), red: answers('red') }
  refuseRepeats(value, Object.values(suggests).flat())
  return suggests
}

function readClocks(value: Value): Clocks | null {
  const { read } = fieldsOf(value, {
    required: ['acknowledgement_days', 'decision_days', 'escalate_after_days', 'day_ends'],
  })
  const days = (name: string) => read(name, setting => readNumber(setting, { min: 0, max: 30 }))
  const acknowledgementDays = days('acknowledgement_days')
  const decisionDays = days('decision_days')
  const escalateAfterDays = days('escalate_after_days')
  const dayEnds = read('day_ends', readTime)
  if (acknowledgementDays === null || decisionDays === null) return null
  if (escalateAfterDays === null || dayEnds === null) return null
  return { acknowledgementDays, decisionDays, escalateAfterDays, dayEnds }
}

function readTime(value: Value): string | null {
  const time = readText(value, { min: 5, max: 5 })
  if (time === null || /^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return time
  return refuse(value, { code: 'W019', message: `\`${value.name}\` must be a time, such as "17:00"` })
}

function readContacts(value: Value): Contacts | null {
  const { read } = fieldsOf(value, { required: ['in_hours', 'out_of_hours', 'escalate'] })
  const text = (name: string) => read(name, setting => readText(setting, { min: 3, max: 200 }))
  const [inHours, outOfHours, escalate] = [text('in_hours'), text('out_of_hours'), text('escalate')]
  return inHours === null || outOfHours === null || escalate === null
    ? null
    : { inHours, outOfHours, escalate }
}

function readOwn(value: Value): Areas['own'] | null {
  const { read } = fieldsOf(value, { required: ['name', 'districts'] })
  const name = read('name', readName)
  const districts = read('districts', setting => {
    const entries = readEntries(setting, { min: 1, max: 40 }, readDistrict)
    refuseRepeats(
      setting,
      (entries ?? []).flatMap(({ postcodes }) => postcodes),
    )
    return entries
  })
  return name === null || districts === null ? null : { name, districts }
}

function readDistrict(value: Value): OwnDistrict | null {
  const { read } = fieldsOf(value, { required: ['name', 'postcodes'] })
  const [name, postcodes] = [read('name', readName), read('postcodes', readPostcodes)]
  return name === null || postcodes === null ? null : { name, postcodes }
}

function readAuthority(value: Value): Areas['others'][number] | null {
  const { read } = fieldsOf(value, { required: ['name', 'contact', 'postcodes'] })
  const [name, postcodes] = [read('name', readName), read('postcodes', readPostcodes)]
  const contact = read('contact', setting => readText(setting, { min: 3, max: 200 }))
  return name === null || contact === null || postcodes === null ? null : { name, contact, postcodes }
}

function readName(value: Value): string | null {
  return readText(value, { min: 2, max: 60 })
}

function readPostcodes(value: Value): readonly string[] | null {
  const postcodes = readEntries(value, { min: 1, max: 200 }, readPostcodeDistrict)
  refuseRepeats(value, postcodes ?? [])
  return postcodes
}

function readPostcodeDistrict(value: Value): string | null {
  const text = readText(value, { min: 2, max: 4 })
  if (text === null || /^[A-Z]{1,2}\d[A-Z\d]?$/.test(text)) return text
  return refuse(value, {
    code: 'W019',
    message: `\`${text}\` is no postcode district`,
    help: 'write what stands before the space of a postcode, in capitals, such as WR1',
  })
}
