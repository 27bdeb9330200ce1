import {
  type Answers,
  type AssessmentForm,
  answerTo,
  indicatorFields,
  levelOf,
  type Option,
  type Question,
} from '../../referral/assessment-form.ts'
import { destinationOptions } from '../../referral/check-form.ts'
import { allSections, ownSections } from '../../referral/own-questions.ts'
import type { Prefilled } from '../../referral/prefill.ts'
import type { Route } from '../../referral/routing.ts'
import { type Service, serviceField } from '../../referral/services-directory.ts'
import { day } from './dates.ts'

export interface QuestionWords {
  readonly ask: Question['ask']
  /** The field, and for an indicator that of its level. */
  readonly name: string
  readonly label: string
  readonly hint: string | null
  /** True where nothing else on the form can make it required. */
  readonly isOptional: boolean
  readonly value: string
  readonly options: readonly Option[]
  readonly level: { readonly name: string; readonly value: string } | null
  /** Where a prefilled answer came from; null where it was typed or changed. */
  readonly source: string | null
  readonly onlyIf: { readonly question: string; readonly is: string } | null
  readonly rows: number
}

export interface FormWords {
  readonly destinations: readonly Option[]
  readonly destination: string
  readonly concern: readonly QuestionWords[]
  readonly sections: readonly {
    readonly title: string
    readonly intro: string | null
    readonly questions: readonly QuestionWords[]
  }[]
  readonly services: readonly ServiceWords[]
  readonly prefilled: readonly { readonly href: string; readonly label: string; readonly source: string }[]
  readonly harmReason: QuestionWords
}

export interface ServiceWords {
  readonly name: string
  readonly field: string
  readonly isTicked: boolean
  readonly what: string
  readonly criteria: string | null
  readonly contact: string
}

export interface FilledForm {
  readonly form: AssessmentForm
  readonly answers: Answers
  readonly prefilled: Prefilled
  readonly route: Route
  readonly services: readonly Service[]
}

/** The referral form with what is filled in so far, and which of it Wren filled in. */
export function presentReferralForm(filled: FilledForm): FormWords {
  const { form, answers, route, services } = filled
  const words = (question: Question): QuestionWords => questionWords(question, filled)
  const sections = allSections(form).map(({ title, intro, questions }) => ({
    title,
    intro,
    questions: questions.map(words),
  }))
  const isAsked = route.kind === 'person-decides' || route.destinations.length > 1
  return {
    destinations: isAsked ? destinationOptions(route) : [],
    destination: answerTo(answers, 'destination'),
    concern: sections[0]?.questions ?? [],
    sections: sections.slice(1),
    services: services.map(service => ({
      name: service.name,
      field: serviceField(service),
      isTicked: answerTo(answers, serviceField(service)) === 'yes',
      what: service.what,
      criteria: service.criteria,
      contact: `${service.contact}${service.selfReferral ? '. Families may ask themselves' : ''}. Checked ${day(service.checkedOn)}`,
    })),
    prefilled: sections
      .flatMap(({ questions }) => questions)
      .flatMap(({ name, label, source }) => (source === null ? [] : [{ href: `#${name}`, label, source }])),
    harmReason: words({
      ...concernQuestion(form),
      id: 'harmReason',
      label: 'Reason to authorise without social care',
      hint: 'For leads. It travels with the referral',
      onlyIf: { question: 'socialCare', is: ['no'] },
    }),
  }
}

/** Every answer by its field, for the hidden fields of the page on which it is read once more. */
export function answerFields(answers: Answers): readonly { name: string; value: string }[] {
  return Object.entries(answers)
    .filter(([name, value]) => value !== '' && !notAnswers.has(name))
    .map(([name, value]) => ({ name, value }))
}

/** A posted form without what is no answer. */
export function readAnswers(fields: Readonly<Record<string, string>>): Answers {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !notAnswers.has(name)))
}

const notAnswers = new Set(['_csrf', 'version', 'formVersion', 'goTo'])

function questionWords(question: Question, { answers, prefilled }: FilledForm): QuestionWords {
  const isIndicator = question.ask === 'indicator'
  const fields = indicatorFields(question.id)
  const name = isIndicator ? fields.evidence : question.id
  const value = answerTo(answers, name)
  const isPrefilled = value !== '' && value === (prefilled.answers[name] ?? '').trim()
  return {
    ask: question.ask,
    name,
    label: question.label,
    hint: question.hint,
    isOptional: mayStayEmpty(question),
    value,
    options: question.options,
    level: isIndicator ? { name: fields.level, value: levelOf(answers, question).value } : null,
    source: isPrefilled ? (prefilled.sources[name] ?? null) : null,
    onlyIf:
      question.onlyIf === null
        ? null
        : { question: question.onlyIf.question, is: question.onlyIf.is.join(' ') },
    rows: question.id === 'concerns' ? 4 : 2,
  }
}

/** A weapon in the notes makes the question after the police required. */
function mayStayEmpty({ id, ask, required, onlyIf }: Question): boolean {
  return !required && ask !== 'indicator' && onlyIf === null && id !== 'police'
}

function concernQuestion(form: AssessmentForm): Question {
  const [question] = ownSections(form).concern.questions
  if (question === undefined) throw new Error('the concern is not asked for')
  return question
}
