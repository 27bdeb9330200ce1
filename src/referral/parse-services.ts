import { isDay } from '../attendance/instant.ts'
import { readChoice, readNumber, readText, readYes } from '../rules/read-value.ts'
import { type Theme, themes } from '../rules/rule.ts'
import type { RuleFile } from '../rules/rule-file.ts'
import { refuse, type Value } from '../rules/settings.ts'
import { fieldsOf, type Parsed, parseFile, readEntries, refuseRepeats } from './read-fields.ts'
import type { Service } from './services-directory.ts'

/** Reads `partnership/services.yaml`, or says everything that is wrong with it. `districts` are those of the areas. */
export function parseServices(
  file: RuleFile,
  { districts }: { readonly districts: readonly string[] },
): Parsed<readonly Service[]> {
  return parseFile(file, { required: ['services'] }, ({ read }) =>
    read('services', setting => {
      const services = readEntries(setting, { min: 0, max: 300 }, entry => readService(entry, districts))
      refuseRepeats(
        setting,
        (services ?? []).map(({ id }) => id),
      )
      return services
    }),
  )
}

function readService(value: Value, known: readonly string[]): Service | null {
  const { read } = fieldsOf(value, {
    required: ['id', 'name', 'what', 'ages', 'contact', 'checked_on'],
    optional: ['districts', 'themes', 'criteria', 'self_referral'],
  })
  const text = (name: string, max: number) => read(name, setting => readText(setting, { min: 2, max }))
  const [id, name, what, contact] = [
    read('id', readId),
    text('name', 100),
    text('what', 300),
    text('contact', 200),
  ]
  const criteria = text('criteria', 300)
  const districts = read('districts', setting =>
    readEntries(setting, { min: 1, max: 40 }, entry => readChoice({ ...entry, name: 'district' }, known)),
  )
  const found = read('themes', setting =>
    readEntries<Theme>(setting, { min: 1, max: 10 }, entry =>
      readChoice({ ...entry, name: 'theme' }, themes),
    ),
  )
  const ages = read('ages', readAges)
  const checkedOn = read('checked_on', readDay)
  const selfReferral = read('self_referral', readYes) ?? false
  if (id === null || name === null || what === null || contact === null) return null
  if (ages === null || checkedOn === null) return null
  return {
    ...{ id, name, what, ages, contact, criteria, selfReferral, checkedOn },
    districts: districts ?? [],
    themes: found ?? [],
  }
}

function readId(value: Value): string | null {
  const id = readText(value, { min: 2, max: 60, code: 'W014' })
  if (id === null || /^[a-z][a-z0-9-]*$/.test(id)) return id
  return refuse(value, { code: 'W014', message: '`id` may hold only a to z, 0 to 9 and hyphens' })
}

function readAges(value: Value): Service['ages'] | null {
  const { read } = fieldsOf(value, { required: ['from', 'to'] })
  const [from, to] = [
    read('from', setting => readNumber(setting, { min: 0, max: 120 })),
    read('to', setting => readNumber(setting, { min: 0, max: 120 })),
  ]
  if (from === null || to === null) return null
  if (from <= to) return { from, to }
  return refuse(value, { code: 'W018', message: `\`from\` is above \`to\`: ${from} to ${to}` })
}

function readDay(value: Value): string | null {
  const day = readText(value, { min: 10, max: 10 })
  if (day === null || isDay(day)) return day
  return refuse(value, { code: 'W019', message: `\`${value.name}\` must be a day, such as "2026-11-21"` })
}
