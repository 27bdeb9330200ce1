import { createHash } from 'node:crypto'
import { isMap, isScalar } from 'yaml'
import { readChoice, readText, readWords, readYes } from '../rules/read-value.ts'
import type { RuleFile } from '../rules/rule-file.ts'
import { refuse, settingsOf, type Value } from '../rules/settings.ts'
import { type AssessmentForm, notKnown, type Option, type Question, type Section } from './assessment-form.ts'
import { isOwnName } from './own-questions.ts'
import { fieldsOf, type Parsed, parseFile, readEntries, refuseRepeats } from './read-fields.ts'

const asks = ['indicator', 'words', 'choice'] as const

/** Reads `partnership/risk-assessment.yaml`, or says everything that is wrong with it. */
export function parseAssessment(file: RuleFile): Parsed<AssessmentForm> {
  const names = { required: ['title', 'levels', 'overall', 'lawful_bases', 'sections'] }
  return parseFile(file, names, ({ read }) => {
    const title = read('title', setting => readText(setting, { min: 3, max: 100 }))
    const levels = read('levels', readOptions)
    const overall = read('overall', readOptions)
    const lawfulBases = read('lawful_bases', readOptions)
    const sections = read('sections', setting => {
      const found = readEntries(setting, { min: 1, max: 20 }, entry => readSection(entry, levels ?? []))
      const ids = (found ?? []).flatMap(({ questions }) => questions.map(({ id }) => id))
      refuseRepeats(setting, ids)
      return found
    })
    if (title === null || levels === null || overall === null || lawfulBases === null) return null
    if (sections === null) return null
    const content = { title, sections, overall, lawfulBases }
    const version = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12)
    return { version, ...content }
  })
}

function readSection(value: Value, levels: readonly Option[]): Section | null {
  const { read } = fieldsOf(value, { required: ['id', 'title', 'questions'], optional: ['intro'] })
  const id = read('id', readId)
  const title = read('title', setting => readText(setting, { min: 2, max: 100 }))
  const intro = read('intro', setting => readText(setting, { min: 2, max: 500 }))
  const questions = read('questions', setting =>
    readEntries(setting, { min: 1, max: 40 }, entry => readQuestion(entry, levels)),
  )
  return id === null || title === null || questions === null ? null : { id, title, intro, questions }
}

function readQuestion(value: Value, levels: readonly Option[]): Question | null {
  const { read, has } = fieldsOf(value, {
    required: ['id', 'ask', 'label'],
    optional: ['hint', 'options', 'required', 'evidence_from', 'carried_over'],
  })
  const id = read('id', readId)
  const ask = read('ask', setting => readChoice(setting, asks))
  const label = read('label', setting => readText(setting, { min: 2, max: 200 }))
  const hint = read('hint', setting => readText(setting, { min: 2, max: 300 }))
  const options = read('options', readOptions)
  const required = read('required', readYes) ?? false
  const evidenceFrom = read('evidence_from', setting => readWords(setting, { min: 1, max: 40 })) ?? []
  const carriedOver = read('carried_over', readYes) ?? false
  if (id === null || ask === null || label === null) return null
  if ((ask === 'choice') !== has('options')) {
    return refuse(value, {
      code: 'W010',
      message:
        ask === 'choice' ? 'a choice needs `options`' : `\`options\` belong to a choice, not to ${ask}`,
    })
  }
  return {
    ...{ id, ask, label, hint, required, evidenceFrom, carriedOver, onlyIf: null },
    options: ask === 'indicator' ? [...levels, notKnown] : (options ?? []),
    missing: `${ask === 'words' ? 'Enter' : 'Select'} an answer to “${label}”`,
  }
}

function readId(value: Value): string | null {
  const id = readText(value, { min: 2, max: 60, code: 'W014' })
  if (id === null) return null
  if (!/^[a-z][a-z0-9-]*$/.test(id)) {
    return refuse(value, { code: 'W014', message: '`id` may hold only a to z, 0 to 9 and hyphens' })
  }
  if (!isOwnName(id)) return id
  return refuse(value, { code: 'W014', message: `\`${id}\` is asked by Wren itself: use another id` })
}

/** A map of values to what people read, in its order. */
function readOptions(value: Value): readonly Option[] | null {
  const keys = isMap(value.node) ? value.node.items.map(({ key }) => key) : []
  const names = keys.flatMap(key => (isScalar(key) && typeof key.value === 'string' ? [key.value] : []))
  if (names.length < 2 || names.length > 12) {
    return refuse(value, {
      code: 'W019',
      message: `\`${value.name}\` needs 2 to 12 answers: here are ${names.length}`,
      help: 'write one answer a line, such as `likely: Likely`',
    })
  }
  const settings = settingsOf(value.source, value.node, names)
  const options = names.map(name => {
    const setting = settings.get(name)
    const label = setting === undefined ? null : readText(setting, { min: 1, max: 120 })
    return label === null ? null : { value: name, label }
  })
  const whole = options.filter(option => option !== null)
  return whole.length === names.length ? whole : null
}
