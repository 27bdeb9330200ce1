import { readChoice, readText } from './read-value.ts'
import type { Ignore } from './rule.ts'
import { refuse, type Settings, settingsOf, type Value } from './settings.ts'
import { readListedWords, type WordLists } from './word-lists.ts'

const allowed = ['before', 'after', 'near', 'if_near', 'unless_near', 'then', 'because']

/**
 * Air, BB, pellet, airsoft and gas guns injure children and are no harmless wording: they are found by a rule of
 * their own, so no other rule may wave them away.
 */
const airGun = /^(air|bb|b\.b\.|pellets?|air ?soft|gas)([ -]?(gun|rifle|pistol|weapon)s?)?$/i

/** One entry of `ignore`: a wording in which a mention means something else, with the reason that nurses read. */
export function parseIgnore(entry: Value, lists: WordLists | null): Ignore | null {
  const settings = settingsOf(entry.source, entry.node, allowed)
  const words = (name: string) => readListedWords(settings.get(name), lists)
  const before = words('before')
  const after = words('after')
  const near = words('near')
  const ifNear = words('if_near')
  const unlessNear = words('unless_near')
  const treatment = readTreatment(settings)
  const because = readBecause(entry, settings)
  if (before === null || after === null || near === null) return null
  if (ifNear === null || unlessNear === null || treatment === null || because === null) return null
  if (before.length + after.length + near.length === 0) {
    return refuse(entry, {
      code: 'W026',
      message: 'this entry would ignore everything: it needs `before`, `after` or `near`',
    })
  }
  const gun = [...before, ...after, ...near].find(text => airGun.test(text))
  if (gun === undefined) return { before, after, near, ifNear, unlessNear, treatment, because }
  return refuse(entry, {
    code: 'W025',
    message: `air, BB, pellet, airsoft and gas guns cannot be ignored: \`${gun}\``,
    help: 'they have a rule of their own, with its own priority',
  })
}

function readTreatment(settings: Settings): Ignore['treatment'] | null {
  const setting = settings.get('then')
  return setting === undefined ? 'set-aside' : readChoice(setting, ['lower', 'set-aside'])
}

function readBecause(entry: Value, settings: Settings): string | null {
  const setting = settings.get('because')
  if (setting !== undefined) return readText(setting, { min: 3, max: 200, code: 'W024' })
  return refuse(entry, { code: 'W024', message: 'say `because`: nurses read why a mention was set aside' })
}
