import { isMap, isScalar } from 'yaml'
import { allRead, readText } from './read-value.ts'
import type { Rule } from './rule.ts'
import { entriesOf, refuse, requireSettings, type Setting, settingsOf, type Value } from './settings.ts'

type Codes = Rule['codes']

/** `codes`: quoted, for without quotes YAML may read a code as a number and lose digits. */
export function parseCodes(setting: Setting): Codes | null {
  const settings = settingsOf(setting.source, setting.node, ['icd10', 'snomed'])
  const icd10 = readCodes(settings.get('icd10'), readIcd10)
  const snomed = readCodes(settings.get('snomed'), readSnomed)
  return icd10 === null || snomed === null ? null : { icd10, snomed }
}

function readCodes<Code>(
  setting: Setting | undefined,
  readOne: (value: Value) => Code | null,
): readonly Code[] | null {
  if (setting === undefined) return []
  const entries = entriesOf(setting)
  if (entries === null) return null
  if (entries.length > 500) return refuse(setting, { code: 'W019', message: 'at most 500 codes a rule' })
  return allRead(entries.map(readOne))
}

function readIcd10(value: Value): string | null {
  const code = readQuoted(value)
  if (code === null) return null
  if (/^[A-Z]\d\d(\.?[0-9A-Z]{1,2})?$/.test(code)) return code
  return refuse(value, { code: 'W013', message: 'not an ICD-10 code', help: 'write it as "X99" or "X99.1"' })
}

function readSnomed(value: Value): Codes['snomed'][number] | null {
  if (!isMap(value.node)) {
    const id = readConceptId(value)
    return id === null ? null : { id, display: null }
  }
  const settings = settingsOf(value.source, value.node, ['id', 'display'])
  if (!requireSettings(value.source, { node: value.node, settings, names: ['id'] })) return null
  const idSetting = settings.get('id')
  const displaySetting = settings.get('display')
  const id = idSetting === undefined ? null : readConceptId(idSetting)
  const display = displaySetting === undefined ? undefined : readText(displaySetting, { min: 1, max: 200 })
  return id === null || display === null ? null : { id, display: display ?? null }
}

function readConceptId(value: Value): string | null {
  const id = readQuoted(value)
  if (id === null) return null
  if (/^\d{6,18}$/.test(id) && hasVerhoeffCheck(id)) return id
  return refuse(value, {
    code: 'W017',
    message: 'not a SNOMED CT id: the check digit is wrong',
    help: 'copy the id from the browser of the terminology server; a digit was mistyped or lost',
  })
}

function readQuoted(value: Value): string | null {
  const { node } = value
  const isQuoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE')
  if (isQuoted) return readText(value, { min: 1, max: 20 })
  const typed = value.source.file.text.slice(...value.nodePlace)
  return refuse(value, { code: 'W016', message: 'quote the code', hint: `write "${typed.slice(0, 20)}"` })
}

/** The multiplication and permutation tables of the dihedral group D5 (SNOMED CT technical guide, Verhoeff). */
const multiply = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
]
const permute = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
]

function hasVerhoeffCheck(id: string): boolean {
  let check = 0
  for (const [index, digit] of [...id].reverse().entries()) {
    const permuted = Number(permute[index % 8]?.[Number(digit)])
    check = Number(multiply[check]?.[permuted])
  }
  return check === 0
}
